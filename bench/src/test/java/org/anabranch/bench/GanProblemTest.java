package org.anabranch.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.anabranch.backend.simd.SimdBackend;
import org.anabranch.gradient.GradientMode;
import org.anabranch.solver.StochasticMethod;
import org.anabranch.train.Safetensors;
import org.junit.jupiter.api.Test;

/** torchsde's SDE-GAN, 8 samples, from {@code bench/sde-gan-peer.py --export}. */
class GanProblemTest {
  private static final Path FILE = Path.of("src", "test", "resources", "w2-torchsde.safetensors");

  private static TilePool pool(GradientMode mode, int rows, int threads) throws IOException {
    GanProblem problem = GanProblem.read(FILE);
    StochasticMethod method = StochasticMethod.named("reversible-heun");
    List<GanTileWorker> workers =
        IntStream.range(0, threads)
            .mapToObj(i -> new GanTileWorker(new SimdBackend(), problem, method, mode, rows))
            .toList();
    return new TilePool(workers, problem.rows() / rows, problem.layoutOfBoth().size());
  }

  /** Scores of some twenty are subtracted: 1e-6 of them is 1e-5 of a loss of two. */
  @Test
  void lossAndGradientAreTorchsdes() throws IOException {
    Map<String, String> theirs =
        Safetensors.read(Files.readAllBytes(FILE), FILE.toString()).metadata();
    for (GradientMode mode : List.of(GradientMode.reversible(), GradientMode.direct())) {
      try (TilePool pool = pool(mode, 4, 1)) {
        pool.run();
        assertThat(pool.loss())
            .isCloseTo(Double.parseDouble(theirs.get("loss")), withinPercentage(5e-3));
        assertThat(pool.gradientNorm())
            .isCloseTo(Double.parseDouble(theirs.get("gradientNorm")), withinPercentage(5e-3));
      }
    }
  }

  /** Undone the gradient has the bits of what is kept, and threads change none. */
  @Test
  void modesAndThreadsAgreeToTheBit() throws IOException {
    try (TilePool undone = pool(GradientMode.reversible(), 2, 1);
        TilePool kept = pool(GradientMode.direct(), 2, 2)) {
      undone.run();
      kept.run();
      assertThat(undone.loss()).isEqualTo(kept.loss());
      assertThat(undone.gradient()).containsExactly(kept.gradient());
    }
  }

  @Test
  void anotherFileIsRefused() {
    Path other = Path.of("src", "test", "resources", "w1-torchsde.safetensors");
    assertThatThrownBy(() -> GanProblem.read(other))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("bench/sde-gan-peer.py");
  }
}
