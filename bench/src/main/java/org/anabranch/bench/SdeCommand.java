package org.anabranch.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.anabranch.backend.Backend;
import org.anabranch.backend.simd.SimdBackend;
import org.anabranch.solver.StochasticMethod;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
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
      description = "Weights and noise of torchsde, from bench/export-sde-peer.py.")
  private @Nullable Path weights;

  @Option(names = "--json", description = "One line of JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    if (threads < 1 || repeats < 1 || tile < 1 || steps < 1 || samples < 1) {
      throw new IllegalArgumentException(
          "%d threads, %d repeats, tiles of %d, %d steps, %d samples: each must be at least 1."
              .formatted(threads, repeats, tile, steps, samples));
    }
    if (weights != null && (steps != SdeProblem.STEPS || samples != SdeProblem.BATCH)) {
      throw new IllegalArgumentException(
          "The weights' file has steps and samples of its own: leave out --steps and --rows.");
    }
    SdeProblem problem =
        weights == null ? SdeProblem.drawn(size, steps, samples) : SdeProblem.read(size, weights);
    Map<String, Object> figures = measure(problem);
    ProgramOutput.print(json ? Json.line(figures) + "\n" : CaseMeasurement.text(figures));
    return 0;
  }

  private Map<String, Object> measure(SdeProblem problem) {
    int rows = TiledGradient.tileRows(problem.rows(), tile);
    Backend backend = new SimdBackend();
    StochasticMethod solver = StochasticMethod.named(method);
    List<SdeTileWorker> workers = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      workers.add(
          new SdeTileWorker(backend, problem, solver, gradient.mode(), !endOnly, motion, rows));
    }
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("case", "w1-" + size.name().toLowerCase(Locale.ROOT));
    figures.put("method", method);
    figures.put("gradient", gradient.mode().name());
    figures.put("motion", motion.name());
    figures.put("steps", problem.steps());
    figures.put("rows", problem.rows());
    figures.put("outputs", endOnly ? "end" : "all");
    try (TilePool pool = new TilePool(workers, problem.rows() / rows, problem.layout().size())) {
      Repeats.warmUp(pool::run, warmUpSeconds);
      Repeats times = Repeats.of(pool::run, repeats);
      figures.put("threads", threads);
      times.into(figures);
      figures.put("loss", pool.loss());
      figures.put("gradientNorm", pool.gradientNorm());
      figures.put("peakBytes", Machine.peakResidentBytes());
      figures.put(
          "reservedBytes", workers.stream().mapToLong(SdeTileWorker::bytes).sum() + pool.bytes());
    }
    figures.putAll(Machine.here().toMap());
    return figures;
  }
}
