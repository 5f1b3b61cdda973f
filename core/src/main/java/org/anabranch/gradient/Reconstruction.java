package org.anabranch.gradient;

import java.util.Arrays;
import org.anabranch.solver.State;

/** How far restored states lie from those that they should be. Holds its own scratch. */
final class Reconstruction {
  private final int dimension;
  private final double[] expected;
  private final double[] found;
  private final double[] errors;

  Reconstruction(int rows, int dimension) {
    this.dimension = dimension;
    this.expected = new double[rows * dimension];
    this.found = new double[rows * dimension];
    this.errors = new double[rows];
  }

  void measure(State start, State restored) {
    Arrays.fill(errors, 0);
    for (String part : start.parts().keySet()) {
      start.part(part).get(expected);
      restored.part(part).get(found);
      for (int i = 0; i < expected.length; i++) {
        double error = Math.abs(expected[i] - found[i]);
        int row = i / dimension;
        errors[row] = error <= errors[row] ? errors[row] : error; // keeps NaN
      }
    }
  }

  double error(int row) {
    return errors[row];
  }
}
