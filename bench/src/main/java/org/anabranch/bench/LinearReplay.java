package org.anabranch.bench;

import java.util.List;
import org.anabranch.solver.Fraction;
import org.anabranch.solver.Tableau;

/**
 * The end of z' = αz and its derivatives on given times, by a plain loop with dual numbers: it
 * shares no code with graphs, their differentiation and backends.
 *
 * @param end z(T)
 * @param byStart ∂z(T)/∂z₀
 * @param byRate ∂z(T)/∂α
 */
record LinearReplay(double end, double byStart, double byRate) {
  private static final double GRID = 0x1p30;

  /** By an explicit Runge-Kutta method. */
  static LinearReplay explicit(Tableau tableau, double[] times, double rate, double start) {
    LinearReplay at = new LinearReplay(start, 1, 0);
    for (int step = 1; step < times.length; step++) {
      double h = times[step] - times[step - 1];
      LinearReplay[] slopes = new LinearReplay[tableau.stages().size()];
      for (int i = 0; i < slopes.length; i++) {
        slopes[i] = at.moved(h, tableau.stages().get(i).a(), slopes).slope(rate);
      }
      at = at.moved(h, tableau.b(), slopes);
    }
    return at;
  }

  /** By the asynchronous leapfrog, its increments rounded to multiples of 2⁻³⁰. */
  static LinearReplay leapfrog(double[] times, double rate, double start) {
    LinearReplay z = new LinearReplay(start, 1, 0).onGrid();
    LinearReplay v = z.slope(rate).onGrid();
    for (int step = 1; step < times.length; step++) {
      double half = (times[step] - times[step - 1]) / 2;
      LinearReplay middle = z.plus(v.times(half).onGrid());
      v = middle.slope(rate).times(2).onGrid().plus(v.times(-1));
      z = middle.plus(v.times(half).onGrid());
    }
    return z;
  }

  private LinearReplay moved(double h, List<Fraction> weights, LinearReplay[] slopes) {
    LinearReplay sum = new LinearReplay(0, 0, 0);
    for (int i = 0; i < weights.size(); i++) {
      if (!weights.get(i).isZero()) {
        sum = sum.plus(slopes[i].times(weights.get(i).toDouble()));
      }
    }
    return plus(sum.times(h));
  }

  private LinearReplay slope(double rate) {
    return new LinearReplay(rate * end, rate * byStart, end + rate * byRate);
  }

  private LinearReplay plus(LinearReplay other) {
    return new LinearReplay(end + other.end, byStart + other.byStart, byRate + other.byRate);
  }

  private LinearReplay times(double factor) {
    return new LinearReplay(factor * end, factor * byStart, factor * byRate);
  }

  /** Rounded; the derivatives pass. */
  private LinearReplay onGrid() {
    return new LinearReplay(Math.rint(end * GRID) / GRID, byStart, byRate);
  }
}
