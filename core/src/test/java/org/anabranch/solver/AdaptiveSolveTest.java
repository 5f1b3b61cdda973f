package org.anabranch.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.reference.ReferenceBackend;
import org.anabranch.backend.simd.SimdBackend;
import org.anabranch.backend.simd.WorkingPrecision;
import org.anabranch.field.Field;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.graph.Value;
import org.junit.jupiter.api.Test;

class AdaptiveSolveTest {
  private static final Backend REFERENCE = new ReferenceBackend();
  private static final Backend SIMD = new SimdBackend(WorkingPrecision.FLOAT64);
  private static final Method METHOD = Method.named("bosh3");

  /** y'' = −ω²y with a frequency for each sample in the third component. */
  private static final Field OSCILLATORS =
      Field.of(
          3,
          (t, y) -> {
            Value position = y.slice(0, 1);
            Value velocity = y.slice(1, 1);
            Value frequency = y.slice(2, 1);
            return Value.concatenate(
                List.of(
                    velocity, position.times(frequency.square()).negated(), frequency.times(0)));
          });

  private static AdaptiveSolve solve(
      Backend backend, Field field, AdaptiveSteps steps, Spans spans, double[] start) {
    AdaptiveSolve solve =
        new AdaptiveSolve(
            backend,
            METHOD,
            field,
            Map.of(),
            backend.parameters(new ParameterLayout(List.of())),
            steps,
            spans.rows());
    solve.initialValue().set(start);
    solve.run(spans, new AdaptiveSolve.Observer() {});
    return solve;
  }

  private static double[] end(AdaptiveSolve solve, int count) {
    double[] end = new double[count];
    solve.solution().get(end);
    return end;
  }

  private static Field scalar(BinaryOperator<Value> formula) {
    return Field.of(1, formula);
  }

  private static double[] oscillators(int rows) {
    double[] start = new double[3 * rows];
    for (int row = 0; row < rows; row++) {
      start[3 * row] = 1;
      start[3 * row + 2] = 0.5 + 3.0 * row;
    }
    return start;
  }

  @Test
  void theErrorFollowsTheTolerance() {
    double[] errors = new double[3];
    for (int i = 0; i < 3; i++) {
      double tolerance = Math.pow(10, -4 - 2 * i);
      AdaptiveSolve solve =
          solve(
              REFERENCE,
              scalar((t, y) -> y.times(t.cos())),
              AdaptiveSteps.of(tolerance, tolerance),
              Spans.same(1, 0, 4),
              new double[] {1});
      errors[i] = Math.abs(end(solve, 1)[0] - Math.exp(Math.sin(4)));
    }
    assertThat(errors[0]).isLessThan(1e-3);
    assertThat(errors[1]).isLessThan(1e-5).isLessThan(errors[0] / 20);
    assertThat(errors[2]).isLessThan(1e-7).isLessThan(errors[1] / 20);
  }

  /** y' = √(1 − y), which is no number beyond 1, from 0.99 and from −40. */
  @Test
  void stepsOfOneSizeAreTakenWhateverTheErrorAndStopAtNoNumber() {
    for (Backend backend : List.of(REFERENCE, SIMD, new SimdBackend())) {
      AdaptiveSolve solve =
          solve(
              backend,
              scalar((t, y) -> y.negated().plus(1).sqrt()),
              AdaptiveSteps.equal(0.25),
              Spans.same(2, 0, 2),
              new double[] {0.99, -40});
      assertThat(solve.stepping(0)).isEqualTo(Outcome.NOT_FINITE);
      assertThat(solve.stepping(1)).isEqualTo(Outcome.COMPLETED);
      SampleReport report = solve.reports().get(1);
      assertThat(report.accepted()).isEqualTo(8);
      assertThat(report.rejected()).isZero();
      assertThat(report.smallestStep()).isEqualTo(0.25);
    }
  }

  @Test
  void aSampleTakesTheStepsAndGetsTheBitsThatItWouldAlone() {
    for (Backend backend : List.of(REFERENCE, SIMD, new SimdBackend())) {
      int rows = 37;
      double[] start = oscillators(rows);
      AdaptiveSteps steps = AdaptiveSteps.of(1e-5, 1e-7);
      AdaptiveSolve together = solve(backend, OSCILLATORS, steps, Spans.same(rows, 0, 2), start);
      double[] all = end(together, 3 * rows);
      for (int row : new int[] {0, 1, 17, 36}) {
        double[] own = Arrays.copyOfRange(start, 3 * row, 3 * row + 3);
        AdaptiveSolve alone = solve(backend, OSCILLATORS, steps, Spans.same(1, 0, 2), own);
        assertThat(end(alone, 3)).containsExactly(Arrays.copyOfRange(all, 3 * row, 3 * row + 3));
        assertThat(alone.times().steps(0)).isEqualTo(together.times().steps(row));
        assertThat(alone.reports().get(0)).isEqualTo(together.reports().get(row));
      }
      assertThat(together.times().steps(36)).isGreaterThan(10 * together.times().steps(0));
    }
  }

