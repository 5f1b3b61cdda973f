package org.anabranch.solver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Parameters;
import org.anabranch.backend.reference.ReferenceBackend;
import org.anabranch.backend.simd.SimdBackend;
import org.anabranch.field.Field;
import org.anabranch.graph.ParameterLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultSearchTest {
  private static final TimeGrid GRID = new TimeGrid(0, 1, 10);
  private static final AdaptiveSpan SPAN = new AdaptiveSpan(0, 1, AdaptiveSteps.of(1e-4, 1e-6));

  /** y' = 1 + log(0.45 − t), which is no number from t = 0.45 on. */
  private static final Field ENDS_AT_045 =
      Field.of(2, (t, y) -> y.times(0).plus(t.negated().plus(0.45).log()).plus(1));

  /** y' = exp(y): over in float32 once y is above 88.7. */
  private static final Field EXPLODES = Field.of(1, (t, y) -> y.exp());

  private static Optional<Fault> search(
      Backend backend, Method method, Field field, Stepping stepping, double... start) {
    Parameters none = backend.parameters(new ParameterLayout(List.of()));
    return new FaultSearch(backend, method, field, Map.of(), none, stepping).search(start);
  }

  @ParameterizedTest
  @ValueSource(strings = {"euler", "rk4", "alf", "dopri5", "coupled-heun"})
  void theStepAndTheOperationAreNamed(String method) {
    for (Backend backend : List.of(new ReferenceBackend(), new SimdBackend())) {
      Fault fault = search(backend, Method.named(method), ENDS_AT_045, GRID, 1, 2).orElseThrow();
      int step = method.equals("euler") ? 5 : 4; // the others look ahead of the step's start
      assertThat(fault.step()).isEqualTo(step);
      assertThat(fault.time()).isEqualTo(GRID.time(step));
      assertThat(fault.operation()).startsWith("LOG(");
      assertThat(fault.largestOperand()).isBetween(0.0, 0.051);
      assertThat(fault.sentence())
          .contains("in step %d, from t = %s by 0.1".formatted(step + 1, GRID.time(step)))
          .contains("first at LOG(");
    }
  }

  /** Float64 bears exp(100), float32 does not. */
  @Test
  void theFaultIsThatOfTheWorkingPrecision() {
    Method euler = Method.named("euler");
    assertThat(search(new ReferenceBackend(), euler, EXPLODES, new TimeGrid(0, 1e-50, 1), 100))
        .isEmpty();
    Fault fault =
        search(new SimdBackend(), euler, EXPLODES, new TimeGrid(0, 1e-50, 1), 100).orElseThrow();
    assertThat(fault.step()).isZero();
    assertThat(fault.operation()).isEqualTo("EXP('y')");
    assertThat(fault.largestOperand()).isEqualTo(100);
  }

  @Test
  void whatFailsBeforeTheFirstStepIsFound() {
    Fault fault = search(new SimdBackend(), Method.alf(0.9), EXPLODES, GRID, 100).orElseThrow();
    assertThat(fault.step()).isEqualTo(-1);
    assertThat(fault.sentence()).contains("before the first step: first at EXP(");
  }

  @Test
  void adaptiveStepsAreFollowedToTheirLast() {
    Fault fault =
        search(new SimdBackend(), Method.named("dopri5"), ENDS_AT_045, SPAN, 1, 2).orElseThrow();
    assertThat(fault.time()).isBetween(0.44, 0.45);
    assertThat(fault.operation()).startsWith("LOG(");
  }

  @Test
  void adaptiveStepsBackInTimeAreTriedBack() {
    Field from045 = Field.of(1, (t, y) -> y.times(0).plus(t.plus(-0.45).log()).plus(1));
    AdaptiveSpan back = new AdaptiveSpan(1, 0, AdaptiveSteps.of(1e-4, 1e-6));
    Fault fault = search(new SimdBackend(), Method.named("dopri5"), from045, back, 1).orElseThrow();
    assertThat(fault.time()).isBetween(0.45, 0.46);
    assertThat(fault.size()).isNegative();
    assertThat(fault.operation()).startsWith("LOG(");
  }

  @Test
  void aSoundSolveHasNone() {
    assertThat(search(new SimdBackend(), Method.rk4(), ENDS_AT_045, new TimeGrid(0, 0.4, 8), 1, 2))
        .isEmpty();
    assertThat(search(new SimdBackend(), Method.named("tsit5"), EXPLODES, SPAN, -3)).isEmpty();
  }
}
