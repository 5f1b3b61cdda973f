package org.anabranch.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.simd.SimdBackend;
import org.anabranch.control.brownian.BrownianGrid;
import org.anabranch.control.brownian.BrownianInterval;
import org.anabranch.control.brownian.BrownianMotion;
import org.anabranch.graph.Type;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code anabranch bench w4}: a Brownian motion asked over steps, there and back. */
@Command(
    name = "w4",
    description = "Increments of a new Brownian motion over equal steps of [0, 1], there and back.",
    mixinStandardHelpOptions = true)
final class BrownianCommand implements Callable<Integer> {
  /** What is asked. */
  enum Kind {
    GRID,
    DYADIC
  }

  @Option(
      names = "--kind",
      defaultValue = "DYADIC",
      description = "${COMPLETION-CANDIDATES}. Default: DYADIC.")
  private Kind kind = Kind.DYADIC;

  @Option(
      names = "--numbers",
      defaultValue = "1",
      description = "Motions side by side. Default: ${DEFAULT-VALUE}.")
  private int numbers;

  @Option(
      names = "--queries",
      defaultValue = "100",
      description = "Steps each way. Default: ${DEFAULT-VALUE}.")
  private int queries;

  @Option(
      names = "--repeat",
      defaultValue = "15",
      description = "Measurements, of which the median is stated. Default: ${DEFAULT-VALUE}.")
  private int repeats;

  @Option(names = "--json", description = "One line of JSON.")
  private boolean json;

  private long seed;

  @Override
  public Integer call() {
    if (numbers < 1 || queries < 1 || repeats < 1) {
      throw new IllegalArgumentException(
          "%d numbers, %d queries, %d repeats: each must be at least 1."
              .formatted(numbers, queries, repeats));
    }
    Backend backend = new SimdBackend();
    Buffer increments = backend.buffer(Type.perSample(numbers), 1);
    Runnable work = () -> thereAndBack(increments);
    Repeats.warmUp(work, 3);
    Repeats times = Repeats.of(work, repeats);
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("case", "w4");
    figures.put("kind", kind.name());
    figures.put("numbers", numbers);
    figures.put("queries", queries);
    figures.put("seconds", times.median());
    figures.put("secondsLeast", times.least());
    figures.put("secondsMost", times.most());
    figures.put("repeats", repeats);
    figures.putAll(Machine.here().toMap());
    ProgramOutput.print(json ? Json.line(figures) + "\n" : CaseMeasurement.text(figures));
    return 0;
  }

  private void thereAndBack(Buffer increments) {
    seed++;
    BrownianMotion motion =
        switch (kind) {
          case GRID -> BrownianGrid.equal(seed, 0, 1, queries, numbers);
          case DYADIC -> new BrownianInterval(seed, 0, 1, numbers);
        };
    long[] sample = {0};
    double[] from = new double[1];
    double[] to = new double[1];
    for (int i = 0; i < 2 * queries; i++) {
      int step = i < queries ? i : 2 * queries - 1 - i;
      from[0] = step * (1.0 / queries);
      to[0] = step + 1 == queries ? 1 : (step + 1) * (1.0 / queries);
      motion.over(sample, from, to, increments, null);
    }
  }
}
