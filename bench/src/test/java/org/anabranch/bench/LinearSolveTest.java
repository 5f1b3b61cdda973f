package org.anabranch.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.anabranch.backend.Backend;
import org.anabranch.backend.simd.SimdBackend;
import org.anabranch.backend.simd.WorkingPrecision;
import org.anabranch.gradient.GradientMode;
import org.anabranch.solver.Tableau;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinearSolveTest {
  private static final Backend TWICE = new SimdBackend(WorkingPrecision.FLOAT64);

  /** However coarse the steps, the gradient is the discrete solve's. */
  @ParameterizedTest
  @CsvSource({
    "dopri5, 1e-2, 50",
    "dopri5, 1e-8, 50",
    "tsit5, 1e-3, 20",
    "dopri8, 1e-3, 50",
    "alf, 1e-3, 50",
  })
  void theGradientIsTheDiscreteOne(String method, double tolerance, double end) {
    LinearSolve solve =
        LinearSolve.of(TWICE, method, GradientMode.automatic(), tolerance, -0.1, end);
    assertThat(solve.discreteError()).isLessThan(1e-12);
  }

  @Test
  void coarseStepsAreFarFromTheTrueGradientAndFineOnesAreNot() {
    LinearSolve coarse = LinearSolve.of(TWICE, "dopri5", GradientMode.direct(), 1e-2, -0.1, 50);
    LinearSolve fine = LinearSolve.of(TWICE, "dopri5", GradientMode.direct(), 1e-10, -0.1, 50);
    assertThat(coarse.trueError()).isGreaterThan(1e-3);
    assertThat(fine.trueError()).isLessThan(1e-6);
    assertThat(fine.steps()).isGreaterThan(2 * coarse.steps());
  }

  /** z(1) = e^α z₀, ∂z/∂α = z, by steps that are close to exact. */
  @Test
  void theReplayHasTheTrueDerivativesOnFineSteps() {
    double[] times = new double[1001];
    for (int i = 0; i < times.length; i++) {
      times[i] = i / 1000.0;
    }
    double growth = Math.exp(0.3);
    LinearReplay rungeKutta = LinearReplay.explicit(Tableau.named("dopri5"), times, 0.3, 2);
    LinearReplay leapfrog = LinearReplay.leapfrog(times, 0.3, 2);
    for (LinearReplay replay : List.of(rungeKutta, leapfrog)) {
      assertThat(replay.end()).isCloseTo(2 * growth, within(1e-6));
      assertThat(replay.byStart()).isCloseTo(growth, within(1e-6));
      assertThat(replay.byRate()).isCloseTo(2 * growth, within(1e-6));
    }
  }

  @Test
  void peersOfAFileAreColumnsAndWhatFailedIsADash(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("peers.jsonl");
    Files.writeString(
        file,
        """
        {"method": "a", "tol": 1e-5, "alpha": 0.1, "T": 2.0, "rel_dz0": 2e-7, "rel_dalpha": 1e-7}
        {"method": "b", "tol": 1e-5, "alpha": 0.1, "T": 2.0, "error": "it failed"}
        {"method": "c", "tol": 1e-3, "alpha": 0.1, "T": 5.0, "rel_dz0": 1e-3, "rel_dalpha": 4e-3}
        """);
    assertThat(PeerErrors.read(file).table(List.of(0.1), List.of(2.0, 5.0)))
        .isEqualTo(
            """
            | α, T | a, 1e-05 | c, 1e-03 |
            |---|---:|---:|
            | 0.1, 2 | 2.0e-07 | - |
            | 0.1, 5 | - | 4.0e-03 |
            """);
  }
}
