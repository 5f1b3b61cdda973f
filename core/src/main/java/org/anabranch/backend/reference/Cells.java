package org.anabranch.backend.reference;

import org.anabranch.graph.Type;

/**
 * The numbers of one value, addressed by sample and component; a shared value and a scalar answer
 * for every sample and component.
 */
@SuppressWarnings("ArrayRecordComponent") // identity is what is meant: this is storage, not a value
record Cells(double[] values, int rowStep, int componentStep, int size) {
  static Cells allocate(Type type, int rows) {
    int size = type.shape().size();
    return new Cells(
        new double[type.isPerSample() ? rows * size : size],
        type.isPerSample() ? size : 0,
        type.shape().isScalar() ? 0 : 1,
        size);
  }

  /** What {@link #allocate} reserves. */
  static long bytes(Type type, int rows) {
    return 8L * type.shape().size() * (type.isPerSample() ? rows : 1);
  }

  double at(int row, int component) {
    return values[row * rowStep + component * componentStep];
  }

  /** The number of rows stored: 1 for a shared value. */
  int rows() {
    return values.length / size;
  }
}
