package org.anabranch.solver;

import org.anabranch.random.CounterRandom;
import org.anabranch.random.Stream;

/**
 * Brownian motions of many samples over [0, end]: increments and space-time areas of each step, and
 * those of the same paths over steps twice as long.
 */
final class BrownianPaths {
  private final double end;
  private final int rows;
  private final int motions;
  private final double[][] increments;
  private final double[][] areas;

  private BrownianPaths(
      double end, int rows, int motions, double[][] increments, double[][] areas) {
    this.end = end;
    this.rows = rows;
    this.motions = motions;
    this.increments = increments;
    this.areas = areas;
  }

  static BrownianPaths of(long seed, double end, int steps, int rows, int motions) {
    double[][] increments = new double[steps][rows * motions];
    double[][] areas = new double[steps][rows * motions];
    double deviation = Math.sqrt(end / steps);
    for (int step = 0; step < steps; step++) {
      for (int i = 0; i < rows * motions; i++) {
        int component = 2 * (i % motions);
        increments[step][i] = deviation * normal(seed, i / motions, step, component);
        areas[step][i] = deviation / Math.sqrt(12) * normal(seed, i / motions, step, component + 1);
      }
    }
    return new BrownianPaths(end, rows, motions, increments, areas);
  }

  private static double normal(long seed, int row, int step, int component) {
    return CounterRandom.normal(seed, Stream.BROWNIAN, row, step, component);
  }

  int steps() {
    return increments.length;
  }

  int rows() {
    return rows;
  }

  double time(int step) {
    return step == steps() ? end : end * step / steps();
  }

  double[] increment(int step) {
    return increments[step];
  }

  double[] area(int step) {
    return areas[step];
  }

  /** The motion of a sample at the end. */
  double[] atEnd(int row) {
    double[] sum = new double[motions];
    for (double[] increment : increments) {
      for (int j = 0; j < motions; j++) {
        sum[j] += increment[row * motions + j];
      }
    }
    return sum;
  }

  /** With steps so many. */
  BrownianPaths coarsened(int steps) {
    BrownianPaths paths = this;
    while (paths.steps() > steps) {
      paths = paths.coarser();
    }
    return paths;
  }

  /** ∫ of a joined path is that of both parts: h H = Σ l Hᵢ + ½ (the second's start, and so on). */
  private BrownianPaths coarser() {
    double[][] w = new double[steps() / 2][rows * motions];
    double[][] h = new double[steps() / 2][rows * motions];
    for (int step = 0; step < w.length; step++) {
      double[] w1 = increments[2 * step];
      double[] w2 = increments[2 * step + 1];
      for (int i = 0; i < w1.length; i++) {
        w[step][i] = w1[i] + w2[i];
        double first = areas[2 * step][i] - w2[i] / 2;
        double second = areas[2 * step + 1][i] + w1[i] / 2;
        h[step][i] = (first + second) / 2;
      }
    }
    return new BrownianPaths(end, rows, motions, w, h);
  }
}
