package org.anabranch.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.anabranch.backend.simd.SimdBackend;
import org.anabranch.backend.simd.WorkingPrecision;
import org.anabranch.nn.Initialiser;
import org.anabranch.solver.TimeGrid;
import org.anabranch.train.Pipeline;
import org.junit.jupiter.api.Test;

class WorkPrecisionTest {
  /** dopri8 is stable to about 6/h: 100,000 steps are too few. */
  private static final double STIFF = 1e6;

  private static Certificate check(Pipeline pipeline) {
    double[] theta = Initialiser.glorot(pipeline.layout(), 3);
    return new ModelCheck(pipeline, new SimdBackend(WorkingPrecision.FLOAT64), false, 32)
        .at(theta, CheckedModels.block(), 0);
  }

  @Test
  void aFieldThatIsNotStiffIsMeasuredAgainstDopri8() {
    Certificate certificate = check(CheckedModels.decaying(4, 1));
    assertThat(certificate.reference())
        .isEqualTo(new Reference("dopri8 at a tolerance of 1e-11", ""));
  }

  @Test
  void aStiffFieldIsMeasuredAgainstRodas4() {
    Certificate certificate = check(CheckedModels.decaying(4, STIFF));
    assertThat(certificate.passes()).isTrue();
    Reference reference = certificate.reference();
    assertThat(reference.solver()).isEqualTo("rodas4 at a tolerance of 1e-11");
    assertThat(reference.failures()).startsWith("dopri8 ended with: the limit of steps");
    Map<String, WorkRow> sixteen =
        certificate.work().stream()
            .filter(row -> row.stepping() instanceof TimeGrid grid && grid.steps() == 16)
            .collect(Collectors.toMap(WorkRow::name, Function.identity()));
    assertThat(sixteen.get("rodas4").error()).isLessThan(1e-6);
    assertThat(sixteen.get("rk4").hasError() && sixteen.get("rk4").error() < 1).isFalse();
  }

  @Test
  void aStiffFieldTooWideForItsJacobianIsCertifiedWithoutErrors() {
    Certificate certificate = check(CheckedModels.decaying(33, STIFF));
    assertThat(certificate.passes()).isTrue();
    assertThat(certificate.blocks()).hasSize(8);
    assertThat(certificate.reference().exists()).isFalse();
    assertThat(certificate.work()).noneMatch(WorkRow::hasError).anyMatch(WorkRow::isSolved);
    assertThat(certificate.advice().row()).isEqualTo(certificate.work().get(0));
    assertThat(certificate.advice().reason().get(0))
        .contains("nothing to measure its error against")
        .contains("dopri8 ended with: the limit of steps")
        .contains("rodas4 does not take this field of 33 components");
  }
}
