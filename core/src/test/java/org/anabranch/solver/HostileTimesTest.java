package org.anabranch.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.reference.ReferenceBackend;
import org.anabranch.backend.simd.SimdBackend;
import org.anabranch.field.Field;
import org.anabranch.graph.ParameterLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Times that no solve should stumble over: huge, coinciding, a rounding apart, a million. */
class HostileTimesTest {
  private static final Backend REFERENCE = new ReferenceBackend();
  private static final Backend FLOAT32 = new SimdBackend();
  private static final AdaptiveSteps STEPS = AdaptiveSteps.of(1e-4, 1e-6).withLimit(2000);
  private static final Field DECAY = Field.of(1, (t, y) -> y.negated());

  static Stream<String> methods() {
    return HostileSolveTest.methods();
  }

  @ParameterizedTest
  @MethodSource("methods")
  void timeNeedNotBeNearZero(String method) {
    // Times of 1e15 are eighths: the steps that can be taken are few, and no step is skipped.
    Batch far = Batch.solve(REFERENCE, method, DECAY, STEPS, new double[] {1e15, 1e15 + 1}, 1);
    if (far.report().outcome() == Outcome.COMPLETED) {
      assertThat(far.end(0, 0)).isCloseTo(Math.exp(-1), within(2e-3));
    } else {
      assertThat(far.report().outcome()).isEqualTo(Outcome.STEP_TOO_SMALL);
      assertThat(far.report().sentence())
          .contains("at t = 1.0E15")
          .contains("fell to 0.125")
          .contains("count time from nearer to 0");
    }
    boolean ofOrder2 = method.matches("(coupled-)?(midpoint|heun|ralston)|alf");
    assertThat(far.report().outcome() == Outcome.COMPLETED).isEqualTo(!ofOrder2);
  }

  @Test
  void aFastStartOfALongSolveIsFollowed() {
    // y = log(1 + 10⁸ t): the first steps are 10²³ times smaller than the last.
    Field fast = Field.of(1, (t, y) -> y.times(0).plus(t.plus(1e-8).reciprocal()));
    for (String method : List.of("bosh3", "dopri5", "tsit5", "dopri8", "rodas4")) {
      Batch batch = Batch.solve(REFERENCE, method, fast, STEPS, new double[] {0, 1e15}, 0);
      assertThat(batch.report().outcome()).isEqualTo(Outcome.COMPLETED);
      assertThat(batch.end(0, 0)).isCloseTo(23 * Math.log(10), within(0.05));
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  void pointsARoundingApartAreLandedOn(String method) {
    double a = 0.5;
    double b = Math.nextUp(a);
    double c = Math.nextUp(b);
    double[][] times = {{0, a, b, c, 1}, {1, c, b, a, 0}, {b, c}, {c, a}};
    double[][] starts = {{1}, {1}, {1}, {1}};
    for (Backend backend : List.of(REFERENCE, FLOAT32)) {
      Batch batch = Batch.solve(backend, method, DECAY, STEPS, times, starts);
      for (SampleReport report : batch.reports()) {
        assertThat(report.outcome()).isEqualTo(Outcome.COMPLETED);
      }
      assertThat(batch.end(0, 0)).isCloseTo(Math.exp(-1), within(2e-4));
      assertThat(batch.end(1, 0)).isCloseTo(Math.exp(1), within(2e-3));
      assertThat(batch.end(2, 0)).isCloseTo(1, within(1e-6));
      assertThat(batch.reports().get(2).accepted()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  void outputsMayCoincideAndLieARoundingApart(String method) {
    if (Method.named(method).interpolant(DECAY).isEmpty()) {
      return;
    }
    double[] times = {1, 0.5, 0.5, Math.nextDown(0.5), Math.nextUp(0.5), 0, 0, 1};
    for (double[] span : new double[][] {{0, 1}, {1, 0}}) {
      AdaptiveSolve solve =
          new AdaptiveSolve(
              REFERENCE,
              Method.named(method),
              DECAY,
              Map.of(),
              REFERENCE.parameters(new ParameterLayout(List.of())),
              STEPS,
              1);
      solve.initialValue().set(new double[] {1});
      List<Integer> places = new ArrayList<>();
      double[] values = new double[times.length];
      solve.run(
          Spans.own(new double[][] {span}),
          new double[][] {times},
          new AdaptiveSolve.Observer() {
            @Override
            public void output(int sample, int place, Buffer solution, int slot) {
              places.add(place);
              solution.getRow(slot, values, place);
            }
          });
      assertThat(places).hasSize(times.length).doesNotHaveDuplicates();
      for (int i = 0; i < times.length; i++) {
        assertThat(values[i]).isCloseTo(Math.exp(span[0] - times[i]), within(2e-3));
      }
      assertThat(values[1]).isEqualTo(values[2]);
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  void aSolveWithoutLengthTakesNoStep(String method) {
    for (double time : new double[] {0, -3, 1e15, Double.MIN_VALUE}) {
      Batch batch = Batch.solve(REFERENCE, method, DECAY, STEPS, new double[] {time, time}, 1.5);
      assertThat(batch.report().outcome()).isEqualTo(Outcome.COMPLETED);
      assertThat(batch.report().accepted() + batch.report().rejected()).isZero();
      assertThat(batch.end(0, 0)).isEqualTo(1.5);
    }
    Batch tiny =
        Batch.solve(REFERENCE, method, DECAY, STEPS, new double[] {0, Double.MIN_VALUE}, 1.5);
    assertThat(tiny.report().accepted()).isEqualTo(1);
    assertThat(tiny.end(0, 0)).isEqualTo(1.5);
  }

  @Test
  void aMillionStepsAreTaken() {
    Solution fixed =
        new DifferentialEquation(DECAY)
            .solve(new TimeGrid(0, 1, 1_000_000), Method.rk4(), new double[][] {{1}});
    assertThat(fixed.value(0, 0)).isCloseTo(Math.exp(-1), within(1e-13));
    AdaptiveSteps small = AdaptiveSteps.of(1e-6, 1e-6).withSizes(0, 1e-6).withLimit(2_000_000);
    Batch adaptive = Batch.solve(REFERENCE, "bosh3", DECAY, small, new double[] {0, 1}, 1);
    assertThat(adaptive.report().accepted()).isBetween(1_000_000, 1_000_002);
    assertThat(adaptive.end(0, 0)).isCloseTo(Math.exp(-1), within(1e-12));
  }

  @Test
  void aSpanTooLongForItsNumbersIsRefused() {
    assertThatThrownBy(() -> Spans.same(1, -1.7e308, 1.7e308))
        .hasMessageContaining("from -1.7E308 to 1.7E308")
        .hasMessageContaining("Scale time down");
  }
}
