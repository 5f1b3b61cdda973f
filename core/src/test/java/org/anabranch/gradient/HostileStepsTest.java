package org.anabranch.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.reference.ReferenceBackend;
import org.anabranch.backend.simd.SimdBackend;
import org.anabranch.backend.simd.WorkingPrecision;
import org.anabranch.control.brownian.BrownianGrid;
import org.anabranch.control.brownian.BrownianInterval;
import org.anabranch.control.brownian.BrownianMotion;
import org.anabranch.field.Calculus;
import org.anabranch.field.Noise;
import org.anabranch.field.StochasticField;
import org.anabranch.graph.Type;
import org.anabranch.graph.Value;
import org.anabranch.solver.AdaptiveSpan;
import org.anabranch.solver.AdaptiveSteps;
import org.anabranch.solver.DrivenMethod;
import org.anabranch.solver.Spans;
import org.anabranch.solver.Stepping;
import org.anabranch.solver.StochasticMethod;
import org.anabranch.solver.TimeGrid;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Steps of a rounding, in the midst and at the end. */
class HostileStepsTest {
  private static final int ROWS = 5;
  private static final double[] START = Problem.numbers(2 * ROWS, 6, 1);
  private static final List<Backend> BACKENDS =
      List.of(new ReferenceBackend(), new SimdBackend(), new SimdBackend(WorkingPrecision.FLOAT64));

  static Value drift(Value t, Value y) {
    return Value.concatenate(List.of(y.slice(1, 1), y.slice(0, 1).negated())).tanh().plus(t);
  }

  static StochasticField field(Noise noise, Calculus calculus, BinaryOperator<Value> diffusion) {
    return StochasticField.of(2, noise, calculus, HostileStepsTest::drift, diffusion);
  }

  static double rounding(Backend backend) {
    Buffer one = backend.buffer(Type.perSampleScalar(), 1);
    one.fill(1 + 1e-12);
    double[] stored = new double[1];
    one.get(stored);
    return stored[0] == 1 ? 2e-6 : 1e-13;
  }

  static void areClose(Problem.Result actual, Problem.Result expected, double tolerance) {
    assertThat(actual.end()).containsExactly(expected.end(), within(tolerance));
    assertThat(actual.byStart()).containsExactly(expected.byStart(), within(tolerance));
  }

  /** A step of no size turns the second solution of these about the first. */
  private static boolean carriesTwo(String name) {
    return name.startsWith("reversible") || name.startsWith("coupled");
  }

  static Stream<String> methods() {
    return StochasticMethod.names().stream();
  }

  private static DrivenMethod noisy(String name) {
    StochasticMethod method = StochasticMethod.named(name);
    boolean ito = method.calculi().contains(Calculus.ITO);
    StochasticField field =
        field(Noise.DIAGONAL, Calculus.STRATONOVICH, (t, y) -> y.times(0.4).sin());
    try {
      return method.on(ito ? field.toIto() : field);
    } catch (IllegalArgumentException e) {
      return method.on(
          field(Noise.ADDITIVE, Calculus.STRATONOVICH, (t, y) -> t.plus(0.3).broadcast(2)));
    }
  }

  /** The solution at the end of a span with points, and the gradient of its squares there. */
  private static Problem.Result over(
      Backend backend, DrivenMethod driven, BrownianMotion motion, Stepping way, double[] times) {
    DrivenProblem.Prepared prepared =
        DrivenProblem.of(driven, motion, way)
            .on(
                backend,
                GradientMode.automatic(),
                Demands.none().withPoints(times.length - 2),
                LongStream.range(0, ROWS).toArray());
    SolveGradient solve = prepared.solve();
    solve.solve().initialValue().set(START);
    solve.forward(Spans.same(ROWS, times));
    double[] end = new double[START.length];
    solve.solve().solution().get(end);
    solve.solutionCotangent().set(Arrays.stream(end).map(z -> 2 * z).toArray());
    Problem.Result result = Problem.Result.back(solve, prepared.accumulators(), end);
    for (int row = 0; row < ROWS; row++) {
      assertThat(!solve.isBitExact() || solve.isRestored(row)).isTrue();
    }
    return result;
  }

  /**
   * Steps of one ulp in the midst, and of 1.8e-15 at the end, as times that are added up leave
   * them: they change what they can, which is a rounding.
   */
  @ParameterizedTest
  @MethodSource("methods")
  void stepsOfARoundingChangeARounding(String name) {
    DrivenMethod driven = noisy(name);
    double[] plain = {0, 0.5, 1};
    double[] hostile = {0, 0.5, Math.nextUp(0.5), 1 - 1.8e-15, 1};
    int motions = driven.field().context().get("dW").type().shape().size();
    boolean adapts = driven.method().error(driven.field()).isPresent();
    for (Backend backend : BACKENDS) {
      for (Stepping way :
          adapts
              ? List.of(
                  new TimeGrid(0, 1, 20), new AdaptiveSpan(0, 1, AdaptiveSteps.of(1e-3, 1e-3)))
              : List.of(new TimeGrid(0, 1, 20))) {
        BrownianInterval motion = new BrownianInterval(4, 0, 1, motions);
        Problem.Result expected = over(backend, driven, motion, way, plain);
        Problem.Result actual = over(backend, driven, motion, way, hostile);
        double error = way instanceof AdaptiveSpan ? 5e-2 : 5e-3;
        areClose(actual, expected, carriesTwo(name) ? error : rounding(backend));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  void aGridWhoseTimesWereAddedUpIsTaken(String name) {
    DrivenMethod driven = noisy(name);
    int motions = driven.field().context().get("dW").type().shape().size();
    double[] times = new double[12];
    for (int i = 1; i < 11; i++) {
      times[i] = times[i - 1] + 0.1; // 0.9999999999999999 at last
    }
    times[11] = 1;
    for (Backend backend : BACKENDS) {
      BrownianGrid motion = new BrownianGrid(5, times, motions);
      Problem.Result result = over(backend, driven, motion, new TimeGrid(0, 1, 1), times);
      Problem.Result without =
          over(backend, driven, motion, new TimeGrid(0, 1, 1), Arrays.copyOf(times, 11));
      // The motion goes √(1e-16) in the step.
      areClose(result, without, carriesTwo(name) ? 5e-3 : 1e-7 + rounding(backend));
    }
  }
}
