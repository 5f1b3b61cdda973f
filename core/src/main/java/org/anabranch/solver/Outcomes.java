package org.anabranch.solver;

import org.anabranch.backend.Buffer;

/** Judges the end state of every sample of a tile. Holds its own scratch: one a thread. */
public final class Outcomes {
  /** Above this share of the velocity the parasitic mode rules: see {@link Outcome#UNSTABLE}. */
  public static final double DEFECT_LIMIT = 0.5;

  private final int rows;
  private double[] numbers;
  private final double[] defects;
  private final Outcome[] outcomes;

  public Outcomes(int rows, int dimension) {
    this.rows = rows;
    this.numbers = new double[rows * dimension];
    this.defects = new double[rows];
    this.outcomes = new Outcome[rows];
  }

  /** Judges a solve that has run. */
  public void judge(TileSolve solve) {
    solve.defect(defects);
    double range =
        solve.method() instanceof ReversibleMethod reversible
            ? reversible.range()
            : Double.POSITIVE_INFINITY;
    for (int row = 0; row < rows; row++) {
      Outcome end = solve.stepping(row);
      boolean unstable = end == Outcome.COMPLETED && defects[row] > DEFECT_LIMIT;
      outcomes[row] = unstable ? Outcome.UNSTABLE : end;
    }
    for (String part : solve.method().state()) {
      Buffer buffer = solve.state().part(part);
      if (numbers.length != buffer.count()) {
        numbers = new double[buffer.count()]; // a diffusion that is kept is wider than the solution
      }
      buffer.get(numbers);
      int dimension = numbers.length / rows;
      for (int row = 0; row < rows; row++) {
        judge(row, dimension, range);
      }
    }
  }

  private void judge(int row, int dimension, double range) {
    for (int i = row * dimension; i < (row + 1) * dimension; i++) {
      double magnitude = Math.abs(numbers[i]);
      if (!(magnitude <= Double.MAX_VALUE)) {
        outcomes[row] = Outcome.NOT_FINITE;
      } else if (!(magnitude < range) && outcomes[row] != Outcome.NOT_FINITE) {
        outcomes[row] = Outcome.OUT_OF_RANGE;
      }
    }
  }

  public Outcome outcome(int row) {
    return outcomes[row];
  }

  /** The detector's number for a sample: see {@link Method#defect}. */
  public double defect(int row) {
    return defects[row];
  }
}
