package org.anabranch.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.anabranch.backend.Backend;
import org.anabranch.backend.simd.SimdBackend;
import org.anabranch.solver.StochasticMethod;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code anabranch bench w3}: loss and gradient of a latent SDE from its initial state on. */
@Command(
    name = "w3",
    description =
        "The solve of a latent SDE on 100 observations of 1024 samples, its loss and gradient.",
    mixinStandardHelpOptions = true)
final class LatentCommand implements Callable<Integer> {
  @Option(
      names = "--method",
      paramLabel = "NAME",
      defaultValue = "reversible-heun",
      description = "Default: ${DEFAULT-VALUE}.")
  private String method = "";

  @Option(
      names = "--gradient",
      paramLabel = "MODE",
      defaultValue = "REVERSIBLE",
      description = "${COMPLETION-CANDIDATES}. Default: REVERSIBLE.")
  private GradientName gradient = GradientName.REVERSIBLE;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "198",
      description = "A multiple of 99. Default: ${DEFAULT-VALUE}.")
  private int steps;

  @Option(names = "--threads", description = "Default: ${DEFAULT-VALUE}.", defaultValue = "1")
  private int threads;

  @Option(
      names = "--tile",
      paramLabel = "SAMPLES",
      defaultValue = "64",
      description = "Samples that go through the solve together. Default: ${DEFAULT-VALUE}.")
  private int tile;

  @Option(
      names = "--repeat",
      description = "Measurements, of which the median is stated. Default: ${DEFAULT-VALUE}.",
      defaultValue = "9")
  private int repeats;

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      description = "Time before the first measurement. Default: ${DEFAULT-VALUE}.",
      defaultValue = "3")
  private double warmUpSeconds;

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description =
          "Weights, context, data and noise of torchsde, from bench/latent-sde-peer.py --export.")
  private @Nullable Path weights;

  @Option(names = "--json", description = "One line of JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    if (threads < 1 || repeats < 1 || tile < 1) {
      throw new IllegalArgumentException(
          "%d threads, %d repeats, tiles of %d: each must be at least 1."
              .formatted(threads, repeats, tile));
    }
    if (steps < 1 || steps % (LatentProblem.TIMES - 1) != 0) {
      throw new IllegalArgumentException(
          "%d steps: use a multiple of %d, that many between two observations."
              .formatted(steps, LatentProblem.TIMES - 1));
    }
    LatentProblem problem = weights == null ? LatentProblem.drawn() : LatentProblem.read(weights);
    Map<String, Object> figures = measure(problem);
    ProgramOutput.print(json ? Json.line(figures) + "\n" : CaseMeasurement.text(figures));
    return 0;
  }

  private Map<String, Object> measure(LatentProblem problem) {
    int rows = TiledGradient.tileRows(problem.rows(), tile);
    Backend backend = new SimdBackend();
    StochasticMethod solver = StochasticMethod.named(method);
    List<LatentTileWorker> workers = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      workers.add(new LatentTileWorker(backend, problem, solver, gradient.mode(), steps, rows));
    }
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("case", "w3");
    figures.put("method", method);
    figures.put("gradient", gradient.name());
    figures.put("steps", steps);
    int numbers = problem.layoutOfAll().size();
    try (TilePool pool = new TilePool(workers, problem.rows() / rows, numbers)) {
      Repeats.warmUp(pool::run, warmUpSeconds);
      Repeats times = Repeats.of(pool::run, repeats);
      figures.put("threads", threads);
      times.into(figures);
      figures.put("loss", pool.loss());
      figures.put("gradientNorm", pool.gradientNorm());
      figures.put("peakBytes", Machine.peakResidentBytes());
      figures.put(
          "reservedBytes",
          workers.stream().mapToLong(LatentTileWorker::bytes).sum() + pool.bytes());
    }
    figures.putAll(Machine.here().toMap());
    return figures;
  }
}
