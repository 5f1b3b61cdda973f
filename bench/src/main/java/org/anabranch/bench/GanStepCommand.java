package org.anabranch.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.anabranch.backend.simd.SimdBackend;
import org.anabranch.model.gan.DiscriminatorSettings;
import org.anabranch.model.gan.GeneratorSettings;
import org.anabranch.model.gan.SdeGan;
import org.anabranch.model.paths.ChannelScales;
import org.anabranch.model.paths.PathShape;
import org.anabranch.random.CounterRandom;
import org.anabranch.random.Stream;
import org.anabranch.train.Block;
import org.anabranch.train.Crew;
import org.anabranch.train.ExactSum;
import org.anabranch.train.LocalRounds;
import org.anabranch.train.Optimiser;
import org.anabranch.train.Scales;
import org.anabranch.train.Updates;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code bench gan-step}: whole steps of training an SDE-GAN of the sizes of torchsde's example,
 * gradient of both nets, exact sum, Adadelta, clipping or penalty and all: the third claim of
 * Kidger et al. 2021 (arXiv:2105.13493).
 */
@Command(
    name = "gan-step",
    description = "A step of training an SDE-GAN on 1024 paths of 64 times, by its parts.",
    mixinStandardHelpOptions = true)
final class GanStepCommand implements Callable<Integer> {
  private static final int PATHS = 1024;
  private static final int BLOCK = 64;
  private static final int TIMES = 64;
  private static final long SEED = 1;

  @Option(
      names = "--method",
      paramLabel = "NAME",
      defaultValue = "reversible-heun",
      description = "Default: ${DEFAULT-VALUE}.")
  private String method = "";

  @Option(
      names = "--gradient",
      paramLabel = "MODE",
      defaultValue = "automatic",
      description = "automatic, reversible, checkpointed or direct. Default: ${DEFAULT-VALUE}.")
  private String gradient = "";

  @Option(
      names = "--penalty",
      paramLabel = "WEIGHT",
      defaultValue = "0",
      description = "Of the gradient penalty; 0 to clip weights. Default: ${DEFAULT-VALUE}.")
  private double penalty;

  @Option(names = "--threads", description = "Default: ${DEFAULT-VALUE}.", defaultValue = "1")
  private int threads;

  @Option(
      names = "--repeat",
      description = "Steps, of which the median is stated. Default: ${DEFAULT-VALUE}.",
      defaultValue = "31")
  private int repeats;

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      description = "Time before the first measurement. Default: ${DEFAULT-VALUE}.",
      defaultValue = "4")
  private double warmUpSeconds;

  @Option(names = "--json", description = "One line of JSON.")
  private boolean json;

  private @Nullable Scales scales;
  private long step;

  @Override
  public Integer call() throws IOException {
    SdeGan model =
        new SdeGan(
            PathShape.equal(TIMES, 1, List.of("y"), List.of()),
            ChannelScales.none(1),
            ChannelScales.none(0),
            new GeneratorSettings(5, 3, 16, List.of(16), 3, 0.5),
            new DiscriminatorSettings(16, List.of(16), 1, 1, false, penalty),
            1,
            method,
            gradient,
            1);
    Optimiser rule = model.rule(Optimiser.adadelta(2e-4, 0.9, 1e-6).withWeightDecay(0.01), 5, true);
    Updates updates = new Updates(new SimdBackend(), rule, model.initial(SEED));
    List<Block> blocks = blocks();
    List<Integer> all = blocks.stream().map(Block::number).toList();
    double[] parameters = model.initial(SEED);
    double[] sum = new double[parameters.length];
    try (LocalRounds rounds =
        new LocalRounds(model.workers("simd", BLOCK, SEED), blocks, blocks, threads)) {
      Runnable one =
          () -> {
            ExactSum exact = rounds.gradient(step, parameters, all, scales);
            while (exact.overflowed() || exact.tooCoarse()) {
              scales = exact.nextScales();
              exact = rounds.gradient(step, parameters, all, scales);
            }
            scales = exact.nextScales();
            exact.gradient(sum);
            updates.apply(sum, 1, Crew.ALONE, step);
            updates.parameters(parameters);
            step++;
          };
      Repeats.warmUp(one, warmUpSeconds);
      Repeats times = Repeats.of(one, repeats);
      Map<String, Object> figures = new LinkedHashMap<>();
      figures.put("case", "gan-step");
      figures.put("method", method);
      figures.put("gradient", gradient);
      figures.put("penalty", penalty);
      figures.put("threads", threads);
      times.into(figures);
      figures.putAll(Machine.here().toMap());
      ProgramOutput.print(json ? Json.line(figures) + "\n" : CaseMeasurement.text(figures));
    }
    return 0;
  }

  /** Brownian motions times 0.3. */
  private static List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    for (int number = 0; number < PATHS / BLOCK; number++) {
      float[] features = new float[BLOCK * TIMES];
      long[] ids = new long[BLOCK];
      for (int row = 0; row < BLOCK; row++) {
        ids[row] = (long) number * BLOCK + row;
        for (int time = 1; time < TIMES; time++) {
          int at = row * TIMES + time;
          double increment = CounterRandom.normal(SEED, Stream.SYNTHETIC, ids[row], time, 0);
          features[at] = features[at - 1] + (float) (0.3 * increment);
        }
      }
      blocks.add(Block.of(number, BLOCK, TIMES, ids, features, new float[BLOCK]));
    }
    return blocks;
  }
}
