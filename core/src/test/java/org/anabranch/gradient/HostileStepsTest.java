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
import org.anabranch.field.Field;
import org.anabranch.field.Noise;
import org.anabranch.field.StochasticField;
import org.anabranch.graph.Shape;
import org.anabranch.graph.Type;
import org.anabranch.graph.Value;
import org.anabranch.solver.AdaptiveSpan;
import org.anabranch.solver.AdaptiveSteps;
import org.anabranch.solver.DrivenMethod;
import org.anabranch.solver.Method;
import org.anabranch.solver.Spans;
import org.anabranch.solver.Stepping;
import org.anabranch.solver.StochasticMethod;
import org.anabranch.solver.TimeGrid;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Noise that is none, or of an odd shape, and steps of a rounding. */
class HostileStepsTest {
  private static final int ROWS = 5;
  private static final double[] START = Problem.numbers(2 * ROWS, 6, 1);
  private static final List<Backend> BACKENDS =
      List.of(new ReferenceBackend(), new SimdBackend(), new SimdBackend(WorkingPrecision.FLOAT64));

  private static Value drift(Value t, Value y) {
    return Value.concatenate(List.of(y.slice(1, 1), y.slice(0, 1).negated())).tanh().plus(t);
  }

  private static StochasticField field(
      Noise noise, Calculus calculus, BinaryOperator<Value> diffusion) {
    return StochasticField.of(2, noise, calculus, HostileStepsTest::drift, diffusion);
  }

  private static Problem.Result solve(
      Backend backend, DrivenMethod driven, BrownianMotion motion, Stepping stepping) {
    return DrivenProblem.of(driven, motion, stepping)
        .on(backend, GradientMode.automatic(), ROWS)
        .squares(START);
  }

  @ParameterizedTest
  @ValueSource(strings = {"heun", "midpoint", "coupled-heun", "coupled-midpoint"})
  void withoutNoiseAMethodIsTheOrdinaryOneOfItsName(String name) {
    TimeGrid grid = new TimeGrid(0, 1, 20);
    StochasticMethod method = StochasticMethod.named(name);
    for (Backend backend : BACKENDS) {
      Field ordinary = Field.of(2, HostileStepsTest::drift);
      Problem problem =
          new Problem(ordinary, DrivenProblem.NO_PARAMETERS, new double[0], START, ROWS);
      Problem.Result expected =
          problem.solve(backend, Method.named(name), GradientMode.automatic(), grid);
      List<StochasticField> silent =
          List.of(
              StochasticField.of(ordinary),
              field(Noise.DIAGONAL, Calculus.STRATONOVICH, (t, y) -> y.times(0)),
              field(
                  Noise.GENERAL, Calculus.STRATONOVICH, (t, y) -> Value.zeros(Shape.matrix(2, 3))));
      for (StochasticField field : silent) {
        BrownianMotion motion = BrownianGrid.equal(1, 0, 1, 20, field.noiseDimension());
        Problem.Result actual = solve(backend, method.on(field), motion, grid);
        areClose(actual, expected, rounding(backend));
        if (!name.equals("heun")) { // which adds its two increments before it scales them
          assertThat(actual.end()).containsExactly(expected.end());
        }
      }
    }
  }

  private static double rounding(Backend backend) {
    Buffer one = backend.buffer(Type.perSampleScalar(), 1);
    one.fill(1 + 1e-12);
    double[] stored = new double[1];
    one.get(stored);
    return stored[0] == 1 ? 2e-6 : 1e-13;
  }

