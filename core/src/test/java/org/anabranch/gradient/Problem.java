package org.anabranch.gradient;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import org.anabranch.backend.Accumulators;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.Parameters;
import org.anabranch.field.Field;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.graph.Shape;
import org.anabranch.graph.Value;
import org.anabranch.solver.Method;
import org.anabranch.solver.Stepping;

/** A field with parameters and start values, solved and differentiated on a backend. */
record Problem(Field field, ParameterLayout layout, double[] theta, double[] start, int rows) {

  /** dz/dt = αz with α the parameter. */
  static Problem linear(double alpha) {
    ParameterLayout layout = ParameterLayout.of(Map.of("alpha", Shape.scalar()));
    Field field = Field.of(1, (t, z) -> z.times(Value.parameter("alpha", Shape.scalar())));
    return new Problem(field, layout, new double[] {alpha}, new double[] {1}, 1);
  }

  /** A tanh network of two layers that also sees the time. */
  static Problem network(int dimension, int width, int rows) {
    Shape in = Shape.matrix(width, dimension);
    Shape out = Shape.matrix(dimension, width);
    ParameterLayout layout =
        ParameterLayout.of(new TreeMap<>(Map.of("a", in, "b", Shape.vector(width), "c", out)));
    Field field =
        Field.of(
            dimension,
            (t, z) -> {
              Value hidden = Value.parameter("a", in).appliedTo(z);
              Value bias = Value.parameter("b", Shape.vector(width));
              return Value.parameter("c", out)
                  .appliedTo(hidden.plus(bias.times(t)).plus(bias).tanh());
            });
    double[] theta = numbers(layout.size(), 1, 1.2 / Math.sqrt(width));
    return new Problem(field, layout, theta, numbers(rows * dimension, 2, 1), rows);
  }

  /** Fixed numbers in (−scale, scale). */
  static double[] numbers(int count, int seed, double scale) {
    double[] numbers = new double[count];
    for (int i = 0; i < count; i++) {
      double turn = (i + 1) * 0.6180339887498949 + seed * 0.3819660112501051;
      numbers[i] = scale * (2 * (turn - Math.floor(turn)) - 1);
    }
    return numbers;
  }

  /** A solve of L = Σ z(T)² and its gradients. */
  Result solve(Backend backend, Method method, GradientMode mode, Stepping grid) {
    Parameters parameters = backend.parameters(layout);
    parameters.load(theta);
    Accumulators accumulators = backend.accumulators(layout);
    SolveGradient solve =
        new SolveGradient(backend, method, field, parameters, accumulators, grid, mode, rows);
    return Result.of(solve, accumulators, start, z -> 2 * z);
  }

  /** The same, for readers who ask for the gradients alone. */
  Result gradients(Backend backend, Method method, GradientMode mode, Stepping grid) {
    return solve(backend, method, mode, grid);
  }

  record Result(
      double[] end,
      double[] byStart,
      double[] byParameters,
      double[] restored,
      double reconstructionError,
      long bytes) {
    /**
     * Of a solve there and back.
     *
     * @param cotangent of each number of the solution
     */
    static Result of(
        SolveGradient solve,
        Accumulators accumulators,
        double[] start,
        DoubleUnaryOperator cotangent) {
      solve.solve().initialValue().set(start);
      solve.forward();
      double[] end = numbers(solve.solve().solution());
      solve.solutionCotangent().set(Arrays.stream(end).map(cotangent).toArray());
      return back(solve, accumulators, end);
    }

    /** Of the way back alone, from cotangents that are set. */
    static Result back(SolveGradient solve, Accumulators accumulators, double[] end) {
      solve.backward();
      double[] restored = {};
      double error = 0;
      if (!(solve.mode() instanceof GradientMode.Backsolve)) {
        restored = numbers(solve.restored().part(solve.solve().method().state().get(0)));
        for (int row = 0; row < solve.solve().initialValue().rows(); row++) {
          error = Math.max(error, solve.reconstructionError(row));
        }
      }
      return new Result(
          end,
          numbers(solve.initialCotangent()),
          accumulators.totals().clone(),
          restored,
          error,
          solve.bytes());
    }

    private static double[] numbers(Buffer buffer) {
      double[] numbers = new double[buffer.count()];
      buffer.get(numbers);
      return numbers;
    }

    double loss() {
      double loss = 0;
      for (double z : end) {
        loss += z * z;
      }
      return loss;
    }

    List<double[]> gradients() {
      return List.of(byStart, byParameters);
    }

    /** The largest difference of a number of a gradient, over that gradient's largest number. */
    double differenceFrom(Result expected) {
      double worst = 0;
      for (int i = 0; i < 2; i++) {
        double largest = 0;
        double difference = 0;
        for (int j = 0; j < expected.gradients().get(i).length; j++) {
          double e = expected.gradients().get(i)[j];
          largest = Math.max(largest, Math.abs(e));
          difference = Math.max(difference, Math.abs(e - gradients().get(i)[j]));
        }
        worst = Math.max(worst, difference / largest);
      }
      return worst;
    }
  }
}
