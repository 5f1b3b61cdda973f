package org.anabranch.backend.simd;

import org.anabranch.backend.Buffer;
import org.anabranch.graph.Type;

/** A {@link Place} of its own that callers fill and read sample by sample, without padding. */
final class SimdBuffer implements Buffer {
  private final Place place;
  private final int rows;

  SimdBuffer(Storage storage, Type type, int rows) {
    this.rows = type.isPerSample() ? rows : 1;
    this.place = storage.allocate(type, rows);
  }

  Place place() {
    return place;
  }

  @Override
  public Type type() {
    return place.type();
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public void set(double[] values) {
    for (int row = 0; row < rows; row++) {
      setRow(row, values, row * place.width());
    }
  }

  @Override
  public void set(float[] values) {
    int width = place.width();
    for (int row = 0; row < rows; row++) {
      int target = row * place.stride();
      for (int i = 0; i < width; i++) {
        place.set(target + i, values[row * width + i]);
      }
    }
  }

  @Override
  public void fill(double value) {
    place.fill(value);
  }

  @Override
  public void get(double[] target) {
    for (int row = 0; row < rows; row++) {
      getRow(row, target, row * place.width());
    }
  }

  @Override
  public void copyFrom(Buffer other) {
    Place source = ((SimdBuffer) other).place;
    place.copyFrom(source);
  }

  @Override
  public void copyRow(int row, Buffer other, int otherRow) {
    place.copyCells(row * place.stride(), ((SimdBuffer) other).place, otherRow * place.stride());
  }

  @Override
  public void setRow(int row, double[] source, int offset) {
    place.setCells(row * place.stride(), source, offset);
  }

  @Override
  public void getRow(int row, double[] target, int offset) {
    place.getCells(row * place.stride(), target, offset);
  }

  @Override
  public long bytes() {
    return place.bytes();
  }
}
