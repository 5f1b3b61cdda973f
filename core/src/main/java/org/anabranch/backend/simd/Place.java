package org.anabranch.backend.simd;

import org.anabranch.graph.Type;

/**
 * Where a value lies: float32 numbers in {@code floats} or float64 ones in {@code doubles}, from an
 * offset. The array of the other precision is empty. Width and stride are those of the type, held
 * because instructions ask for them at each run.
 */
@SuppressWarnings("ArrayRecordComponent") // a place in storage: identity is what is meant
record Place(Type type, float[] floats, double[] doubles, int offset, int width, int stride) {
  private static final float[] NO_FLOATS = {};
  private static final double[] NO_DOUBLES = {};

  static Place of(Type type, float[] floats, int offset) {
    return new Place(type, floats, NO_DOUBLES, offset, type.shape().size(), Layout.stride(type));
  }

  static Place of(Type type, double[] doubles, int offset) {
    return new Place(type, NO_FLOATS, doubles, offset, type.shape().size(), Layout.stride(type));
  }

  /** A place of its own. */
  static Place allocate(Type type, int rows) {
    int length = Layout.length(type, rows);
    return type.isWide() ? of(type, new double[length], 0) : of(type, new float[length], 0);
  }

  /** The same numbers as a value of another shape with as many components. */
  Place as(Type other) {
    return new Place(other, floats, doubles, offset, width, stride);
  }

  boolean isWide() {
    return type.isWide();
  }

  long bytes() {
    return 4L * floats.length + 8L * doubles.length;
  }
}
