package org.anabranch.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code anabranch bench w4}: a Brownian motion asked over steps. */
@Command(
    name = "w4",
    description =
        "Increments of a new Brownian motion over equal steps of [0, 1], all samples together.",
    mixinStandardHelpOptions = true)
final class BrownianCommand implements Callable<Integer> {
  @Option(
      names = "--kind",
      defaultValue = "QUERIED",
      description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private BrownianKind kind = BrownianKind.QUERIED;

  @Option(
      names = "--pattern",
      defaultValue = "THERE_AND_BACK",
      description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private BrownianAsker.Pattern pattern = BrownianAsker.Pattern.THERE_AND_BACK;

  @Option(
      names = "--samples",
      defaultValue = "1",
      description = "Which all ask together. Default: ${DEFAULT-VALUE}.")
  private int samples;

  @Option(
      names = "--motions",
      defaultValue = "1",
      description = "Of each sample. Default: ${DEFAULT-VALUE}.")
  private int motions;

  @Option(
      names = "--queries",
      defaultValue = "100",
      description = "Steps, each way. Default: ${DEFAULT-VALUE}.")
  private int queries;

  @Option(names = "--areas", description = "Space-time areas too.")
  private boolean areas;

  @Option(
      names = "--known-step",
      description = "The length of steps is told before, where it helps.")
  private boolean stepKnown;

  @Option(
      names = "--threads",
      defaultValue = "1",
      description = "Each with samples of its own. Default: ${DEFAULT-VALUE}.")
  private int threads;

  @Option(
      names = "--repeat",
      defaultValue = "15",
      description = "Measurements, of which the median is stated. Default: ${DEFAULT-VALUE}.")
  private int repeats;

  @Option(names = "--json", description = "One line of JSON.")
  private boolean json;

  @Override
  public Integer call() {
    if (samples < 1 || motions < 1 || queries < 1 || repeats < 1 || threads < 1) {
      throw new IllegalArgumentException(
          "%d samples, %d motions, %d queries, %d repeats, %d threads: each must be at least 1."
              .formatted(samples, motions, queries, repeats, threads));
    }
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("case", "w4");
    figures.put("kind", kind.name());
    figures.put("pattern", pattern.name());
    figures.put("samples", samples);
    figures.put("motions", motions);
    figures.put("queries", queries);
    figures.put("areas", areas);
    int workers = Math.min(threads, samples);
    if (samples % workers != 0) {
      throw new IllegalArgumentException(
          "%d samples on %d threads: use a multiple.".formatted(samples, workers));
    }
    try (TilePool pool = new TilePool(askers(workers), workers, 0)) {
      Repeats.warmUp(pool::run, 3);
      Repeats times = Repeats.of(pool::run, repeats);
      figures.put("threads", workers);
      times.into(figures);
      figures.put("peakBytes", Machine.peakResidentBytes());
    }
    figures.putAll(Machine.here().toMap());
    ProgramOutput.print(json ? Json.line(figures) + "\n" : CaseMeasurement.text(figures));
    return 0;
  }

  private List<BrownianAsker> askers(int count) {
    double step = stepKnown ? 1.0 / queries : 0;
    List<BrownianAsker> askers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      askers.add(
          new BrownianAsker(
              seed -> kind.of(seed, 1, motions, areas, queries, step),
              pattern.steps(queries),
              queries,
              samples / count,
              areas));
    }
    return askers;
  }
}
