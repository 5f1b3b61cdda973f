package org.anabranch.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.anabranch.backend.simd.SimdBackend;
import org.anabranch.gradient.GradientMode;
import org.anabranch.solver.StochasticMethod;
import org.anabranch.train.Safetensors;
import org.junit.jupiter.api.Test;

/** torchsde's latent SDE, 2 samples, from {@code bench/latent-sde-peer.py --export}. */
class LatentProblemTest {
  private static final Path FILE = Path.of("src", "test", "resources", "w3-torchsde.safetensors");
  private static final int STEPS = 198;

  private static LatentTileWorker worker(String method, GradientMode mode, int steps)
      throws IOException {
    return new LatentTileWorker(
        new SimdBackend(),
        LatentProblem.read(FILE),
        StochasticMethod.named(method),
        mode,
        steps,
        2);
  }

  private static double theirs(String name) throws IOException {
    Map<String, String> metadata =
        Safetensors.read(Files.readAllBytes(FILE), FILE.toString()).metadata();
    return Double.parseDouble(metadata.getOrDefault(name, "NaN"));
  }

  private static double norm(double[] numbers) {
    double squares = 0;
    for (double number : numbers) {
      squares += number * number;
    }
    return Math.sqrt(squares);
  }

  /** Within 1e-5 of it: the loss, and the gradients by weights, context and initial state. */
  @Test
  void lossAndGradientsAreTorchsdes() throws IOException {
    for (GradientMode mode : List.of(GradientMode.direct(), GradientMode.checkpointed())) {
      LatentTileWorker worker = worker("euler-maruyama", mode, STEPS);
      double[] gradient = new double[LatentProblem.read(FILE).layoutOfAll().size()];
      worker.load();
      double loss = worker.run(0, gradient);
      double[] inputs = worker.inputSquares();
      assertThat(loss).isCloseTo(theirs("loss"), withinPercentage(1e-3));
      assertThat(norm(gradient)).isCloseTo(theirs("gradientNorm"), withinPercentage(1e-3));
      assertThat(Math.sqrt(inputs[0])).isCloseTo(theirs("contextNorm"), withinPercentage(1e-3));
      assertThat(Math.sqrt(inputs[1])).isCloseTo(theirs("startNorm"), withinPercentage(1e-3));
    }
  }

  /** Undone, nothing is kept of steps: the bytes are those of any number of them. */
  @Test
  void undoneItTakesTheSameBytesOverAnySteps() {
    long[] bytes = new long[2];
    for (int i = 0; i < 2; i++) {
      bytes[i] =
          new LatentTileWorker(
                  new SimdBackend(),
                  LatentProblem.drawn(),
                  StochasticMethod.named("reversible-heun"),
                  GradientMode.reversible(),
                  i == 0 ? STEPS : 20 * STEPS,
                  64)
              .bytes();
    }
    assertThat(bytes[1]).isEqualTo(bytes[0]);
  }

  @Test
  void anotherFileIsRefused() {
    Path other = Path.of("src", "test", "resources", "w1-torchsde.safetensors");
    assertThatThrownBy(() -> LatentProblem.read(other))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no tensor posterior.0.weight")
        .hasMessageContaining("bench/latent-sde-peer.py");
  }
}