  private static void areClose(Problem.Result actual, Problem.Result expected, double tolerance) {
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

  /** The first motions of a motion. */
  private record First(BrownianMotion motion, int motions) implements BrownianMotion {
    @Override
    public void over(
        long[] samples, double[] from, double[] to, Buffer increments, @Nullable Buffer areas) {
      Backend reference = new ReferenceBackend();
      Type all = Type.perSample(motion.motions());
      Buffer w = reference.buffer(all, samples.length);
      Buffer h = reference.buffer(all, samples.length);
      motion.over(samples, from, to, w, h);
      double[] row = new double[motion.motions()];
      for (int i = 0; i < samples.length; i++) {
        w.getRow(i, row, 0);
        increments.setRow(i, Arrays.copyOf(row, motions), 0);
        if (areas != null) {
          h.getRow(i, row, 0);
          areas.setRow(i, Arrays.copyOf(row, motions), 0);
        }
      }
    }
  }

  private static Value column(Value y, double... factors) {
    Value[] parts = new Value[2];
    for (int i = 0; i < 2; i++) {
      parts[i] = y.slice(i, 1).times(factors[i]).sin();
    }
    return Value.concatenate(List.of(parts));
  }

  @ParameterizedTest
  @ValueSource(strings = {"heun", "midpoint", "euler-heun", "reversible-heun", "coupled-heun"})
  void aColumnOfZerosIsAMotionThatIsNotThere(String name) {
    StochasticField two =
        field(
            Noise.GENERAL,
            Calculus.STRATONOVICH,
            (t, y) ->
                Value.stacked(List.of(column(y, 0.4, 0.2), column(y, -0.3, 0.5))).transposed());
    StochasticField three =
        field(
            Noise.GENERAL,
            Calculus.STRATONOVICH,
            (t, y) ->
                Value.stacked(List.of(column(y, 0.4, 0.2), column(y, -0.3, 0.5), column(y, 0, 0)))
                    .transposed());
    TimeGrid grid = new TimeGrid(0, 1, 20);
    StochasticMethod method = StochasticMethod.named(name);
    for (Backend backend : BACKENDS) {
      BrownianGrid motion = BrownianGrid.equal(8, 0, 1, 20, 3);
      Problem.Result expected = solve(backend, method.on(two), new First(motion, 2), grid);
      Problem.Result actual = solve(backend, method.on(three), motion, grid);
      assertThat(actual.end()).containsExactly(expected.end());
      assertThat(actual.byStart()).containsExactly(expected.byStart());
    }
  }

  /** The last row left out, or written as zeros: a component without noise. */
  @ParameterizedTest
  @ValueSource(strings = {"heun", "midpoint", "euler-heun", "reversible-heun", "coupled-heun"})
  void aRowOfZerosIsAComponentWithoutNoise(String name) {
    StochasticField zeros =
        field(
            Noise.GENERAL,
            Calculus.STRATONOVICH,
            (t, y) ->
                Value.stacked(
                    List.of(
                        Value.concatenate(List.of(y.slice(0, 1).sin(), y.slice(1, 1))).times(0.5),
                        y.times(0))));
    StochasticField fewer =
        field(
            Noise.GENERAL,
            Calculus.STRATONOVICH,
            (t, y) ->
                Value.concatenate(List.of(y.slice(0, 1).sin(), y.slice(1, 1)))
                    .times(0.5)
                    .reshaped(Shape.matrix(1, 2)));
    TimeGrid grid = new TimeGrid(0, 1, 20);
    StochasticMethod method = StochasticMethod.named(name);
    BrownianGrid motion = BrownianGrid.equal(8, 0, 1, 20, 2);
    for (Backend backend : BACKENDS) {
      Problem.Result expected = solve(backend, method.on(fewer), motion, grid);
      Problem.Result actual = solve(backend, method.on(zeros), motion, grid);
      assertThat(actual.end()).containsExactly(expected.end());
      assertThat(actual.byStart()).containsExactly(expected.byStart());
    }
  }

  /** dXᵢ = aXᵢ dt + Σⱼ bᵢⱼ Xᵢ ∘ dWⱼ with Xᵢ = exp(at + Σⱼ bᵢⱼ Wⱼ), of any number of motions. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void motionsMayBeFewerOrMoreThanComponents(int motions) {
    double[][] b = new double[2][];
    for (int i = 0; i < 2; i++) {
      b[i] = Problem.numbers(motions, 3 + i, 0.4);
    }
    StochasticField field =
        StochasticField.of(
            2,
            Noise.COMMUTATIVE,
            Calculus.STRATONOVICH,
            (t, y) -> y.times(0.2),
            (t, y) ->
                Value.stacked(
                    Stream.of(0, 1)
                        .map(
                            i -> {
                              var row = Arrays.stream(b[i]).boxed().toList();
                              return Value.constant(row).times(y.slice(i, 1).sum());
                            })
                        .toList()));
    BrownianInterval motion = new BrownianInterval(4, 0, 1, motions);
    Buffer w = new ReferenceBackend().buffer(Type.perSample(motions), ROWS);
    double[] ends = new double[ROWS];
    Arrays.fill(ends, 1);
    motion.over(LongStream.range(0, ROWS).toArray(), new double[ROWS], ends, w, null);
    double[] now = new double[motions];
    AdaptiveSpan span = new AdaptiveSpan(0, 1, AdaptiveSteps.of(1e-4, 1e-4));
    for (String name : List.of("heun", "reversible-heun", "midpoint")) {
      for (Backend backend : BACKENDS) {
        Problem.Result result =
            DrivenProblem.of(StochasticMethod.named(name).on(field), motion, span)
                .on(backend, GradientMode.automatic(), ROWS)
                .sum(START);
        for (int row = 0; row < ROWS; row++) {
          w.getRow(row, now, 0);
          for (int i = 0; i < 2; i++) {
            double exponent = 0.2;
            for (int j = 0; j < motions; j++) {
              exponent += b[i][j] * now[j];
            }
            double growth = Math.exp(exponent);
            int place = 2 * row + i;
            assertThat(result.end()[place]).isCloseTo(START[place] * growth, within(1e-2 * growth));
            assertThat(result.byStart()[place]).isCloseTo(growth, within(1e-2 * growth));
          }
        }
      }
    }
  }
}
