package org.anabranch.train;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * A tensor of a {@link Safetensors} file: a type, a shape (no extent for a scalar; extents of 0 are
 * allowed) and values, row by row. Immutable.
 */
public final class Tensor {
  /** Types of values, by the names and in the order that the format gives them. */
  public enum Type {
    /** Single precision. */
    F32(Float.BYTES),
    /** Double precision. */
    F64(Double.BYTES),
    /** Signed integers of 64 bits. */
    I64(Long.BYTES);

    private final int bytes;

    Type(int bytes) {
      this.bytes = bytes;
    }

    int bytes() {
      return bytes;
    }
  }

  private final Type type;
  private final List<Integer> shape;
  private final ByteBuffer bytes;

  /** Shares the buffer; whoever calls has checked that its size is that of type and shape. */
  Tensor(Type type, List<Integer> shape, ByteBuffer bytes) {
    this.type = type;
    this.shape = List.copyOf(shape);
    this.bytes = bytes;
  }

  /** A copy of values in single precision. */
  public static Tensor ofFloats(List<Integer> shape, float[] values) {
    ByteBuffer bytes = buffer(Type.F32, shape, values.length);
    bytes.asFloatBuffer().put(values);
    return new Tensor(Type.F32, shape, bytes);
  }

  /** A copy of values in double precision. */
  public static Tensor ofDoubles(List<Integer> shape, double[] values) {
    ByteBuffer bytes = buffer(Type.F64, shape, values.length);
    bytes.asDoubleBuffer().put(values);
    return new Tensor(Type.F64, shape, bytes);
  }

  /** A copy of integers. */
  public static Tensor ofLongs(List<Integer> shape, long[] values) {
    ByteBuffer bytes = buffer(Type.I64, shape, values.length);
    bytes.asLongBuffer().put(values);
    return new Tensor(Type.I64, shape, bytes);
  }

  public Type type() {
    return type;
  }

  public List<Integer> shape() {
    return shape;
  }

  /** A copy of the values of an {@code F32} tensor. */
  public float[] floats() {
    requireType(Type.F32);
    float[] values = new float[bytes.remaining() / Float.BYTES];
    bytes().asFloatBuffer().get(values);
    return values;
  }

  /** A copy of the values of an {@code F64} tensor. */
  public double[] doubles() {
    requireType(Type.F64);
    double[] values = new double[bytes.remaining() / Double.BYTES];
    bytes().asDoubleBuffer().get(values);
    return values;
  }

  /** A copy of the values of an {@code I64} tensor. */
  public long[] longs() {
    requireType(Type.I64);
    long[] values = new long[bytes.remaining() / Long.BYTES];
    bytes().asLongBuffer().get(values);
    return values;
  }

  /** The values, little endian: a view of its own, read only. */
  ByteBuffer bytes() {
    return bytes.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The number of values of a shape; -1 if it is more than one file can hold. */
  static long count(List<Integer> shape) {
    long count = 1;
    for (int extent : shape) {
      if (extent == 0) {
        return 0;
      }
    }
    for (int extent : shape) {
      count *= extent; // both factors are below 2³¹
      if (count > Integer.MAX_VALUE) {
        return -1;
      }
    }
    return count;
  }

  @Override
  public String toString() {
    return type + " " + shape;
  }

  private static ByteBuffer buffer(Type type, List<Integer> shape, int values) {
    for (int extent : shape) {
      if (extent < 0) {
        throw new IllegalArgumentException(
            "Tensor: an extent of %s is negative. Give every extent at least 0.".formatted(shape));
      }
    }
    if (count(shape) != values || (long) values * type.bytes() > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "Tensor: %d values were given for the shape %s. Give as many as the shape has, below 2 GB."
              .formatted(values, shape));
    }
    return ByteBuffer.allocate(values * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
  }

  private void requireType(Type asked) {
    if (type != asked) {
      throw new IllegalStateException(
          "Tensor: its values are %s, but %s were asked for. Ask for its own type."
              .formatted(type, asked));
    }
  }
}
