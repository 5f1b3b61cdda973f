package org.anabranch.backend.simd;

import org.anabranch.graph.Type;

/**
 * Hands out places, many to an array, so that vectors lie within cache lines. G1 gives an array of
 * half a region or more a region of its own, and regions start at multiples of their size; the
 * numbers follow 16 bytes of header, so that a place whose offset makes up for the header starts
 * with a cache line. Of small arrays only one in eight would. Elsewhere than in G1, or in a heap
 * with larger regions, places lie as chance has it and only speed suffers. For any thread.
 *
 * <p>It keeps no array but the two that it cuts places from; what is larger than those has an array
 * of its own. So a storage may live as long as Java does.
 */
final class Storage {
  /** Bytes of an array: half of a region of 4 MiB, the size in heaps from 4 to 8 GiB. */
  private static final int CHUNK_BYTES = 1 << 21;

  private static final int LINE_BYTES = 64;
  private static final int HEADER_BYTES = 16;

  private static final int FLOAT_START = (LINE_BYTES - HEADER_BYTES) / Float.BYTES;
  private static final int DOUBLE_START = (LINE_BYTES - HEADER_BYTES) / Double.BYTES;

  /** Cells from an offset on. */
  @SuppressWarnings("ArrayRecordComponent") // storage: identity is what is meant
  record Floats(float[] array, int offset) {}

  /** Cells from an offset on. */
  @SuppressWarnings("ArrayRecordComponent") // storage: identity is what is meant
  record Doubles(double[] array, int offset) {}

  private final WorkingPrecision precision;
  private float[] floats = {};
  private double[] doubles = {};
  private int nextFloat;
  private int nextDouble;

  Storage(WorkingPrecision precision) {
    this.precision = precision;
  }

  WorkingPrecision precision() {
    return precision;
  }

  /** A place of its own for a value of every row. */
  Place allocate(Type type, int rows) {
    return allocateCells(type, Layout.length(type, rows));
  }

  /** A place of its own with so many cells, in an order of the caller's, all zero. */
  Place allocateCells(Type type, int cells) {
    if (precision.isDouble(type)) {
      Doubles doubles = doubles(cells);
      return Place.of(type, doubles.array, doubles.offset, cells);
    }
    Floats floats = floats(cells);
    return Place.of(type, floats.array, floats.offset, cells);
  }

  synchronized Floats floats(int cells) {
    int padded = Kernels.padded(cells);
    if (padded > CHUNK_BYTES / Float.BYTES) {
      return new Floats(new float[FLOAT_START + padded], FLOAT_START);
    }
    if (padded > floats.length - nextFloat) {
      floats = new float[FLOAT_START + CHUNK_BYTES / Float.BYTES];
      nextFloat = FLOAT_START;
    }
    Floats taken = new Floats(floats, nextFloat);
    nextFloat += padded;
    return taken;
  }

  synchronized Doubles doubles(int cells) {
    int padded = Kernels.padded(cells);
    if (padded > CHUNK_BYTES / Double.BYTES) {
      return new Doubles(new double[DOUBLE_START + padded], DOUBLE_START);
    }
    if (padded > doubles.length - nextDouble) {
      doubles = new double[DOUBLE_START + CHUNK_BYTES / Double.BYTES];
      nextDouble = DOUBLE_START;
    }
    Doubles taken = new Doubles(doubles, nextDouble);
    nextDouble += padded;
    return taken;
  }
}
