package org.anabranch.bench;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.simd.SimdBackend;
import org.anabranch.control.brownian.BrownianGrid;
import org.anabranch.control.brownian.BrownianInterval;
import org.anabranch.control.brownian.BrownianMotion;
import org.anabranch.control.brownian.QueriedInterval;
import org.anabranch.graph.Type;
import org.jspecify.annotations.Nullable;
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
    GRID {
      @Override
      BrownianMotion of(long seed, int motions, boolean areas, int queries) {
        return BrownianGrid.equal(seed, 0, 1, queries, motions);
      }
    },
    QUERIED {
      @Override
      BrownianMotion of(long seed, int motions, boolean areas, int queries) {
        return new QueriedInterval(seed, 0, 1, motions, areas, QueriedInterval.KEPT, 0);
      }
    },
    DYADIC {
      @Override
      BrownianMotion of(long seed, int motions, boolean areas, int queries) {
        return new BrownianInterval(seed, 0, 1, motions, areas);
      }
    };

    abstract BrownianMotion of(long seed, int motions, boolean areas, int queries);
  }

  @Option(
      names = "--kind",
      defaultValue = "DYADIC",
      description = "${COMPLETION-CANDIDATES}. Default: DYADIC.")
  private Kind kind = Kind.DYADIC;

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

  @Option(names = "--areas", description = "Space-time areas too.")
  private boolean areas;

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
    if (samples < 1 || motions < 1 || queries < 1 || repeats < 1) {
      throw new IllegalArgumentException(
          "%d samples, %d motions, %d queries, %d repeats: each must be at least 1."
              .formatted(samples, motions, queries, repeats));
    }
    Backend backend = new SimdBackend();
    Buffer increment = backend.buffer(Type.perSample(motions), samples);
    Buffer area = areas ? backend.buffer(Type.perSample(motions), samples) : null;
    Runnable work = () -> thereAndBack(increment, area);
    Repeats.warmUp(work, 3);
    Repeats times = Repeats.of(work, repeats);
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("case", "w4");
    figures.put("kind", kind.name());
    figures.put("samples", samples);
    figures.put("motions", motions);
    figures.put("areas", areas);
    figures.put("queries", queries);
    figures.put("seconds", times.median());
    figures.put("secondsLeast", times.least());
    figures.put("secondsMost", times.most());
    figures.put("repeats", repeats);
    figures.putAll(Machine.here().toMap());
    ProgramOutput.print(json ? Json.line(figures) + "\n" : CaseMeasurement.text(figures));
    return 0;
  }

  private void thereAndBack(Buffer increment, @Nullable Buffer area) {
    seed++;
    BrownianMotion motion = kind.of(seed, motions, areas, queries);
    long[] ids = LongStream.range(0, samples).toArray();
    double[] from = new double[samples];
    double[] to = new double[samples];
    for (int i = 0; i < 2 * queries; i++) {
      int step = i < queries ? i : 2 * queries - 1 - i;
      Arrays.fill(from, step * (1.0 / queries));
      Arrays.fill(to, step + 1 == queries ? 1 : (step + 1) * (1.0 / queries));
      motion.over(ids, from, to, increment, area);
    }
  }
}
