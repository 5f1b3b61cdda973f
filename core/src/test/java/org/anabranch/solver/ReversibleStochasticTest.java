package org.anabranch.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.anabranch.backend.Backend;
import org.anabranch.backend.reference.ReferenceBackend;
import org.anabranch.backend.simd.SimdBackend;
import org.anabranch.field.Calculus;
import org.anabranch.field.Noise;
import org.anabranch.field.StochasticField;
import org.anabranch.graph.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Steps of stochastic equations taken back. */
class ReversibleStochasticTest {
  private static final int ROWS = 3;
  private static final double END = 1.3;

  private static final StochasticField FIELD =
      StochasticField.of(
          3,
          Noise.GENERAL,
          Calculus.STRATONOVICH,
          (t, y) -> y.sin().minus(y.times(0.3)).plus(t.cos().times(0.1)),
          (t, y) -> y.cos().times(0.5).outer(Value.constant(List.of(1.0, -0.4))));

  private static BrownianPaths paths(int steps) {
    return BrownianPaths.of(77, END, steps, ROWS, FIELD.noiseDimension());
  }

  private static Map<String, double[]> copy(Map<String, double[]> state) {
    Map<String, double[]> copy = new LinkedHashMap<>();
    state.forEach((part, numbers) -> copy.put(part, numbers.clone()));
    return copy;
  }

  /** The largest difference of a state that was reached and left again. */
  private static double returnError(Backend backend, StochasticMethod method, int steps) {
    StochasticRun run = new StochasticRun(backend, method.on(FIELD), paths(steps));
    run.start(0.3, -0.2, 0.7);
    Map<String, double[]> before = copy(run.state());
    assertThat(run.run().get("y")).isNotEqualTo(before.get("y"));
    Map<String, double[]> after = run.undo().state();
    double worst = 0;
    for (String part : before.keySet()) {
      for (int i = 0; i < run.get(part).length; i++) {
        worst = Math.max(worst, Math.abs(after.get(part)[i] - before.get(part)[i]));
      }
    }
    return worst;
  }

  static Stream<Arguments> exactOnes() {
    return Stream.of(StochasticMethod.reversibleHeun(true), StochasticMethod.coupledHeun(1))
        .flatMap(
            method ->
                Stream.of(new ReferenceBackend(), new SimdBackend())
                    .map(backend -> Arguments.of(method, backend)));
  }

  @ParameterizedTest
  @MethodSource("exactOnes")
  void tenThousandStepsOnTheGridAreUndoneToTheLastBit(StochasticMethod method, Backend backend) {
    assertThat(((ReversibleMethod) method.on(FIELD).method()).bitExact()).isTrue();
    assertThat(returnError(backend, method, 10_000)).isEqualTo(0);
  }

  @Test
  void aThousandPlainStepsAreUndoneUpToRoundOff() {
    StochasticMethod plain = StochasticMethod.reversibleHeun(false);
    assertThat(returnError(new ReferenceBackend(), plain, 1000)).isBetween(1e-17, 1e-13);
  }

  @ParameterizedTest
  @CsvSource({"0.99, 100, 1e-14", "0.9, 100, 1e-10"})
  void coupledStepsAreUndoneAsFarAsTheirAmplificationLets(
      double coupling, int steps, double bound) {
    StochasticMethod method = StochasticMethod.coupledHeun(coupling);
    assertThat(returnError(new ReferenceBackend(), method, steps)).isBetween(1e-17, bound);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 64})
  void bothFormsOfReversibleHeunAreOneMethod(int steps) {
    BrownianPaths paths = paths(steps);
    double[] plain =
        StochasticRun.end(StochasticMethod.reversibleHeun(false).on(FIELD), paths, 0.3, -0.2, 0.7);
    double[] exact =
        StochasticRun.end(StochasticMethod.reversibleHeun(true).on(FIELD), paths, 0.3, -0.2, 0.7);
    for (int i = 0; i < plain.length; i++) {
      assertThat(exact[i]).isCloseTo(plain[i], within(2e-7));
    }
  }

  @Test
  void theEstimateIsHalfTheChangeOfTheIncrement() {
    // μ = y, σ = 2: z₁ = 1 + h + 2W, so that the estimate is ½ h (h + 2W).
    StochasticField field =
        StochasticField.of(
            1,
            Noise.SCALAR,
            Calculus.STRATONOVICH,
            (t, y) -> y,
            (t, y) -> Value.constant(List.of(2.0)));
    double h = 0.25;
    double w = 0.375;
    for (boolean exact : new boolean[] {true, false}) {
      DrivenMethod driven = StochasticMethod.reversibleHeun(exact).on(field);
      Map<String, double[]> times = Map.of("t", new double[1], "h", new double[] {h});
      StepRun run = new StepRun(driven.method(), driven.field(), times, new double[] {1});
      double[] error =
          run.with("dW", new double[] {w})
              .get(driven.method().error(driven.field()).orElseThrow(), "error");
      assertThat(error[0]).isEqualTo(0.5 * h * (h + 2 * w));
    }
  }
}
