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
record Place(Type type, float[] floats, double[] doubles, int offset, int width, int stride) {
  private static final float[] NO_FLOATS = {};
  private static final double[] NO_DOUBLES = {};

  static Place of(Type type, float[] floats, int offset) {
    return new Place(type, floats, NO_DOUBLES, offset, type.shape().size(), Layout.stride(type));
  }

  static Place of(Type type, double[] doubles, int offset) {
    return new Place(type, NO_FLOATS, doubles, offset, type.shape().size(), Layout.stride(type));
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

  /** Sets every number of the array. */
  void fill(double value) {
    Arrays.fill(floats, (float) value);
    Arrays.fill(doubles, value);
  }

  /** The same numbers as a value of another shape with as many components. */
  Place as(Type other) {
    return new Place(other, floats, doubles, offset, width, stride);
  }

  long bytes() {
    return 4L * floats.length + 8L * doubles.length;
  }
}
