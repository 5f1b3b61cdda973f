package org.anabranch.gradient;

import java.util.Arrays;
import org.anabranch.backend.Buffer;
import org.anabranch.solver.State;

/** How far restored states lie from those that they should be. Holds its own scratch. */
final class Reconstruction {
  private double[] expected = {};
  private double[] found = {};
  private final double[] errors;

  /** Of the states that a sample's jumps lead to. */
  private final double[] afterJumps;

  private final boolean[] jumpedAtStart;

  private boolean measured;

  Reconstruction(int rows) {
    this.errors = new double[rows];
    this.afterJumps = new double[rows];
    this.jumpedAtStart = new boolean[rows];
  }

  /** Before a way back. */
  void start() {
    Arrays.fill(afterJumps, 0);
    Arrays.fill(jumpedAtStart, false);
    measured = false;
  }

  /**
   * A sample has come back to the end of a jump.
   *
   * @param restarted the state there, of one sample
   * @param atStart whether its steps begin there
   */
  void measureJump(int row, State restarted, State restored, boolean atStart) {
    for (String part : restarted.parts().keySet()) {
      int width = scratch(restarted.part(part));
      restarted.part(part).getRow(0, expected, 0);
      restored.part(part).getRow(row, found, 0);
      for (int i = 0; i < width; i++) {
        afterJumps[row] = larger(afterJumps[row], Math.abs(expected[i] - found[i]));
      }
    }
    jumpedAtStart[row] |= atStart;
  }

  /** Makes room for a part of the state; gives the numbers of a sample. */
  private int scratch(Buffer part) {
    if (part.count() > expected.length) {
      expected = new double[part.count()];
      found = new double[part.count()];
    }
    return part.type().shape().size();
  }

  /** Keeps NaN. */
  private static double larger(double error, double other) {
    return other <= error ? error : other;
  }

  /**
   * Samples have come back to where their steps begin, which a jump there is not undone from. All
   * are measured at once, and once for a way back.
   */
  void measure(State start, State restored) {
    if (measured) {
      return;
    }
    measured = true;
    System.arraycopy(afterJumps, 0, errors, 0, errors.length);
    for (String part : start.parts().keySet()) {
      int width = scratch(start.part(part));
      start.part(part).get(expected);
      restored.part(part).get(found);
      for (int i = 0; i < width * errors.length; i++) {
        int row = i / width;
        if (!jumpedAtStart[row]) {
          errors[row] = larger(errors[row], Math.abs(expected[i] - found[i]));
        }
      }
    }
  }

  double error(int row) {
    return errors[row];
  }
}
