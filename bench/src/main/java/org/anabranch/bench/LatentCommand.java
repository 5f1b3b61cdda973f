package org.anabranch.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.anabranch.backend.Backend;
import org.anabranch.backend.simd.SimdBackend;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code anabranch bench w3}: loss and gradient of a latent SDE from its initial state on. */
@Command(
    name = "w3",
    description =
        "The solve of a latent SDE on 100 observations of 1024 samples, its loss and gradient.",
    mixinStandardHelpOptions = true)
final class LatentCommand implements Callable<Integer> {
  @Mixin private TiledSolveOptions options = new TiledSolveOptions();

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "198",
      description = "A multiple of 99. Default: ${DEFAULT-VALUE}.")
  private int steps;

  @Override
  public Integer call() throws IOException {
    options.require();
    if (steps < 1 || steps % (LatentProblem.TIMES - 1) != 0) {
      throw new IllegalArgumentException(
          "%d steps: use a multiple of %d, that many between two observations."
              .formatted(steps, LatentProblem.TIMES - 1));
    }
    Path weights = options.weights();
    LatentProblem problem = weights == null ? LatentProblem.drawn() : LatentProblem.read(weights);
    Backend backend = new SimdBackend();
    int rows = options.rows(problem.rows());
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("case", "w3");
    figures.put("steps", steps);
    options.measure(
        problem.rows(),
        problem.layoutOfAll().size(),
        () ->
            new LatentTileWorker(
                backend, problem, options.method(), options.gradient().mode(), steps, rows),
        figures);
    return 0;
  }
}