  @Test
  void vectorKernelsTakeTheStepsOfTheReference() {
    double[] start = oscillators(9);
    AdaptiveSteps steps = AdaptiveSteps.of(1e-6, 1e-8);
    AdaptiveSolve expected = solve(REFERENCE, OSCILLATORS, steps, Spans.same(9, 0, 2), start);
    AdaptiveSolve actual = solve(SIMD, OSCILLATORS, steps, Spans.same(9, 0, 2), start);
    for (int row = 0; row < 9; row++) {
      assertThat(actual.times().steps(row)).isEqualTo(expected.times().steps(row));
    }
    double[] numbers = end(actual, 27);
    double[] reference = end(expected, 27);
    for (int i = 0; i < 27; i++) {
      assertThat(numbers[i]).isCloseTo(reference[i], within(1e-11));
    }
  }

  @Test
  void stepsLandOnPointsExactly() {
    Spans spans = Spans.own(new double[][] {{0, 0.3, 0.7, 1}, {1, 0.5, -1}, {2, 2}});
    Field growth = scalar((t, y) -> y.times(t));
    AdaptiveSteps steps = AdaptiveSteps.of(1e-8, 1e-10);
    AdaptiveSolve solve =
        new AdaptiveSolve(
            REFERENCE,
            METHOD,
            growth,
            Map.of(),
            REFERENCE.parameters(new ParameterLayout(List.of())),
            steps,
            3);
    solve.initialValue().set(new double[] {1, 1, 7});
    double[][] seen = new double[3][4];
    solve.run(
        spans,
        new AdaptiveSolve.Observer() {
          @Override
          public void landed(int sample, int point, Buffer solution, int slot) {
            solution.getRow(slot, seen[sample], point);
          }
        });
    for (double time : new double[] {0.3, 0.7, 1}) {
      int point = time == 1 ? 3 : time == 0.3 ? 1 : 2;
      assertThat(seen[0][point]).isCloseTo(Math.exp(time * time / 2), within(1e-7));
      assertThat(times(solve, 0)).contains(time);
    }
    assertThat(seen[1][1]).isCloseTo(Math.exp((0.25 - 1) / 2), within(1e-7));
    assertThat(seen[1][2]).isCloseTo(1, within(1e-7));
    assertThat(times(solve, 1)).contains(0.5).endsWith(-1);
    assertThat(end(solve, 3)[2]).isEqualTo(7);
    assertThat(solve.times().steps(2)).isZero();
  }

  private static double[] times(AdaptiveSolve solve, int row) {
    double[] times = new double[solve.times().steps(row) + 1];
    for (int i = 0; i < times.length; i++) {
      times[i] = solve.times().time(row, i);
    }
    return times;
  }

  @Test
  void whatFailsSaysWhyAndLeavesTheOthersAlone() {
    // y' = y²: 1 blows up at t = 1; −1 does not. log y has no value below 0.
    Field square = scalar((t, y) -> y.square());
    AdaptiveSteps steps = AdaptiveSteps.of(1e-6, 1e-9);
    AdaptiveSolve blowUp =
        solve(REFERENCE, square, steps, Spans.same(2, 0, 2), new double[] {1, -1});
    assertThat(blowUp.stepping(0)).isEqualTo(Outcome.STEP_TOO_SMALL);
    assertThat(blowUp.reports().get(0).time()).isCloseTo(1, within(1e-3));
    assertThat(blowUp.reports().get(0).sentence())
        .contains("at t = 1.0000")
        .contains("singularity");
    assertThat(blowUp.stepping(1)).isEqualTo(Outcome.COMPLETED);
    assertThat(end(blowUp, 2)[1]).isCloseTo(-1.0 / 3, within(1e-6));

    Field logarithm = scalar((t, y) -> y.log().times(0).plus(y.times(-1)).minus(1));
    AdaptiveSolve notFinite =
        solve(REFERENCE, logarithm, steps, Spans.same(2, 0, 1), new double[] {1, 5});
    assertThat(notFinite.stepping(0)).isEqualTo(Outcome.NOT_FINITE);
    assertThat(notFinite.reports().get(0).time()).isCloseTo(Math.log(2), within(1e-6));
    assertThat(notFinite.stepping(1)).isEqualTo(Outcome.COMPLETED);

    AdaptiveSolve limited =
        solve(REFERENCE, square, steps.withLimit(10), Spans.same(1, 0, 0.99), new double[] {1});
    assertThat(limited.stepping(0)).isEqualTo(Outcome.STEP_LIMIT);
    assertThat(limited.reports().get(0).sentence()).contains("limit of steps");
  }

  @Test
  void aMethodWithoutAnEstimateIsRefused() {
    assertThatThrownBy(
            () ->
                new AdaptiveSolve(
                    REFERENCE,
                    Method.rk4(),
                    OSCILLATORS,
                    Map.of(),
                    REFERENCE.parameters(new ParameterLayout(List.of())),
                    AdaptiveSteps.of(1e-3, 1e-6),
                    1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'rk4' has no error estimate")
        .hasMessageContaining("dopri5");
  }

  @Test
  void timesOutOfOrderAreRefused() {
    assertThatThrownBy(() -> Spans.same(2, 0, 1, 0.5)).hasMessageContaining("from 1.0 over 0.5");
    assertThatThrownBy(() -> Spans.same(2, 0, Double.NaN)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> Spans.own(new double[][] {{0, 1}, {3}}))
        .hasMessageContaining("sample 1 has 1 times");
  }
}
