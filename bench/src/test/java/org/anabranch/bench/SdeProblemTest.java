package org.anabranch.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.anabranch.backend.simd.SimdBackend;
import org.anabranch.gradient.GradientMode;
import org.anabranch.solver.StochasticMethod;
import org.anabranch.train.Safetensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** torchsde's weights and increments, 8 samples, from {@code bench/export-sde-peer.py}. */
class SdeProblemTest {
  private static final Path FILE = Path.of("src", "test", "resources", "w1-torchsde.safetensors");

  private static TilePool pool(SdeProblem problem, String method, GradientMode mode, int threads) {
    List<SdeTileWorker> workers = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      workers.add(
          new SdeTileWorker(
              new SimdBackend(),
              problem,
              StochasticMethod.named(method),
              mode,
              true,
              BrownianKind.GRID,
              2));
    }
    return new TilePool(workers, problem.rows() / 2, problem.layout().size());
  }

  @Test
  void lossAndGradientAreTorchsdes() throws IOException {
    Map<String, String> theirs =
        Safetensors.read(Files.readAllBytes(FILE), FILE.toString()).metadata();
    SdeProblem problem = SdeProblem.read(SdeProblem.Size.S, FILE);
    assertThat(problem.rows()).isEqualTo(8);
    for (GradientMode mode : List.of(GradientMode.reversible(), GradientMode.direct())) {
      try (TilePool pool = pool(problem, "reversible-heun", mode, 2)) {
        pool.run();
        assertThat(pool.loss())
            .isCloseTo(Double.parseDouble(theirs.get("loss")), withinPercentage(1e-3));
        assertThat(pool.gradientNorm())
            .isCloseTo(Double.parseDouble(theirs.get("gradientNorm")), withinPercentage(1e-3));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"reversible-heun", "midpoint"})
  void threadsChangeNoBit(String method) throws IOException {
    SdeProblem problem = SdeProblem.read(SdeProblem.Size.S, FILE);
    try (TilePool one = pool(problem, method, GradientMode.automatic(), 1);
        TilePool three = pool(problem, method, GradientMode.automatic(), 3)) {
      one.run();
      three.run();
      assertThat(three.loss()).isEqualTo(one.loss());
      assertThat(three.gradient()).containsExactly(one.gradient());
    }
  }

  @Test
  void weightsOfAnotherSizeAreRefused() {
    assertThatThrownBy(() -> SdeProblem.read(SdeProblem.Size.M, FILE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no tensor init.0.weight of type F32 and shape [64, 5]")
        .hasMessageContaining("bench/export-sde-peer.py");
  }
}
