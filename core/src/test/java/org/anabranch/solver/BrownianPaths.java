package org.anabranch.solver;

import java.util.ArrayList;
import java.util.List;
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
  private final List<Double> times;
  private final List<Double> sizes;

  private BrownianPaths(
      double end, int rows, int motions, double[][] increments, double[][] areas) {
    this(rows, motions, increments, areas, grid(end, increments.length), new ArrayList<>());
    for (int step = 0; step < steps(); step++) {
      sizes.add(times.get(step + 1) - times.get(step));
    }
  }

  private static List<Double> grid(double end, int steps) {
    List<Double> times = new ArrayList<>();
    for (int step = 0; step <= steps; step++) {
      times.add(step == steps ? end : end * step / steps);
    }
    return times;
  }

  private BrownianPaths(
      int rows,
      int motions,
      double[][] increments,
      double[][] areas,
      List<Double> times,
      List<Double> sizes) {
    this.end = times.get(times.size() - 1);
    this.rows = rows;
    this.times = times;
    this.sizes = sizes;
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
    return times.get(step);
  }

  double size(int step) {
    return sizes.get(step);
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

  /** The area of two joined steps: their mean, and half of what each knows of the other's end. */
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
