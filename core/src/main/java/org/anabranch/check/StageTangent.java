package org.anabranch.check;

import org.anabranch.train.OpaqueStage;

/**
 * The tangent of an opaque stage by differences of fourth order of its own forward pass: its
 * product is not read. Which length of a move suits its arithmetic is found by trying: the two that
 * agree best, one three times the other, are the two estimates, and their difference is the noise.
 */
final class StageTangent {
  private static final double[] MOVES = {1e-1, 3e-2, 1e-2, 3e-3, 1e-3, 3e-4, 1e-4};

  /** Two estimates of [rows × outputs], the one that is taken first. */
  @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
  record Estimates(double[] first, double[] second) {}

  private final double[] input;
  private final double[] theta;
  private final StageForward pass;

  /**
   * @param input [rows × inputs]
   * @param theta the stage's own parameters
   */
  StageTangent(OpaqueStage stage, double[] input, double[] theta, int rows) {
    this.input = input;
    this.theta = theta;
    pass = new StageForward(stage, rows);
  }

  /**
   * The tangent along directions of input and parameters.
   *
   * @param byInput as large as the input
   * @param byTheta as large as the parameters
   */
  Estimates along(double[] byInput, double[] byTheta) {
    double size = Math.max(largest(byInput), largest(byTheta));
    if (size == 0) {
      return new Estimates(new double[pass.outputs()], new double[pass.outputs()]);
    }
    double[] before = slope(byInput, byTheta, MOVES[0] / size);
    Estimates best = new Estimates(before, before);
    double least = Double.POSITIVE_INFINITY;
    for (int i = 1; i < MOVES.length; i++) {
      double[] next = slope(byInput, byTheta, MOVES[i] / size);
      double distance = distance(before, next);
      if (distance < least) {
        least = distance;
        best = new Estimates(next, before);
      }
      before = next;
    }
    return best;
  }

  private double[] slope(double[] byInput, double[] byTheta, double move) {
    double[] slope = new double[pass.outputs()];
    double[] weights = {8, -8, -1, 1};
    double[] places = {1, -1, 2, -2};
    for (int i = 0; i < places.length; i++) {
      double[] moved = forward(byInput, byTheta, places[i] * move);
      for (int k = 0; k < slope.length; k++) {
        slope[k] += weights[i] * moved[k] / (12 * move);
      }
    }
    return slope;
  }

  private double[] forward(double[] byInput, double[] byTheta, double by) {
    return pass.at(moved(input, byInput, by), moved(theta, byTheta, by));
  }

  private static double[] moved(double[] numbers, double[] direction, double by) {
    double[] moved = numbers.clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += by * direction[i];
    }
    return moved;
  }

  private static double largest(double[] numbers) {
    double largest = 0;
    for (double number : numbers) {
      largest = Math.max(largest, Math.abs(number));
    }
    return largest;
  }

  private static double distance(double[] one, double[] other) {
    double squares = 0;
    for (int i = 0; i < one.length; i++) {
      squares += (one[i] - other[i]) * (one[i] - other[i]);
    }
    return squares;
  }
}
