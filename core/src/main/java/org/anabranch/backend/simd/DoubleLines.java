// Generated from Lines.java by DoubleTwin, which the tests hold. Do not edit.
package org.anabranch.backend.simd;

import java.util.Arrays;

/** {@link Lines} with {@code double} for {@code float}. */
final class DoubleLines {
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
  private static final int SPARE = 48 / Double.BYTES;

  private static final int LINE = LineStart.CHOICES + WIDTH + SPARE;

  private static final ThreadLocal<DoubleLines> OF_THREAD =
      ThreadLocal.withInitial(DoubleLines::new);

  final LineStart start = new LineStart();

  final double[][] operands = new double[DEPTH][LINE];
  final double[] first = new double[LINE];
  final double[] second = new double[LINE];
  final double[] third = new double[LINE];

  final double[] x = new double[LENGTH + SPARE];
  final double[] y = new double[LENGTH + SPARE];
  final double[] z = new double[LENGTH + SPARE];
  final double[] result = new double[LENGTH + SPARE];

  private DoubleLines() {}

  static DoubleLines ofThread() {
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
  static void gather(
      int rows, int width, double[] from, int at, int rowStep, int step, double[] to) {
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
