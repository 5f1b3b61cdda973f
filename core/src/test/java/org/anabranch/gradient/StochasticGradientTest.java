package org.anabranch.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.anabranch.backend.Accumulators;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Parameters;
import org.anabranch.backend.reference.ReferenceBackend;
import org.anabranch.backend.simd.SimdBackend;
import org.anabranch.backend.simd.WorkingPrecision;
import org.anabranch.field.Calculus;
import org.anabranch.field.Noise;
import org.anabranch.field.StochasticField;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.graph.Shape;
import org.anabranch.graph.Value;
import org.anabranch.solver.DrivenMethod;
import org.anabranch.solver.Interruptions;
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

  private static Problem.Result solve(
      Backend backend, String name, GradientMode mode, int steps, double[] theta, double[] start) {
    StochasticMethod method = StochasticMethod.named(name);
    DrivenMethod driven = method.on(field(method));
    Parameters parameters = backend.parameters(LAYOUT);
    parameters.load(theta);
    Accumulators accumulators = backend.accumulators(LAYOUT);
    SolveGradient solve =
        new SolveGradient(
            backend,
            driven.method(),
            driven.field(),
            Map.of(),
            parameters,
            accumulators,
            new TimeGrid(0, END, steps),
            Interruptions.none(),
            mode,
            Demands.none(),
            new NormalDrive(driven.need(), DIMENSION, END / steps),
            ROWS);
    solve.solve().initialValue().set(start);
    solve.forward();
    double[] end = new double[start.length];
    solve.solve().solution().get(end);
    solve.solutionCotangent().set(Arrays.stream(end).map(z -> 2 * z).toArray());
    solve.backward();
    double[] byStart = new double[start.length];
    solve.initialCotangent().get(byStart);
    double[] byParameters = new double[LAYOUT.size()];
    accumulators.total(byParameters);
    double error = 0;
    for (int row = 0; row < ROWS; row++) {
      error = Math.max(error, solve.reconstructionError(row));
    }
    return new Problem.Result(end, byStart, byParameters, new double[0], error, solve.bytes());
  }

  private static Stream<String> methods() {
    return StochasticMethod.names().stream();
  }

  private static Stream<String> reversible() {
    return methods()
        .filter(
            name -> {
              StochasticMethod method = StochasticMethod.named(name);
              return method.on(field(method)).method() instanceof ReversibleMethod;
            });
  }

  @ParameterizedTest
  @MethodSource("methods")
  void directIsTheSlopeOfTheNumbersComputed(String name) {
    Backend reference = new ReferenceBackend();
    Problem.Result direct = solve(reference, name, GradientMode.direct(), 4, THETA, START);
    double width = 1e-5;
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
          .isCloseTo((up - down) / (2 * width), within(2e-8));
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
        assertThat(undone.reconstructionError()).isLessThan(1e-13);
        assertThat(undone.differenceFrom(direct)).as("%d steps", steps).isLessThan(1e-12);
      }
    }
  }
}
