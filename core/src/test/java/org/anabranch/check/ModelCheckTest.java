package org.anabranch.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.anabranch.backend.Backend;
import org.anabranch.backend.reference.ReferenceBackend;
import org.anabranch.backend.simd.SimdBackend;
import org.anabranch.backend.simd.WorkingPrecision;
import org.anabranch.check.OperationFinding.Verdict;
import org.anabranch.gradient.GradientMode;
import org.anabranch.solver.AdaptiveSpan;
import org.anabranch.solver.AdaptiveSteps;
import org.anabranch.solver.Stepping;
import org.anabranch.solver.TimeGrid;
import org.anabranch.train.Pipeline;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelCheckTest {
  private static final Stepping EQUAL = new TimeGrid(0, 1, 8);

  private static Stepping adaptive(double tolerance) {
    return new AdaptiveSpan(0, 1, AdaptiveSteps.of(tolerance, tolerance));
  }

  private static Certificate check(Pipeline pipeline, Backend backend, boolean single) {
    return new ModelCheck(pipeline, backend, single, 32)
        .at(CheckedModels.theta(), CheckedModels.block(), 0);
  }

  @ParameterizedTest
  @CsvSource({
    "alf, false, automatic, float32",
    "rk4, false, direct, float64",
    "tsit5, true, checkpointed, float32",
    "alf, true, reversible, float64",
    "dopri5, true, backsolve, float32",
    "coupled-rk4, false, reversible, float64"
  })
  void aRightModelPasses(String method, boolean steps, String mode, String precision) {
    GradientMode chosen =
        switch (mode) {
          case "automatic" -> GradientMode.automatic();
          case "direct" -> GradientMode.direct();
          case "reversible" -> GradientMode.reversible();
          case "backsolve" -> GradientMode.backsolve();
          default -> GradientMode.checkpointed();
        };
    Pipeline pipeline = CheckedModels.pipeline(method, steps ? adaptive(1e-5) : EQUAL, chosen);
    boolean single = precision.equals("float32");
    Backend backend = single ? new SimdBackend() : new SimdBackend(WorkingPrecision.FLOAT64);
    Certificate certificate = check(pipeline, backend, single);
    assertThat(certificate.suspects()).isEmpty();
    assertThat(certificate.blocks()).hasSize(8).allMatch(BlockFigures::passes);
    assertThat(certificate.passes()).isTrue();
    assertThat(certificate.slopeRoute())
        .isEqualTo(steps ? "forward sensitivities" : "finite differences");
  }

  @Test
  void slopesAreSharpEnoughToTellAThousandth() {
    Pipeline pipeline = CheckedModels.pipeline("rk4", EQUAL, GradientMode.direct());
    assertThat(check(pipeline, new ReferenceBackend(), false).blocks())
        .allMatch(block -> block.ofSlope() < 1e-8);
    Pipeline grid = CheckedModels.pipeline("alf", EQUAL, GradientMode.automatic());
    assertThat(check(grid, new ReferenceBackend(), false).blocks())
        .allMatch(block -> block.ofSlope() < 1e-5);
    Pipeline chosen = CheckedModels.pipeline("dopri5", adaptive(1e-3), GradientMode.direct());
    assertThat(check(chosen, new ReferenceBackend(), false).blocks())
        .allMatch(block -> block.ofSlope() < 1e-12);
  }

  @Test
  void aWrongProductOfAStageIsNamed() {
    Pipeline right =
        CheckedModels.pipeline(
            "rk4", EQUAL, GradientMode.direct(), h -> h.tanh(), CheckedModels.tanhStage(1));
    assertThat(check(right, new SimdBackend(), true).passes()).isTrue();
    Pipeline wrong =
        CheckedModels.pipeline(
            "rk4", EQUAL, GradientMode.direct(), h -> h.tanh(), CheckedModels.tanhStage(0.9));
    Certificate certificate = check(wrong, new SimdBackend(), true);
    assertThat(certificate.passes()).isFalse();
    assertThat(certificate.suspects().get(0).sentence())
        .contains("the stage after the solve", "plain-tanh", "sample[4]", "relative error");
    assertThat(CheckedModels.failing(certificate))
        .hasSize(6)
        .noneMatch(parameter -> parameter.startsWith("head"));
  }

  @Test
  void aKernelThatIsOffIsNamedWithItsOperands() {
    Pipeline pipeline = CheckedModels.pipeline("rk4", EQUAL, GradientMode.direct());
    Certificate certificate = check(pipeline, new CrookedBackend(), false);
    assertThat(certificate.passes()).isFalse();
    List<OperationFinding> wrong =
        certificate.operations().stream().filter(f -> f.verdict() == Verdict.WRONG).toList();
    assertThat(wrong)
        .hasSize(2)
        .allSatisfy(
            finding -> {
              assertThat(finding.operation()).startsWith("TANH(ADD(");
              assertThat(finding.place()).startsWith("field");
              assertThat(finding.operands()).containsExactly("sample[5]");
              assertThat(finding.error()).isBetween(1e-3, 1.0);
            });
  }

  @Test
  void whatIsHeldConstantIsSaidToBeSo() {
    Pipeline pipeline =
        CheckedModels.pipeline(
            "rk4",
            EQUAL,
            GradientMode.direct(),
            hidden -> hidden.tanh().plus(hidden.detached().times(0.5)),
            null);
    Certificate certificate = check(pipeline, new SimdBackend(), true);
    assertThat(certificate.suspects())
        .allMatch(finding -> finding.verdict() == Verdict.HELD)
        .anySatisfy(
            finding -> assertThat(finding.sentence()).contains("DETACH(", "holds its operand"));
    assertThat(certificate.passes()).isFalse();
  }

  @Test
  void theAdviceIsTheCheapestRowThatIsAsGood() {
    Pipeline pipeline = CheckedModels.pipeline("bosh3", EQUAL, GradientMode.direct());
    Certificate certificate = check(pipeline, new SimdBackend(WorkingPrecision.FLOAT64), false);
    WorkRow configured = certificate.work().get(0);
    assertThat(configured.configured()).isTrue();
    assertThat(configured.evaluations()).isEqualTo(25);
    WorkRow advised = certificate.advice().row();
    assertThat(advised.error()).isLessThanOrEqualTo(configured.error());
    assertThat(advised.evaluations()).isLessThan(20);
    assertThat(
            certificate.work().stream()
                .filter(row -> row.error() <= configured.error())
                .mapToDouble(WorkRow::evaluations)
                .min())
        .hasValue(advised.evaluations());
    assertThat(certificate.advice().reason()).hasSize(2);
  }

  @Test
  void errorsOfTheTableFallWithTheOrder() {
    Pipeline pipeline = CheckedModels.pipeline("rk4", EQUAL, GradientMode.direct());
    Certificate certificate = check(pipeline, new SimdBackend(WorkingPrecision.FLOAT64), false);
    assertThat(slope(certificate, "euler")).isBetween(0.8, 1.2);
    assertThat(slope(certificate, "midpoint")).isBetween(1.8, 2.3);
    assertThat(slope(certificate, "rk4")).isBetween(3.6, 4.4);
  }

  private static double slope(Certificate certificate, String method) {
    double[] errors = new double[2];
    for (WorkRow row : certificate.work()) {
      if (row.name().equals(method) && row.stepping() instanceof TimeGrid grid) {
        if (grid.steps() == 16) {
          errors[0] = row.error();
        } else if (grid.steps() == 32) {
          errors[1] = row.error();
        }
      }
    }
    return Math.log(errors[0] / errors[1]) / Math.log(2);
  }

  @Test
  void aSampleThatCannotBeSolvedIsAMistakeWithARemedy() {
    Pipeline pipeline =
        CheckedModels.pipeline(
            "rk4", EQUAL, GradientMode.direct(), hidden -> hidden.times(1e200).exp(), null);
    assertThatThrownBy(() -> check(pipeline, new SimdBackend(), true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cannot be solved as configured")
        .hasMessageContaining("bound the drift");
  }
}
