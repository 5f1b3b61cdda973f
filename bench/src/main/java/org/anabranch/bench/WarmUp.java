package org.anabranch.bench;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.anabranch.model.node.ClassifierWorkers;
import org.anabranch.model.node.NeuralOdeClassifier;
import org.anabranch.nn.Activation;
import org.anabranch.train.Block;
import org.anabranch.train.BlockWorker;

/**
 * How long after its start a virtual machine computes gradients at half of the speed that it keeps:
 * the model and the blocks of conf/digits.conf on one thread, without Spark. A round is four blocks
 * of 32. The speed that is kept is the median over the rounds of the last third of the time.
 *
 * <p>The argument is how many seconds to go on, 6 if none is given.
 */
final class WarmUp {
  private static final int BLOCKS = 4;
  private static final int ROWS = 32;
  private static final int FEATURES = 64;
  private static final int CLASSES = 10;
  private static final double[] SHARES = {0.01, 0.1, 0.25, 0.5, 0.9};

  /** Rounds in a row that have to be fast, so that a single lucky one does not count. */
  private static final int IN_A_ROW = 3;

  private static final NeuralOdeClassifier DIGITS =
      new NeuralOdeClassifier(
          FEATURES,
          CLASSES,
          96,
          List.of(96),
          Activation.TANH,
          "alf",
          1,
          true,
          1,
          8,
          "automatic",
          16);

  private final List<Long> ends = new ArrayList<>();
  private final List<Long> durations = new ArrayList<>();

  private WarmUp() {}

  public static void main(String[] arguments) {
    long entered = System.nanoTime();
    double seconds = arguments.length == 0 ? 6 : Double.parseDouble(arguments[0]);
    BlockWorker worker = new ClassifierWorkers(DIGITS.toJson(), "simd", ROWS).create();
    double[] parameters = new double[DIGITS.layout().size()];
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = ((i * 7919L) % 997 - 498) / 4000.0;
    }
    long made = System.nanoTime();
    WarmUp rounds = new WarmUp();
    rounds.run(worker, parameters, blocks(), entered + (long) (seconds * 1e9));
    long uptime = ManagementFactory.getRuntimeMXBean().getUptime();
    rounds.print(System.nanoTime() - uptime * 1_000_000, entered, made);
  }

  private static List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    for (int number = 0; number < BLOCKS; number++) {
      long[] ids = new long[ROWS];
      float[] labels = new float[ROWS];
      float[] features = new float[ROWS * FEATURES];
      for (int row = 0; row < ROWS; row++) {
        ids[row] = (long) number * ROWS + row;
        labels[row] = (number + row) % CLASSES;
      }
      for (int i = 0; i < features.length; i++) {
        features[i] = (i * 31 + number * 7) % 17;
      }
      blocks.add(Block.of(number, ROWS, FEATURES, ids, features, labels));
    }
    return blocks;
  }

  private void run(BlockWorker worker, double[] parameters, List<Block> blocks, long deadline) {
    long start = System.nanoTime();
    do {
      worker.load(parameters);
      for (Block block : blocks) {
        if (worker.gradient(block).weight() != ROWS) {
          throw new AssertionError("a sample of block %d failed".formatted(block.number()));
        }
      }
      long end = System.nanoTime();
      ends.add(end);
      durations.add(end - start);
      start = end;
    } while (start < deadline);
  }

  private void print(long started, long entered, long made) {
    List<Long> last = durations.subList(lastThird(), durations.size());
    long kept = last.stream().sorted().skip(last.size() / 2).findFirst().orElseThrow();
    StringBuilder text = new StringBuilder();
    line(text, "main entered", entered - started);
    line(text, "worker made", made - started);
    line(text, "first round done", ends.get(0) - started);
    for (double share : SHARES) {
      int round = firstAtLeast(durations, share, kept);
      text.append(
          String.format(
              Locale.ROOT,
              "%3.0f %% of the speed kept: %.2f s, round %d%n",
              100 * share,
              (ends.get(round) - started) * 1e-9,
              round + 1));
    }
    text.append(
        String.format(
            Locale.ROOT,
            "speed kept: %.0f samples/s (%.2f ms a round of %d), %d rounds%n",
            BLOCKS * ROWS * 1e9 / kept,
            kept * 1e-6,
            BLOCKS * ROWS,
            durations.size()));
    ProgramOutput.print(text.toString());
  }

  private int lastThird() {
    long from = ends.get(ends.size() - 1) - (ends.get(ends.size() - 1) - ends.get(0)) / 3;
    int round = 0;
    while (ends.get(round) < from) {
      round++;
    }
    return round;
  }

  /**
   * The index of the last of the first {@value #IN_A_ROW} rounds in a row that have a share of the
   * speed of a round that takes so long; of the last round if there are none.
   */
  static int firstAtLeast(List<Long> durations, double share, long kept) {
    int fast = 0;
    for (int round = 0; round < durations.size(); round++) {
      fast = durations.get(round) * share <= kept ? fast + 1 : 0;
      if (fast == IN_A_ROW) {
        return round;
      }
    }
    return durations.size() - 1;
  }

  private static void line(StringBuilder text, String what, long nanos) {
    text.append(String.format(Locale.ROOT, "%s: %.2f s%n", what, nanos * 1e-9));
  }
}
