package org.anabranch.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
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
import org.anabranch.solver.Stepping;
import org.anabranch.solver.StochasticMethod;
import org.anabranch.solver.TimeGrid;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Noise that is none, and of odd shapes: rows and columns of zeros, any number of motions. */
class NoiseShapesTest {
  private static final int ROWS = 5;
  private static final double[] START = Problem.numbers(2 * ROWS, 6, 1);
  private static final List<Backend> BACKENDS =
      List.of(new ReferenceBackend(), new SimdBackend(), new SimdBackend(WorkingPrecision.FLOAT64));

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
              HostileStepsTest.field(Noise.DIAGONAL, Calculus.STRATONOVICH, (t, y) -> y.times(0)),
              HostileStepsTest.field(
                  Noise.GENERAL, Calculus.STRATONOVICH, (t, y) -> Value.zeros(Shape.matrix(2, 3))));
      for (StochasticField field : silent) {
        BrownianMotion motion = BrownianGrid.equal(1, 0, 1, 20, field.noiseDimension());
        Problem.Result actual = solve(backend, method.on(field), motion, grid);
        HostileStepsTest.areClose(actual, expected, HostileStepsTest.rounding(backend));
        if (!name.equals("heun")) { // which adds its two increments before it scales them
          assertThat(actual.end()).containsExactly(expected.end());
        }
      }
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
        HostileStepsTest.field(
            Noise.GENERAL,
            Calculus.STRATONOVICH,
            (t, y) ->
                Value.stacked(List.of(column(y, 0.4, 0.2), column(y, -0.3, 0.5))).transposed());
    StochasticField three =
        HostileStepsTest.field(
            Noise.GENERAL,
            Calculus.STRATONOVICH,
            (t, y) ->
                Value.stacked(List.of(column(y, 0.4, 0.2), column(y, -0.3, 0.5), column(y, 0, 0)))
                    .transposed());
    sameBits(name, three, BrownianGrid.equal(8, 0, 1, 20, 3), two);
  }

  /** Two ways to write a field, of which the second may have fewer of the same motions. */
  private static void sameBits(
      String name, StochasticField one, BrownianMotion motion, StochasticField other) {
    TimeGrid grid = new TimeGrid(0, 1, 20);
    StochasticMethod method = StochasticMethod.named(name);
    for (Backend backend : BACKENDS) {
      Problem.Result actual = solve(backend, method.on(one), motion, grid);
      First first = new First(motion, other.noiseDimension());
      Problem.Result expected = solve(backend, method.on(other), first, grid);
      assertThat(actual.end()).containsExactly(expected.end());
      assertThat(actual.byStart()).containsExactly(expected.byStart());
    }
  }

  /** The last row left out, or written as zeros: a component without noise. */
  @ParameterizedTest
  @ValueSource(strings = {"heun", "midpoint", "euler-heun", "reversible-heun", "coupled-heun"})
  void aRowOfZerosIsAComponentWithoutNoise(String name) {
    StochasticField zeros =
        HostileStepsTest.field(
            Noise.GENERAL,
            Calculus.STRATONOVICH,
            (t, y) ->
                Value.stacked(
                    List.of(
                        Value.concatenate(List.of(y.slice(0, 1).sin(), y.slice(1, 1))).times(0.5),
                        y.times(0))));
    StochasticField fewer =
        HostileStepsTest.field(
            Noise.GENERAL,
            Calculus.STRATONOVICH,
            (t, y) ->
                Value.concatenate(List.of(y.slice(0, 1).sin(), y.slice(1, 1)))
                    .times(0.5)
                    .reshaped(Shape.matrix(1, 2)));
    sameBits(name, zeros, BrownianGrid.equal(8, 0, 1, 20, 2), fewer);
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
