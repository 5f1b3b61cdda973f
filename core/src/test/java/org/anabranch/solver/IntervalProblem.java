package org.anabranch.solver;

import java.util.List;
import java.util.Map;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.reference.ReferenceBackend;
import org.anabranch.backend.simd.SimdBackend;
import org.anabranch.backend.simd.WorkingPrecision;
import org.anabranch.control.brownian.BrownianInterval;
import org.anabranch.control.brownian.BrownianMotion;
import org.anabranch.field.Calculus;
import org.anabranch.field.Noise;
import org.anabranch.field.StochasticField;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.graph.Type;
import org.anabranch.graph.Value;

/**
 * Equations over [0, 1] whose solution at the end is known of each path of a {@link
 * BrownianInterval}: in closed form, or from increments and areas of many small intervals.
 */
record IntervalProblem(String name, StochasticField field, List<Double> start, Truth truth) {
  private static final double GROWTH = 0.3;
  private static final double VOLATILITY = 0.8;
  private static final double DECAY = 2;
  private static final double DEVIATION = 0.6;
  private static final double FIRST = 1.5;

  /** The solution at the end of a path. */
  interface Truth {
    double[] of(Parts path);
  }

  /** Increments and areas of a sample's motions over equal parts of [0, 1]. */
  record Parts(int count, double[][] w, double[][] h) {
    private static final int COUNT = 4096;

    static Parts of(BrownianInterval motion, long sample) {
      Buffer w = new ReferenceBackend().buffer(Type.perSample(motion.motions()), 1);
      Buffer h = new ReferenceBackend().buffer(Type.perSample(motion.motions()), 1);
      double[][] increments = new double[COUNT][motion.motions()];
      double[][] areas = new double[COUNT][motion.motions()];
      for (int part = 0; part < COUNT; part++) {
        double[] from = {(double) part / COUNT};
        double[] to = {(part + 1.0) / COUNT};
        motion.over(new long[] {sample}, from, to, w, h);
        w.get(increments[part]);
        h.get(areas[part]);
      }
      return new Parts(COUNT, increments, areas);
    }

    double atEnd() {
      double sum = 0;
      for (double[] increment : w) {
        sum += increment[0];
      }
      return sum;
    }
  }

  @Override
  public String toString() {
    return name;
  }

  double[] truth(BrownianInterval motion, long sample) {
    return truth.of(Parts.of(motion, sample));
  }

  /** dX = aX dt + bX ∘ dW with X = exp(at + bW). */
  static IntervalProblem geometric() {
    return new IntervalProblem(
        "geometric",
        StochasticField.of(
            1,
            Noise.DIAGONAL,
            Calculus.STRATONOVICH,
            (t, y) -> y.times(GROWTH),
            (t, y) -> y.times(VOLATILITY)),
        List.of(1.0),
        path -> new double[] {Math.exp(GROWTH + VOLATILITY * path.atEnd())});
  }

  /** dX = −κX dt + σ dW with X = κ-weighted sums of the path. */
  static IntervalProblem ornsteinUhlenbeck() {
    return new IntervalProblem(
        "Ornstein-Uhlenbeck",
        StochasticField.of(
            1,
            Noise.ADDITIVE,
            Calculus.STRATONOVICH,
            (t, y) -> y.times(-DECAY),
            (t, y) -> Value.constant(List.of(DEVIATION))),
        List.of(FIRST),
        IntervalProblem::decayed);
  }

  /**
   * x e^(−κ) + σ ∫ e^(−κ(1−s)) dW, the weight of each part by its mean and its slope:
   *
   * <pre>  ∫ (s − middle) dW = −h H  </pre>
   */
  private static double[] decayed(Parts path) {
    double h = 1.0 / path.count();
    double mean = -Math.expm1(-DECAY * h) / (DECAY * h);
    double slope = DECAY * Math.exp(-DECAY * h / 2);
    double x = FIRST;
    for (int part = 0; part < path.count(); part++) {
      double integral = mean * path.w()[part][0] - slope * h * path.h()[part][0];
      x = Math.exp(-DECAY * h) * x + DEVIATION * integral;
    }
    return new double[] {x};
  }

  /** dX₁ = dW₁, dX₂ = X₁ ∘ dW₂, whose columns do not commute. */
  static IntervalProblem pair() {
    return new IntervalProblem(
        "pair", StochasticProblem.pair().field(), List.of(0.0, 0.0), IntervalProblem::areas);
  }

  /** W₁ and ∫ W₁ ∘ dW₂: the mean of each part's area given its increments and areas is known. */
  private static double[] areas(Parts path) {
    double[] x = new double[2];
    for (int part = 0; part < path.count(); part++) {
      double[] w = path.w()[part];
      double[] h = path.h()[part];
      x[1] += (x[0] + w[0] / 2) * w[1] + h[0] * w[1] - w[0] * h[1];
      x[0] += w[0];
    }
    return x;
  }

  double[] starts(int rows) {
    double[] starts = new double[rows * start.size()];
    for (int i = 0; i < starts.length; i++) {
      starts[i] = start.get(i % start.size());
    }
    return starts;
  }

  /** A solve of samples from the start, in float64. */
  AdaptiveSolve prepared(
      StochasticMethod method, BrownianMotion motion, AdaptiveSteps steps, int rows) {
    boolean ito = method.calculi().contains(Calculus.ITO);
    DrivenMethod driven = method.on(ito ? field.toIto() : field);
    Backend backend = new SimdBackend(WorkingPrecision.FLOAT64);
    AdaptiveSolve solve =
        new AdaptiveSolve(
            backend,
            driven.method(),
            driven.field(),
            Map.of(),
            backend.parameters(new ParameterLayout(List.of())),
            steps,
            Interruptions.none(),
            new BrownianDrive(motion, driven.need(), rows),
            rows);
    solve.initialValue().set(starts(rows));
    return solve;
  }
}
