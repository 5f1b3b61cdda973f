package org.anabranch.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.anabranch.backend.simd.SimdBackend;
import org.anabranch.backend.simd.WorkingPrecision;
import org.anabranch.gradient.GradientMode;
import org.anabranch.solver.AdaptiveSpan;
import org.anabranch.solver.AdaptiveSteps;
import org.anabranch.solver.Stepping;
import org.anabranch.train.OpaqueStage;
import org.anabranch.train.Pipeline;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Adaptive steps and stages without rules of derivatives. */
class OpaqueSlopeTest {
  private static Stepping adaptive(double tolerance) {
    return new AdaptiveSpan(0, 1, AdaptiveSteps.of(tolerance, tolerance));
  }

  private static Certificate check(Pipeline pipeline, double[] theta) {
    return new ModelCheck(pipeline, new SimdBackend(WorkingPrecision.FLOAT64), false, 32)
        .at(theta, CheckedModels.block(), 0);
  }

  private static Certificate after(double tolerance, OpaqueStage stage) {
    return check(
        CheckedModels.pipeline(
            "tsit5", adaptive(tolerance), GradientMode.direct(), h -> h.tanh(), stage),
        CheckedModels.theta());
  }

  private static Certificate before(OpaqueStage stage) {
    double[] scale = {0.7, 1.1, 0.9};
    double[] theta =
        DoubleStream.concat(Arrays.stream(scale), Arrays.stream(CheckedModels.theta())).toArray();
    return check(CheckedModels.behind(stage, adaptive(1e-3)), theta);
  }

  /** Steps of 1e-2 jump with every move: differences of losses are off by as much. */
  @ParameterizedTest
  @ValueSource(doubles = {1e-2, 1e-3, 1e-6})
  void aRightStageAfterTheSolvePassesAtAnyTolerance(double tolerance) {
    Certificate certificate = after(tolerance, new TanhStage(4, false, false, 1));
    assertThat(certificate.slopeRoute()).isEqualTo("forward sensitivities");
    assertThat(certificate.bounds().slope()).isLessThan(1e-8);
    assertThat(certificate.passes()).isTrue();
  }

  /** Nothing else sees it: StageCheck bears 1e-3. */
  @Test
  void aStageThatIsOffByLittleIsFoundBySlopesAlone() {
    Certificate certificate = after(1e-2, new TanhStage(4, false, false, 0.9999));
    assertThat(certificate.operations())
        .noneMatch(finding -> finding.verdict() == OperationFinding.Verdict.WRONG);
    assertThat(CheckedModels.failing(certificate))
        .hasSize(6)
        .noneMatch(parameter -> parameter.startsWith("head"));
  }

  @Test
  void theNoiseOfASingleStageWidensTheBoundAndHidesNoMistake() {
    Certificate right = after(1e-2, new TanhStage(4, false, true, 1));
    assertThat(right.bounds().slope()).isBetween(1e-7, 1e-3);
    assertThat(right.blocks()).allMatch(block -> block.ofSlope() <= right.bounds().slope());
    Certificate wrong = after(1e-2, new TanhStage(4, false, true, 0.9));
    assertThat(wrong.bounds().slope()).isLessThan(1e-3);
    assertThat(wrong.blocks())
        .filteredOn(block -> !block.parameter().startsWith("head"))
        .allMatch(block -> block.ofSlope() > wrong.bounds().slope());
  }

  @Test
  void aStageBeforeTheStemHasItsParametersCompared() {
    Certificate right = before(new TanhStage(3, true, false, 1));
    assertThat(right.blocks()).hasSize(9).allMatch(BlockFigures::passes);
    assertThat(right.bounds().slope()).isLessThan(1e-8);
    Certificate wrong = before(new TanhStage(3, true, false, 0.9999));
    assertThat(CheckedModels.failing(wrong)).containsExactly("scale");
  }
}
