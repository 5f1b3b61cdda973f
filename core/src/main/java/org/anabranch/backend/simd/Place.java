package org.anabranch.backend.simd;

import java.util.Arrays;
import org.anabranch.graph.Type;

/**
 * Where a value lies: float32 numbers in {@code floats} or float64 ones in {@code doubles}, from an
 * offset. The array of the other precision is empty; which one is used is decided by {@link
 * WorkingPrecision}. Width and stride are those of the type, held because instructions ask for them
 * at each run.
 */
@SuppressWarnings("ArrayRecordComponent") // a place in storage: identity is what is meant
record Place(
    Type type, float[] floats, double[] doubles, int offset, int cells, int width, int stride) {
  private static final float[] NO_FLOATS = {};
  private static final double[] NO_DOUBLES = {};

  static Place of(Type type, float[] floats, int offset, int cells) {
    return new Place(
        type, floats, NO_DOUBLES, offset, cells, type.shape().size(), Layout.stride(type));
  }

  static Place of(Type type, double[] doubles, int offset, int cells) {
    return new Place(
        type, NO_FLOATS, doubles, offset, cells, type.shape().size(), Layout.stride(type));
  }

  /** Whether the numbers are in {@code doubles}. */
  boolean isDouble() {
    return floats == NO_FLOATS;
  }

  /** The number in a cell counted from the offset. */
  double get(int cell) {
    return isDouble() ? doubles[offset + cell] : floats[offset + cell];
  }

  /** Sets the number in a cell counted from the offset, rounded to the precision of the place. */
  void set(int cell, double value) {
    if (isDouble()) {
      doubles[offset + cell] = value;
    } else {
      floats[offset + cell] = (float) value;
    }
  }

  /** Sets the numbers of one sample, rounded to the precision of the place. */
  void setCells(int to, double[] source, int from) {
    if (isDouble()) {
      System.arraycopy(source, from, doubles, offset + to, width);
    } else {
      for (int i = 0; i < width; i++) {
        floats[offset + to + i] = (float) source[from + i];
      }
    }
  }

  /** Writes the numbers of one sample. */
  void getCells(int from, double[] target, int to) {
    if (isDouble()) {
      System.arraycopy(doubles, offset + from, target, to, width);
    } else {
      for (int i = 0; i < width; i++) {
        target[to + i] = floats[offset + from + i];
      }
    }
  }

  /** Sets every cell, those of padding too. */
  void fill(double value) {
    if (isDouble()) {
      Arrays.fill(doubles, offset, offset + cells, value);
    } else {
      Arrays.fill(floats, offset, offset + cells, (float) value);
    }
  }

  /** Takes every cell of a place of the same type and precision. */
  void copyFrom(Place other) {
    if (isDouble()) {
      System.arraycopy(other.doubles, other.offset, doubles, offset, cells);
    } else {
      System.arraycopy(other.floats, other.offset, floats, offset, cells);
    }
  }

  /** Takes one sample's cells, padding included, of a place of the same type and precision. */
  void copyCells(int to, Place other, int from) {
    if (isDouble()) {
      System.arraycopy(other.doubles, other.offset + from, doubles, offset + to, stride);
    } else {
      System.arraycopy(other.floats, other.offset + from, floats, offset + to, stride);
    }
  }

  /** The same numbers as a value of another shape with as many components. */
  Place as(Type other) {
    return new Place(other, floats, doubles, offset, cells, width, stride);
  }

  long bytes() {
    return (long) cells * (isDouble() ? Double.BYTES : Float.BYTES);
  }
}
