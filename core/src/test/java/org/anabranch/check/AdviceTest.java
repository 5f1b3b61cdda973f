package org.anabranch.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.anabranch.backend.simd.SimdBackend;
import org.anabranch.backend.simd.WorkingPrecision;
import org.anabranch.field.Field;
import org.anabranch.gradient.GradientMode;
import org.anabranch.solver.Method;
import org.anabranch.solver.Tableau;
import org.anabranch.solver.TimeGrid;
import org.junit.jupiter.api.Test;

class AdviceTest {
  private static final Reference REFERENCE = new Reference("dopri8", "");
  private static final int FEW = 8;
  private static final int MANY = 4000;

  private static WorkRow row(Method method, int steps, String note) {
    double error = note.isEmpty() ? 1e-3 : Double.NaN;
    return new WorkRow(method, new TimeGrid(0, 1, steps), true, error, 9, steps, 1, note);
  }

  private static Advice advice(WorkRow row) {
    Field field = Field.of(4, (t, y) -> y);
    return Advice.of(List.of(row), REFERENCE, new StateMemory(field, 32, true));
  }

  private static Advice advice(Method method, int steps) {
    return advice(row(method, steps, ""));
  }

  @Test
  void whatIsUndoneToTheBitIsReversible() {
    assertThat(advice(Method.alf(), MANY).gradient()).isEqualTo("reversible");
    Method coupled = Method.reversible(Tableau.named("heun"), 1);
    assertThat(advice(coupled, MANY).gradient()).isEqualTo("reversible");
    assertThat(advice(coupled, MANY).reason().get(1)).contains("undone to the last bit", "stable");
  }

  @Test
  void whatIsUndoneButForRoundOffIsNot() {
    for (Method method :
        List.of(
            Method.alf(0.9),
            Method.alf(1),
            Method.named("coupled-heun"),
            Method.reversibleAtRate(Tableau.named("heun"), 20))) {
      assertThat(advice(method, FEW).gradient()).as("%s", method).isEqualTo("direct");
      Advice many = advice(method, MANY);
      assertThat(many.gradient()).as("%s", method).isEqualTo("checkpointed");
      assertThat(many.reason().get(1))
          .contains("restores states to 1e-6 and not to the last bit")
          .contains("gradient = reversible takes that for less memory");
    }
  }

  @Test
  void theReversibleModeIsNotOfferedWhereItWouldRefuse() {
    assertThat(advice(Method.alf(0.51), MANY).reason().get(1))
        .contains("undoing a single step of alf multiplies round-off beyond 1e-6")
        .doesNotContain("gradient = reversible");
  }

  @Test
  void anUnstableMethodIsNotToldToRestoreItsStates() {
    Advice advice = advice(row(Method.alf(), MANY, "unstable"));
    assertThat(advice.gradient()).isEqualTo("checkpointed");
    assertThat(advice.reason().get(1)).contains("alf does not follow the field here");
  }

  /** 32 samples of 4 numbers: 200 steps are 100 KiB in float32, 400 KiB twice in float64. */
  @Test
  void theStatesOfCoupledMethodsAreTwoInDoublePrecision() {
    assertThat(advice(Method.rk4(), 200).gradient()).isEqualTo("direct");
    assertThat(advice(Method.named("coupled-rk4"), 100).gradient()).isEqualTo("direct");
    assertThat(advice(Method.named("coupled-rk4"), 200).gradient()).isEqualTo("checkpointed");
  }

  @Test
  void theTableHasTheConfiguredDampingAndTheUndampedMethod() {
    Method damped = Method.alf(0.9);
    Certificate certificate =
        new ModelCheck(
                CheckedModels.pipeline(
                    damped, new TimeGrid(0, 1, 8), GradientMode.automatic(), h -> h.tanh(), null),
                new SimdBackend(WorkingPrecision.FLOAT64),
                false,
                32)
            .at(CheckedModels.theta(), CheckedModels.block(), 0);
    assertThat(certificate.passes()).isTrue();
    assertThat(slope(certificate, damped)).isBetween(0.8, 1.2);
    assertThat(slope(certificate, Method.alf())).isBetween(1.8, 2.2);
    assertThat(certificate.keepsMethod())
        .isEqualTo(certificate.advice().row().method().equals(damped));
  }

  /** Undamped it is of order 2, damped of order 1. */
  private static double slope(Certificate certificate, Method method) {
    double[] errors =
        certificate.work().stream()
            .filter(row -> row.method().equals(method) && row.stepping() instanceof TimeGrid)
            .filter(row -> row.steps() == 16 || row.steps() == 32)
            .mapToDouble(WorkRow::error)
            .toArray();
    assertThat(errors).hasSize(2);
    return Math.log(errors[0] / errors[1]) / Math.log(2);
  }
}
