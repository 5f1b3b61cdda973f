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

/** {@code anabranch bench w2}: loss and gradient of both nets of an SDE-GAN. */
@Command(
    name = "w2",
    description =
        "An SDE-GAN: scores of 1024 generated and real paths of 64 times, gradient of both nets.",
    mixinStandardHelpOptions = true)
final class GanCommand implements Callable<Integer> {
  @Mixin private TiledSolveOptions options = new TiledSolveOptions();

  @Override
  public Integer call() throws IOException {
    options.require();
    Path weights = options.weights();
    GanProblem problem = weights == null ? GanProblem.drawn() : GanProblem.read(weights);
    Backend backend = new SimdBackend();
    int rows = options.rows(problem.rows());
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("case", "w2");
    options.measure(
        problem.rows(),
        problem.layoutOfBoth().size(),
        () ->
            new GanTileWorker(backend, problem, options.method(), options.gradient().mode(), rows),
        figures);
    return 0;
  }
}
