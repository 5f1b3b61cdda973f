package org.anabranch.backend.simd;

import java.util.Arrays;

/**
 * Arrays of a thread that hold a piece of each operand, all from the same index on. C2 makes
 * vectors of a loop only where every array of one type is indexed alike, {@code a[j]} beside {@code
 * b[j]}: operands that start at offsets of their own are copied here first (docs/kernels.md has the
 * figures).
 */
final class Lines {
  /** Numbers of a line of a product. */
  static final int WIDTH = 128;

  /** With so many, 37 kB, the lines of a product are at hand; a multiple of three for its loop. */
  static final int DEPTH = 66;

  /**
   * Numbers of an operand of an element-wise loop. C2 takes some twenty numbers one by one before
   * and after its vectors, whatever the length.
   */
  static final int LENGTH = 1024;

  /**
   * With them and its header an array takes a multiple of 64 bytes, so that arrays made one after
   * the other lie alike in cache lines: what is aligned in one is in all.
   */
  private static final int SPARE = 48 / Float.BYTES;

  private static final int LINE = LineStart.CHOICES + WIDTH + SPARE;

  private static final ThreadLocal<Lines> OF_THREAD = ThreadLocal.withInitial(Lines::new);

  final LineStart start = new LineStart();

  final float[][] operands = new float[DEPTH][LINE];
  final float[] first = new float[LINE];
  final float[] second = new float[LINE];
  final float[] third = new float[LINE];

  final float[] x = new float[LENGTH + SPARE];
  final float[] y = new float[LENGTH + SPARE];
  final float[] z = new float[LENGTH + SPARE];
  final float[] result = new float[LENGTH + SPARE];

  private Lines() {}

  static Lines ofThread() {
    return OF_THREAD.get();
  }

  /** How many rows of an element-wise operand fit. */
  static int rows(int stride) {
    return Math.max(1, LENGTH / stride);
  }

  /**
   * Copies {@code width} components of each row, one after the other.
   *
   * @param rowStep from row to row
   * @param step from component to component: 1, or 0 for a broadcast number
   */
  static void gather(int rows, int width, float[] from, int at, int rowStep, int step, float[] to) {
    if (step == 1 && rowStep == width) {
      System.arraycopy(from, at, to, 0, rows * width);
      return;
    }
    for (int row = 0; row < rows; row++) {
      if (step == 1) {
        System.arraycopy(from, at + row * rowStep, to, row * width, width);
      } else {
        Arrays.fill(to, row * width, (row + 1) * width, from[at + row * rowStep]);
      }
    }
  }
}
