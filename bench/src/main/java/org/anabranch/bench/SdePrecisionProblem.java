package org.anabranch.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.reference.ReferenceBackend;
import org.anabranch.control.brownian.BrownianInterval;
import org.anabranch.field.Calculus;
import org.anabranch.field.Noise;
import org.anabranch.field.StochasticField;
import org.anabranch.graph.Shape;
import org.anabranch.graph.Type;
import org.anabranch.graph.Value;

/**
 * A Stratonovich equation over [0, 1] whose solution at the end is known for every path of a {@link
 * BrownianInterval}.
 *
 * @param file what its chart is called by
 * @param advance the exact solution over a short part of a path
 * @param methods that are shown on it
 */
record SdePrecisionProblem(
    String name,
    String file,
    StochasticField field,
    List<Double> start,
    Advance advance,
    List<String> methods) {
  private static final long SEED = 2024;

  /** Parts of the span that the true solution goes over. */
  private static final int PARTS = 1 << 13;

  private static final double GROWTH = 0.3;
  private static final double VOLATILITY = 0.8;
  private static final double DECAY = 2;
  private static final double DEVIATION = 0.6;

  /** Takes the solution x of a sample over h with the increments w and the areas a. */
  interface Advance {
    void over(double h, double[] w, double[] a, double[] x);
  }

  static List<SdePrecisionProblem> all() {
    return List.of(geometric(), ornsteinUhlenbeck(), pair());
  }

  private static SdePrecisionProblem geometric() {
    return new SdePrecisionProblem(
        "dX = 0.3 X dt + 0.8 X ∘ dW",
        "geometric",
        StochasticField.of(
            1,
            Noise.DIAGONAL,
            Calculus.STRATONOVICH,
            (t, y) -> y.times(GROWTH),
            (t, y) -> y.times(VOLATILITY)),
        List.of(1.0),
        (h, w, a, x) -> x[0] *= Math.exp(GROWTH * h + VOLATILITY * w[0]),
        List.of("heun", "reversible-heun", "milstein", "sri2"));
  }

  /**
   * The noise of a part by the mean and the slope of e^(−κ(1−s)) there: ∫ (s − middle) dW = −hH.
   */
  private static SdePrecisionProblem ornsteinUhlenbeck() {
    return new SdePrecisionProblem(
        "dX = −2 X dt + 0.6 dW",
        "decay",
        StochasticField.of(
            1,
            Noise.ADDITIVE,
            Calculus.STRATONOVICH,
            (t, y) -> y.times(-DECAY),
            (t, y) -> Value.constant(List.of(DEVIATION))),
        List.of(1.5),
        (h, w, a, x) -> {
          double mean = -Math.expm1(-DECAY * h) / (DECAY * h);
          double slope = DECAY * Math.exp(-DECAY * h / 2);
          double noise = mean * w[0] - slope * h * a[0];
          x[0] = Math.exp(-DECAY * h) * x[0] + DEVIATION * noise;
        },
        List.of("heun", "reversible-heun", "shark", "sra3"));
  }

  /** The area of a part by its mean given increments and areas. */
  private static SdePrecisionProblem pair() {
    Value none = Value.constant(List.of(0.0));
    Value one = Value.constant(List.of(1.0));
    return new SdePrecisionProblem(
        "dX₁ = dW₁, dX₂ = X₁ ∘ dW₂",
        "pair",
        StochasticField.of(
            2,
            Noise.GENERAL,
            Calculus.STRATONOVICH,
            (t, y) -> y.times(0),
            (t, y) ->
                Value.concatenate(List.of(one, none, none, y.slice(0, 1)))
                    .reshaped(Shape.matrix(2, 2))),
        List.of(0.0, 0.0),
        (h, w, a, x) -> {
          x[1] += (x[0] + w[0] / 2) * w[1] + a[0] * w[1] - w[0] * a[1];
          x[0] += w[0];
        },
        List.of("heun", "midpoint", "reversible-heun"));
  }

  BrownianInterval motion() {
    return new BrownianInterval(SEED, 0, 1, field.noiseDimension());
  }

  double[] starts(int rows) {
    double[] starts = new double[rows * start.size()];
    for (int i = 0; i < starts.length; i++) {
      starts[i] = start.get(i % start.size());
    }
    return starts;
  }

  /** The solution at the end of the samples 0, 1, … */
  List<double[]> truths(int rows) {
    List<double[]> truths = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      truths.add(starts(1));
    }
    BrownianInterval motion = motion();
    Type type = Type.perSample(motion.motions());
    Buffer increments = new ReferenceBackend().buffer(type, rows);
    Buffer areas = new ReferenceBackend().buffer(type, rows);
    long[] samples = LongStream.range(0, rows).toArray();
    double[] from = new double[rows];
    double[] to = new double[rows];
    double[] w = new double[motion.motions()];
    double[] a = new double[motion.motions()];
    for (int part = 0; part < PARTS; part++) {
      Arrays.fill(from, (double) part / PARTS);
      Arrays.fill(to, (part + 1.0) / PARTS);
      motion.over(samples, from, to, increments, areas);
      for (int row = 0; row < rows; row++) {
        increments.getRow(row, w, 0);
        areas.getRow(row, a, 0);
        advance.over(1.0 / PARTS, w, a, truths.get(row));
      }
    }
    return truths;
  }
}
