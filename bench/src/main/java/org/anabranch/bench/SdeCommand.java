package org.anabranch.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.anabranch.backend.Backend;
import org.anabranch.backend.simd.SimdBackend;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code anabranch bench w1}: loss and gradient of a neural SDE. */
@Command(
    name = "w1",
    description =
        "A neural SDE with general noise, 63 steps of 1024 samples, loss over all outputs and its gradient.",
    mixinStandardHelpOptions = true)
final class SdeCommand implements Callable<Integer> {
  @Option(
      names = "--size",
      paramLabel = "SIZE",
      defaultValue = "S",
      description = "${COMPLETION-CANDIDATES}: 16, 32 or 96 components. Default: S.")
  private SdeProblem.Size size = SdeProblem.Size.S;

  @Mixin private TiledSolveOptions options = new TiledSolveOptions();

  @Option(
      names = "--motion",
      paramLabel = "KIND",
      defaultValue = "GRID",
      description =
          "What draws the noise: ${COMPLETION-CANDIDATES}, as in w4. Default: ${DEFAULT-VALUE}.")
  private BrownianKind motion = BrownianKind.GRID;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "63",
      description = "From 0 to 63. Default: ${DEFAULT-VALUE}, as the peers.")
  private int steps;

  @Option(
      names = "--rows",
      paramLabel = "SAMPLES",
      defaultValue = "1024",
      description = "Default: ${DEFAULT-VALUE}, as the peers.")
  private int samples;

  @Option(names = "--end-only", description = "The loss is of the end alone, as of no other time.")
  private boolean endOnly;

  @Override
  public Integer call() throws IOException {
    options.require();
    if (steps < 1 || samples < 1) {
      throw new IllegalArgumentException(
          "%d steps, %d samples: each must be at least 1.".formatted(steps, samples));
    }
    Path weights = options.weights();
    if (weights != null && (steps != SdeProblem.STEPS || samples != SdeProblem.BATCH)) {
      throw new IllegalArgumentException(
          "The weights' file has steps and samples of its own: leave out --steps and --rows.");
    }
    SdeProblem problem =
        weights == null ? SdeProblem.drawn(size, steps, samples) : SdeProblem.read(size, weights);
    Backend backend = new SimdBackend();
    int rows = options.rows(problem.rows());
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("case", "w1-" + size.name().toLowerCase(Locale.ROOT));
    figures.put("motion", motion.name());
    figures.put("steps", problem.steps());
    figures.put("rows", problem.rows());
    figures.put("outputs", endOnly ? "end" : "all");
    options.measure(
        problem.rows(),
        problem.layout().size(),
        () ->
            new SdeTileWorker(
                backend,
                problem,
                options.method(),
                options.gradient().mode(),
                !endOnly,
                motion,
                rows),
        figures);
    return 0;
  }
}
