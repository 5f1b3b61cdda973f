package org.anabranch.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import org.anabranch.backend.Backend;
import org.anabranch.backend.reference.ReferenceBackend;
import org.anabranch.backend.simd.SimdBackend;
import org.anabranch.backend.simd.WorkingPrecision;
import org.anabranch.field.Field;
import org.anabranch.graph.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Fields, times and tolerances that no solve can be right on, or that break one that is careless.
 */
class HostileSolveTest {
  private static final Backend REFERENCE = new ReferenceBackend();
  private static final Backend SIMD = new SimdBackend(WorkingPrecision.FLOAT64);
  private static final Backend FLOAT32 = new SimdBackend();
  private static final AdaptiveSteps STEPS = AdaptiveSteps.of(1e-4, 1e-6).withLimit(2000);
  private static final Field DECAY = Field.of(1, (t, y) -> y.negated());

  /** Every method that chooses its steps. */
  static Stream<String> methods() {
    return Method.names().stream()
        .filter(name -> !name.contains("leapfrog") && !name.contains("symplectic"))
        .filter(name -> Method.named(name).error(DECAY).isPresent());
  }

  /** y = (x, k): x' = x cos 3t where k is 0, hostile where it is 1. */
  private static Field onSome(BinaryOperator<Value> hostile) {
    return Field.of(
        2,
        (t, y) -> {
          Value x = y.slice(0, 1);
          Value kind = y.slice(1, 1);
          Value friendly = x.times(t.times(3).cos());
          return Value.concatenate(
              List.of(kind.select(hostile.apply(t, x), friendly), kind.times(0)));
        });
  }

