package org.anabranch.solver;

import java.util.Arrays;
import java.util.List;
import org.anabranch.field.Calculus;
import org.anabranch.field.Coefficients;
import org.anabranch.field.Noise;
import org.anabranch.field.StochasticField;
import org.anabranch.graph.Shape;
import org.anabranch.graph.Value;

/**
 * Stochastic equations of which the solution at the end is known path by path: in closed form, or
 * from steps many times finer.
 */
record StochasticProblem(String name, StochasticField field, List<Double> start, Truth truth) {
  static final double END = 1;

  /** The solution at the end, sample by sample, of the finest paths. */
  interface Truth {
    double[] at(BrownianPaths finest);
  }

  @Override
  public String toString() {
    return name;
  }

  private static Value number(Value y, int i) {
    return y.slice(i, 1);
  }

  /** dX = aX dt + bX ∘ dW with X = exp(at + bW). */
  static StochasticProblem geometric(Noise noise) {
    double a = 0.3;
    double b = 0.7;
    StochasticField field =
        StochasticField.of(
            1, noise, Calculus.STRATONOVICH, (t, y) -> y.times(a), (t, y) -> y.times(b));
    return new StochasticProblem(
        "geometric",
        field,
        List.of(1.0),
        paths -> {
          double[] x = new double[paths.rows()];
          for (int row = 0; row < x.length; row++) {
            x[row] = Math.exp(a * END + b * paths.atEnd(row)[0]);
          }
          return x;
        });
  }

  /** dX = sin X dt + (1 + t/2) dW. */
  static StochasticProblem additive() {
    StochasticField field =
        StochasticField.of(
            1,
            Noise.ADDITIVE,
            Calculus.ITO,
            (t, y) -> y.sin(),
            (t, y) -> t.times(0.5).plus(1).broadcast(1));
    return finely("additive", field, "sra1", 0.5);
  }

  /** dX₁ = dW₁, dX₂ = X₁ ∘ dW₂, whose columns do not commute. */
  static StochasticProblem pair() {
    Value none = Value.constant(List.of(0.0));
    Value one = Value.constant(List.of(1.0));
    StochasticField field =
        StochasticField.of(
            2,
            Noise.GENERAL,
            Calculus.STRATONOVICH,
            (t, y) -> y.times(0),
            (t, y) ->
                Value.concatenate(List.of(one, none, none, number(y, 0)))
                    .reshaped(Shape.matrix(2, 2)));
    return new StochasticProblem("pair", field, List.of(0.0, 0.0), StochasticProblem::areas);
  }

  /** W₁ and ∫ W₁ ∘ dW₂ by the trapezoidal sum over the finest steps. */
  private static double[] areas(BrownianPaths paths) {
    double[] x = new double[2 * paths.rows()];
    for (int step = 0; step < paths.steps(); step++) {
      double[] w = paths.increment(step);
      for (int i = 0; i < x.length; i += 2) {
        x[i + 1] += (x[i] + w[i] / 2) * w[i + 1];
        x[i] += w[i];
      }
    }
    return x;
  }

  /** dX = aX dt + bX ∘ dW₁ + cRX ∘ dW₂ with R a quarter turn: columns that commute. */
  static StochasticProblem spiral() {
    double a = -0.2;
    double b = 0.4;
    double c = 0.8;
    StochasticField field =
        StochasticField.of(
            2,
            Noise.COMMUTATIVE,
            Calculus.STRATONOVICH,
            (t, y) -> y.times(a),
            (t, y) -> {
              Value turned = Value.concatenate(List.of(number(y, 1).negated(), number(y, 0)));
              return Value.stacked(List.of(y.times(b), turned.times(c))).transposed();
            });
    return new StochasticProblem(
        "spiral",
        field,
        List.of(1.0, 0.0),
        paths -> {
          double[] x = new double[2 * paths.rows()];
          for (int row = 0; row < paths.rows(); row++) {
            double[] w = paths.atEnd(row);
            double radius = Math.exp(a * END + b * w[0]);
            x[2 * row] = radius * Math.cos(c * w[1]);
            x[2 * row + 1] = radius * Math.sin(c * w[1]);
          }
          return x;
        });
  }

  /** A drift that couples two components, each with a diffusion of its own. */
  static StochasticProblem diagonal() {
    StochasticField field =
        StochasticField.of(
            2,
            Noise.DIAGONAL,
            Calculus.STRATONOVICH,
            (t, y) -> {
              Value swapped = Value.concatenate(List.of(number(y, 1), number(y, 0)));
              Value drift = swapped.tanh().minus(y.times(0.5)).plus(t.times(0.3));
              return new Coefficients(drift, y.sin().times(0.5).plus(t.times(0.2)).plus(0.4));
            });
    return finely("diagonal", field, "sri1", 0.5, -0.3);
  }

  private static StochasticProblem finely(
      String name, StochasticField field, String method, double... start) {
    DrivenMethod fine = StochasticMethod.named(method).on(field.toIto());
    List<Double> numbers = Arrays.stream(start).boxed().toList();
    return new StochasticProblem(
        name, field, numbers, paths -> StochasticRun.end(fine, paths, start));
  }

  double[] startNumbers() {
    return start.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
