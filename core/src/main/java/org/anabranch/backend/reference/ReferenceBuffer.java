package org.anabranch.backend.reference;

import java.util.Arrays;
import org.anabranch.backend.Buffer;
import org.anabranch.graph.Type;

/** Numbers sample by sample, without padding. */
final class ReferenceBuffer implements Buffer {
  private final Type type;
  private final int rows;
  final double[] values;

  ReferenceBuffer(Type type, int rows) {
    this.type = type;
    this.rows = rows;
    this.values = new double[rows * type.shape().size()];
  }

  @Override
  public Type type() {
    return type;
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public void set(double[] source) {
    System.arraycopy(source, 0, values, 0, values.length);
  }

  @Override
  public void set(float[] source) {
    for (int i = 0; i < values.length; i++) {
      values[i] = source[i];
    }
  }

  @Override
  public void fill(double value) {
    Arrays.fill(values, value);
  }

  @Override
  public void get(double[] target) {
    System.arraycopy(values, 0, target, 0, values.length);
  }

  @Override
  public void copyFrom(Buffer other) {
    System.arraycopy(((ReferenceBuffer) other).values, 0, values, 0, values.length);
  }

  @Override
  public void copyRow(int row, Buffer other, int otherRow) {
    int size = type.shape().size();
    double[] source = ((ReferenceBuffer) other).values;
    System.arraycopy(source, otherRow * size, values, row * size, size);
  }

  @Override
  public void setRow(int row, double[] source, int offset) {
    int size = type.shape().size();
    System.arraycopy(source, offset, values, row * size, size);
  }

  @Override
  public void getRow(int row, double[] target, int offset) {
    int size = type.shape().size();
    System.arraycopy(values, row * size, target, offset, size);
  }

  @Override
  public long bytes() {
    return 8L * values.length;
  }
}