  /**
   * A batch over [0, 2] with one hostile sample; asserts that every other one is what it is without
   * it, to the bit and step.
   *
   * @return the hostile sample's report
   */
  private static SampleReport amongOthers(
      String method, int rows, BinaryOperator<Value> hostile, double start) {
    SampleReport report = null;
    for (Backend backend : List.of(REFERENCE, SIMD)) {
      double[][] times = new double[rows][];
      Arrays.fill(times, new double[] {0, 2});
      double[][] starts = new double[rows][];
      for (int row = 0; row < rows; row++) {
        starts[row] = new double[] {1 + 0.1 * row, 0};
      }
      int bad = rows / 3;
      Batch clean = Batch.solve(backend, method, onSome(hostile), STEPS, times, starts);
      starts[bad] = new double[] {start, 1};
      Batch batch = Batch.solve(backend, method, onSome(hostile), STEPS, times, starts);
      for (int row = 0; row < rows; row++) {
        if (row != bad) {
          assertThat(batch.ends().get(row)).isEqualTo(clean.ends().get(row));
          assertThat(batch.reports().get(row)).isEqualTo(clean.reports().get(row));
          assertThat(batch.reports().get(row).outcome()).isEqualTo(Outcome.COMPLETED);
        }
      }
      report = batch.reports().get(bad);
    }
    return Objects.requireNonNull(report);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void whatBlowsUpStopsBeforeItDoes(String method) {
    SampleReport report = amongOthers(method, 13, (t, x) -> x.square(), 2);
    // Methods of order 2 need more than 2000 steps to come so near.
    assertThat(report.outcome()).isIn(Outcome.STEP_TOO_SMALL, Outcome.STEP_LIMIT);
    assertThat(report.time()).isCloseTo(0.5, within(3e-3));
    assertThat(report.sentence())
        .containsPattern("at t = 0\\.(50|499)")
        .containsAnyOf("singularity", "method for stiff fields");
  }

  @ParameterizedTest
  @MethodSource("methods")
  void whatIsNoNumberIsToldWithItsTime(String method) {
    SampleReport never = amongOthers(method, 13, (t, x) -> x.times(0).minus(1).log(), 1);
    assertThat(never.outcome()).isEqualTo(Outcome.NOT_FINITE);
    assertThat(never.accepted()).isZero();
    assertThat(never.sentence()).contains("after t = 0.0").contains("bound the drift");
    SampleReport later =
        amongOthers(
            method, 13, (t, x) -> x.times(0).plus(t.negated().plus(0.5).log().times(0).plus(1)), 1);
    assertThat(later.outcome()).isEqualTo(Outcome.NOT_FINITE);
    // A method that looks at midpoints alone may step over the edge, by half a step.
    assertThat(later.time()).isCloseTo(0.5, within(0.03));
    SampleReport start = amongOthers(method, 13, (t, x) -> x, Double.NaN);
    assertThat(start.outcome()).isEqualTo(Outcome.NOT_FINITE);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void aStateThatOverflowsIsNotTaken(String method) {
    SampleReport report = amongOthers(method, 13, (t, x) -> x.times(0).plus(1.7e308), 1);
    assertThat(report.outcome()).isIn(Outcome.NOT_FINITE, Outcome.STEP_LIMIT);
    assertThat(report.time()).isLessThan(1.0575);
  }

  @Test
  void oneStiffSampleInAThousandCostsTheOthersNothing() {
    BinaryOperator<Value> stiff = (t, x) -> x.minus(t.cos()).times(-1e7);
    for (String method : List.of("bosh3", "dopri5", "tsit5", "dopri8")) {
      SampleReport report = amongOthers(method, 1000, stiff, 1);
      assertThat(report.outcome()).isEqualTo(Outcome.STEP_LIMIT);
      assertThat(report.sentence()).contains("method for stiff fields");
    }
    SampleReport report = amongOthers("rodas4", 1000, stiff, 1);
    assertThat(report.outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(report.accepted()).isLessThan(30);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void aJumpOfTheFieldIsSteppedOver(String method) {
    Field jump = Field.of(1, (t, y) -> y.times(0).plus(t.greaterThan(Value.constant(0.5))));
    Batch batch = Batch.solve(REFERENCE, method, jump, STEPS, new double[] {0, 2}, 1);
    if (method.equals("alf")) {
      // Undamped, its velocity swings about the new slope for ever, by the height of the jump.
      assertThat(batch.report().outcome()).isEqualTo(Outcome.STEP_LIMIT);
      return;
    }
    assertThat(batch.report().outcome()).isEqualTo(Outcome.COMPLETED);
    // The step across sees the jump at its stages alone: 40 tolerances at most were measured.
    assertThat(batch.end(0, 0)).isCloseTo(2.5, within(1e-2));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void whatDoesNotChangeIsLeftAlone(String method) {
    Field zero = Field.of(1, (t, y) -> y.times(0));
    Field constant = Field.of(1, (t, y) -> y.times(0).plus(3));
    for (Backend backend : List.of(REFERENCE, FLOAT32)) {
      for (AdaptiveSteps steps : List.of(STEPS, AdaptiveSteps.of(1e-4, 0))) {
        for (double start : new double[] {0, 1.5}) {
          Batch batch = Batch.solve(backend, method, zero, steps, new double[] {0, 1e12}, start);
          assertThat(batch.report().outcome()).isEqualTo(Outcome.COMPLETED);
          assertThat(batch.report().accepted()).isLessThan(25);
          assertThat(batch.end(0, 0)).isEqualTo(start);
        }
      }
      Batch batch = Batch.solve(backend, method, constant, STEPS, new double[] {0, 2}, 1);
      assertThat(batch.report().accepted()).isLessThan(10);
      assertThat(batch.end(0, 0)).isCloseTo(7, within(1e-5));
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  void aToleranceBelowRoundingIsSaidToBeSo(String method) {
    for (double absolute : new double[] {0, 1e-12}) {
      AdaptiveSteps fine = AdaptiveSteps.of(1e-12, absolute);
      Batch batch = Batch.solve(FLOAT32, method, DECAY, fine, new double[] {0, 1}, 1);
      assertThat(batch.report().outcome()).isEqualTo(Outcome.STEP_TOO_SMALL);
      assertThat(batch.report().sentence())
          .contains("at t = 0.0")
          .contains("times the tolerance")
          .contains("solve in float64");
    }
    AdaptiveSteps finer = AdaptiveSteps.of(1e-17, 0);
    Batch batch = Batch.solve(REFERENCE, method, DECAY, finer, new double[] {0, 1}, 1);
    assertThat(batch.report().outcome()).isEqualTo(Outcome.STEP_TOO_SMALL);
    // Not where the absolute tolerance is above rounding.
    Batch absolute =
        Batch.solve(FLOAT32, method, DECAY, AdaptiveSteps.of(0, 1e-4), new double[] {0, 1}, 1);
    assertThat(absolute.report().outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(absolute.end(0, 0)).isCloseTo(Math.exp(-1), within(1e-3));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void statesBelowNormalNumbersAreSolved(String method) {
    boolean onGrid = method.equals("alf");
    AdaptiveSteps relative = AdaptiveSteps.of(1e-4, 0);
    Batch wide = Batch.solve(REFERENCE, method, DECAY, relative, new double[] {0, 1}, 1e-310);
    assertThat(wide.report().outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(wide.end(0, 0)).isCloseTo(onGrid ? 0 : 1e-310 * Math.exp(-1), within(1e-313));
    Batch narrow = Batch.solve(FLOAT32, method, DECAY, relative, new double[] {0, 1}, 1e-40);
    assertThat(narrow.report().outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(narrow.end(0, 0)).isCloseTo(onGrid ? 0 : 1e-40 * Math.exp(-1), within(1e-43));
  }
}
