package org.anabranch.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.anabranch.solver.StochasticMethod;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * What workloads of stochastic solves have in common on the command line, and their measurement.
 */
final class TiledSolveOptions {
  /** Computes tiles in some bytes. */
  interface Worker extends TilePool.Work {
    long bytes();
  }

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
      description = "torchsde's, and what else it drew: from its script in bench/.")
  private @Nullable Path weights;

  @Option(names = "--json", description = "One line of JSON.")
  private boolean json;

  /** Throws IllegalArgumentException for numbers below 1. */
  void require() {
    if (threads < 1 || repeats < 1 || tile < 1) {
      throw new IllegalArgumentException(
          "%d threads, %d repeats, tiles of %d: each must be at least 1."
              .formatted(threads, repeats, tile));
    }
  }

  @Nullable Path weights() {
    return weights;
  }

  StochasticMethod method() {
    return StochasticMethod.named(method);
  }

  GradientName gradient() {
    return gradient;
  }

  /** Samples of a tile. */
  int rows(int samples) {
    return TiledGradient.tileRows(samples, tile);
  }

  /** Measures loss and gradient of all samples, adds to the figures and prints them. */
  void measure(
      int samples, int parameters, Supplier<? extends Worker> worker, Map<String, Object> figures) {
    figures.put("method", method);
    figures.put("gradient", gradient.mode().name());
    List<Worker> workers = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      workers.add(worker.get());
    }
    try (TilePool pool = new TilePool(workers, samples / rows(samples), parameters)) {
      Repeats.warmUp(pool::run, warmUpSeconds);
      Repeats times = Repeats.of(pool::run, repeats);
      figures.put("threads", threads);
      times.into(figures);
      figures.put("loss", pool.loss());
      figures.put("gradientNorm", pool.gradientNorm());
      figures.put("peakBytes", Machine.peakResidentBytes());
      figures.put("reservedBytes", workers.stream().mapToLong(Worker::bytes).sum() + pool.bytes());
    }
    figures.putAll(Machine.here().toMap());
    ProgramOutput.print(json ? Json.line(figures) + "\n" : CaseMeasurement.text(figures));
  }
}
