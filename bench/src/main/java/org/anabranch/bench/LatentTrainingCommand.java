package org.anabranch.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.anabranch.model.latent.EncoderSettings;
import org.anabranch.model.latent.LatentSde;
import org.anabranch.model.latent.LatentSettings;
import org.anabranch.model.latent.ObjectiveSettings;
import org.anabranch.model.paths.ChannelScales;
import org.anabranch.model.paths.PathShape;
import org.anabranch.train.Backends;
import org.anabranch.train.BatchPlan;
import org.anabranch.train.Block;
import org.anabranch.train.Evaluation;
import org.anabranch.train.LocalRounds;
import org.anabranch.train.Optimiser;
import org.anabranch.train.Rounds;
import org.anabranch.train.Schedule;
import org.anabranch.train.Selection;
import org.anabranch.train.Trainer;
import org.anabranch.train.TrainingListener;
import org.anabranch.train.TrainingPlan;
import org.anabranch.train.Updates;
import org.anabranch.train.WhenUnstable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code anabranch bench latent-training}: the training of torchsde's example, on its settings. */
@Command(
    name = "latent-training",
    description =
        "Trains a latent SDE on paths of the Lorenz attractor as torchsde's example does, and prints a line of JSON for each evaluation on held-out paths. bench/latent-training-peer.py trains torchsde's on the same paths.",
    mixinStandardHelpOptions = true)
final class LatentTrainingCommand implements Callable<Integer> {
  /** Adam's, and what a step multiplies it by. */
  private static final double RATE = 1e-2;

  private static final double DECAY = 0.997;
  private static final int RAMP = 1000;
  private static final int CAPACITY = 64;

  @Option(
      names = "--data",
      paramLabel = "FILE",
      required = true,
      description = "The paths; simulated and written there first if there is no such file.")
  private @Nullable Path data;

  @Option(names = "--steps", defaultValue = "200", description = "Default: ${DEFAULT-VALUE}.")
  private int steps;

  @Option(
      names = "--every",
      paramLabel = "STEPS",
      defaultValue = "10",
      description = "Between two evaluations. Default: ${DEFAULT-VALUE}.")
  private int every;

  @Option(names = "--threads", defaultValue = "2", description = "Default: ${DEFAULT-VALUE}.")
  private int threads;

  @Option(names = "--seed", defaultValue = "0", description = "Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--clip-norm",
      paramLabel = "NORM",
      defaultValue = "1",
      description =
          "What the gradient's norm is cut to; 0: it is not, as in torchsde's example. Default: ${DEFAULT-VALUE}.")
  private double clipNorm;

  @Option(
      names = "--method",
      defaultValue = "euler-maruyama",
      description = "Default: ${DEFAULT-VALUE}.")
  private String method = "";

  @Option(
      names = "--encoder",
      defaultValue = "GRU",
      description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private EncoderSettings.Kind encoder = EncoderSettings.Kind.GRU;

  @Override
  public Integer call() throws IOException {
    Path file = Objects.requireNonNull(data);
    if (!Files.exists(file)) {
      LorenzPaths.write(file);
    }
    LatentSde model = model();
    double[] parameters = model.initial(seed);
    Optimiser adam = Optimiser.adam(RATE, 0.9, 0.999, 1e-8);
    Optimiser rule = clipNorm > 0 ? adam.clippedByNorm(clipNorm) : adam;
    Updates updates = new Updates(Backends.named("simd"), rule, parameters);
    List<Block> train = blocks(LorenzPaths.read(file, "train"));
    List<Block> test = blocks(LorenzPaths.read(file, "test"));
    TrainingPlan plan =
        new TrainingPlan(
            new BatchPlan(train.size(), train.size(), seed),
            steps,
            every,
            0,
            0,
            "latent-training",
            Schedule.exponential(DECAY, 1),
            Selection.last(),
            null,
            WhenUnstable.WARN);
    try (Rounds rounds =
        new LocalRounds(model.workers("simd", CAPACITY, seed), train, test, threads)) {
      Course course = new Course();
      course.evaluated(0, rounds.evaluate(parameters));
      new Trainer(updates, parameters.length, plan, rounds, course, null).run();
    }
    return 0;
  }

  private LatentSde model() {
    double step = LorenzPaths.END / (LorenzPaths.TIMES - 1);
    return new LatentSde(
        PathShape.equal(LorenzPaths.TIMES, step, List.of("x1", "x2", "x3"), List.of()),
        ChannelScales.none(LorenzPaths.CHANNELS),
        ChannelScales.none(0),
        new LatentSettings(
            LatentProblem.LATENT,
            List.of(LatentProblem.WIDTH, LatentProblem.WIDTH),
            LatentProblem.WIDTH,
            false),
        new EncoderSettings(
            encoder,
            LatentProblem.WIDTH,
            LatentProblem.CONTEXT,
            List.of(LatentProblem.CONTEXT),
            false),
        new ObjectiveSettings(LatentProblem.DEVIATION, 1, 0, RAMP),
        2,
        method,
        "automatic");
  }

  private static List<Block> blocks(float[] paths) {
    int width = LorenzPaths.TIMES * LorenzPaths.CHANNELS;
    List<Block> blocks = new ArrayList<>();
    for (int number = 0; number < paths.length / width / CAPACITY; number++) {
      int first = number * CAPACITY;
      float[] own = new float[CAPACITY * width];
      System.arraycopy(paths, first * width, own, 0, own.length);
      long[] ids = IntStream.range(first, first + CAPACITY).asLongStream().toArray();
      blocks.add(Block.of(number, CAPACITY, width, ids, own, new float[CAPACITY]));
    }
    return blocks;
  }

  /** Prints evaluations with what the steps so far have taken, the evaluations left out. */
  private static final class Course implements TrainingListener {
    private static final OperatingSystemMXBean SYSTEM =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private double wall;
    private double processor;
    private long wallMark;
    private long processorMark;

    @Override
    public void round(
        long round, long rounds, double loss, double accuracy, long samples, double seconds) {
      wall += (System.nanoTime() - wallMark) * 1e-9;
      processor += (SYSTEM.getProcessCpuTime() - processorMark) * 1e-9;
      mark();
    }

    @Override
    public void evaluated(long round, Evaluation evaluation) {
      Map<String, Object> figures = new LinkedHashMap<>();
      figures.put("step", round);
      figures.put("seconds", wall);
      figures.put("processorSeconds", processor);
      figures.put("loss", evaluation.meanLoss());
      ProgramOutput.print(Json.line(figures) + "\n");
      mark();
    }

    private void mark() {
      wallMark = System.nanoTime();
      processorMark = SYSTEM.getProcessCpuTime();
    }

    @Override
    public void validated(long round, Evaluation evaluation) {
      // there are no validation blocks
    }

    @Override
    public void repeated(String why) {
      // sums are repeated at another scale, which counts as time of the training
    }

    @Override
    public void warning(String sentence) {
      ProgramOutput.print(Json.line(Map.of("warning", sentence)) + "\n");
    }
  }
}
