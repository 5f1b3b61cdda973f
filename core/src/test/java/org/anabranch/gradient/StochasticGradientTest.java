package org.anabranch.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.anabranch.backend.Backend;
import org.anabranch.backend.reference.ReferenceBackend;
import org.anabranch.backend.simd.SimdBackend;
import org.anabranch.backend.simd.WorkingPrecision;
import org.anabranch.control.brownian.BrownianGrid;
import org.anabranch.field.Calculus;
import org.anabranch.field.Noise;
import org.anabranch.field.StochasticField;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.graph.Shape;
import org.anabranch.graph.Value;
import org.anabranch.solver.DrivenMethod;
import org.anabranch.solver.ReversibleMethod;
import org.anabranch.solver.StochasticMethod;
import org.anabranch.solver.TimeGrid;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Gradients of stochastic equations over fixed paths: L = Σ z(T)². */
class StochasticGradientTest {
  private static final int DIMENSION = 3;
  private static final int ROWS = 7;
  private static final double END = 1;
  private static final Shape SQUARE = Shape.matrix(DIMENSION, DIMENSION);
  private static final ParameterLayout LAYOUT =
      ParameterLayout.of(
          new TreeMap<>(Map.of("a", SQUARE, "b", SQUARE, "c", Shape.vector(DIMENSION))));
  private static final double[] THETA = Problem.numbers(LAYOUT.size(), 1, 0.7);
  private static final double[] START = Problem.numbers(ROWS * DIMENSION, 2, 1);

  private static Value square(String name) {
    return Value.parameter(name, SQUARE);
  }

  private static Value drift(Value t, Value y) {
    return square("a").appliedTo(y).plus(t).tanh();
  }

  /** A field that a method solves: with a matrix of three motions, or as it demands. */
  private static StochasticField field(StochasticMethod method) {
    Calculus calculus =
        method.calculi().contains(Calculus.STRATONOVICH) ? Calculus.STRATONOVICH : Calculus.ITO;
    Value c = Value.parameter("c", Shape.vector(DIMENSION));
    List<StochasticField> fields =
        List.of(
            StochasticField.of(
                DIMENSION,
                Noise.GENERAL,
                calculus,
                StochasticGradientTest::drift,
                (t, y) -> {
                  Value columns = square("b").appliedTo(y).sigmoid();
                  return Value.concatenate(List.of(columns, c.sin().times(y), columns.times(c)))
                      .reshaped(SQUARE);
                }),
            StochasticField.of(
                DIMENSION,
                Noise.DIAGONAL,
                calculus,
                StochasticGradientTest::drift,
                (t, y) -> y.times(c).sin().plus(0.3)),
            StochasticField.of(
                DIMENSION,
                Noise.ADDITIVE,
                calculus,
                StochasticGradientTest::drift,
                (t, y) -> c.sin().times(t.plus(1))));
    for (StochasticField field : fields) {
      try {
        method.on(field);
        return field;
      } catch (IllegalArgumentException e) {
        assertThat(e).hasMessageContaining(method.name());
      }
    }
    throw new AssertionError("no field for " + method.name());
  }

  private static DrivenMethod method(String name) {
    StochasticMethod method = StochasticMethod.named(name);
    return method.on(field(method));
  }

  private static Problem.Result solve(
      Backend backend, String name, GradientMode mode, int steps, double[] theta, double[] start) {
    DrivenProblem problem =
        new DrivenProblem(
            method(name),
            LAYOUT,
            theta,
            BrownianGrid.equal(3, 0, END, steps, DIMENSION),
            new TimeGrid(0, END, steps));
    return problem.on(backend, mode, ROWS).squares(start);
  }

  private static Stream<String> methods() {
    return StochasticMethod.names().stream();
  }

  private static Stream<String> reversible() {
    return methods()
        .filter(
            name -> {
              return method(name).method() instanceof ReversibleMethod;
            });
  }

  @ParameterizedTest
  @MethodSource("methods")
  void directIsTheSlopeOfTheNumbersComputed(String name) {
    Backend reference = new ReferenceBackend();
    Problem.Result direct = solve(reference, name, GradientMode.direct(), 4, THETA, START);
    // States on a grid of 2⁻³⁰ have slopes over wider differences only.
    boolean exact =
        method(name).method() instanceof ReversibleMethod reversible && reversible.bitExact();
    double width = exact ? 2e-3 : 1e-5;
    double tolerance = exact ? 1e-4 : 2e-8;
    for (int i = 0; i < THETA.length + START.length; i++) {
      double[] theta = THETA.clone();
      double[] start = START.clone();
      double[] moved = i < theta.length ? theta : start;
      int place = i < theta.length ? i : i - theta.length;
      double at = moved[place];
      moved[place] = at + width;
      double up = solve(reference, name, GradientMode.direct(), 4, theta, start).loss();
      moved[place] = at - width;
      double down = solve(reference, name, GradientMode.direct(), 4, theta, start).loss();
      double slope = i < theta.length ? direct.byParameters()[place] : direct.byStart()[place];
      assertThat(slope)
          .as("%s, number %d", name, i)
          .isCloseTo((up - down) / (2 * width), within(tolerance));
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  void keptStatesAndStepsTakenAgainGiveTheSameBits(String name) {
    for (Backend backend : List.of(new ReferenceBackend(), new SimdBackend())) {
      Problem.Result direct = solve(backend, name, GradientMode.direct(), 50, THETA, START);
      for (GradientMode mode : List.of(GradientMode.checkpointed(), GradientMode.binomial(4))) {
        Problem.Result again = solve(backend, name, mode, 50, THETA, START);
        assertThat(again.byStart()).containsExactly(direct.byStart());
        assertThat(again.byParameters()).containsExactly(direct.byParameters());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("reversible")
  void undoneStepsGiveTheGradientOfDirect(String name) {
    for (Backend backend :
        List.of(new ReferenceBackend(), new SimdBackend(WorkingPrecision.FLOAT64))) {
      for (int steps : new int[] {1, 4, 16, 256, 1024}) {
        Problem.Result direct = solve(backend, name, GradientMode.direct(), steps, THETA, START);
        Problem.Result undone =
            solve(backend, name, GradientMode.reversible(), steps, THETA, START);
        // A coupling of 0.99 multiplies round-off with every step.
        boolean coupled = name.startsWith("coupled");
        assertThat(undone.reconstructionError()).isLessThan(coupled ? 1e-9 : 1e-13);
        assertThat(undone.differenceFrom(direct))
            .as("%d steps", steps)
            .isLessThan(coupled ? 1e-9 : 1e-12);
      }
    }
  }
}
