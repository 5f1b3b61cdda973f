package org.anabranch.model.node;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.anabranch.backend.reference.ReferenceBackend;
import org.anabranch.nn.Activation;
import org.anabranch.nn.Initialiser;
import org.anabranch.random.CounterRandom;
import org.anabranch.random.Stream;
import org.anabranch.train.BatchPlan;
import org.anabranch.train.Block;
import org.anabranch.train.Checkpoint;
import org.anabranch.train.Checkpoints;
import org.anabranch.train.LocalRounds;
import org.anabranch.train.Optimiser;
import org.anabranch.train.QuietListener;
import org.anabranch.train.Trainer;
import org.anabranch.train.TrainingPlan;
import org.anabranch.train.TrainingResult;
import org.anabranch.train.Updates;
import org.jspecify.annotations.Nullable;

/**
 * A classifier of points by the quadrant of two of their five coordinates, trained for a moment
 * without Spark. As a program it prints the hash of its parameters, for one virtual machine to be
 * compared with another.
 */
final class TinyTraining {
  static final int INPUTS = 5;
  static final int CLASSES = 4;
  static final int CAPACITY = 32;

  static final NeuralOdeClassifier MODEL =
      new NeuralOdeClassifier(
          INPUTS, CLASSES, 9, List.of(17), Activation.TANH, "alf", 1, true, 1, 6, "automatic", 1);

  private TinyTraining() {}

  /** The arguments are threads and epochs. Prints a line for each working precision. */
  public static void main(String[] arguments) throws IOException {
    int threads = Integer.parseInt(arguments[0]);
    int epochs = Integer.parseInt(arguments[1]);
    System.out.print(hashes(threads, epochs));
  }

  static String hashes(int threads, int epochs) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (String backend : List.of("simd", "simd-float64")) {
      String hash = train(threads, epochs, backend, null, null).parametersSha256();
      lines.append("%s parameters %s%n".formatted(backend, hash));
    }
    return lines.toString();
  }

  static List<Block> blocks(int count, long seed) {
    List<Block> blocks = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      int rows = number == count - 1 ? CAPACITY / 2 + 3 : CAPACITY;
      float[] features = new float[rows * INPUTS];
      float[] labels = new float[rows];
      long[] ids = new long[rows];
      for (int row = 0; row < rows; row++) {
        ids[row] = (long) number * CAPACITY + row;
        for (int i = 0; i < INPUTS; i++) {
          double u = CounterRandom.uniform(seed, Stream.SYNTHETIC, ids[row], 0, i);
          features[row * INPUTS + i] = (float) (2 * u - 1);
        }
        int right = features[row * INPUTS] > 0 ? 1 : 0;
        labels[row] = right + (features[row * INPUTS + 1] > 0 ? 2 : 0);
      }
      blocks.add(Block.of(number, CAPACITY, INPUTS, ids, features, labels));
    }
    return blocks;
  }

  static TrainingPlan plan(int epochs) {
    return new TrainingPlan(new BatchPlan(7, 3, 5), epochs, 4, 2, 0, "tiny");
  }

  static TrainingResult train(
      int threads,
      int epochs,
      String backend,
      @Nullable Checkpoints checkpoints,
      @Nullable Checkpoint from)
      throws IOException {
    ClassifierWorkers factory = new ClassifierWorkers(MODEL.toJson(), backend, CAPACITY);
    double[] first = Initialiser.glorot(MODEL.layout(), 11);
    Updates updates =
        new Updates(new ReferenceBackend(), Optimiser.adam(0.01, 0.9, 0.999, 1e-8), first);
    try (LocalRounds rounds = new LocalRounds(factory, blocks(7, 1), blocks(2, 2), threads)) {
      Trainer trainer =
          new Trainer(
              updates, first.length, plan(epochs), rounds, new QuietListener(), checkpoints);
      if (from != null) {
        trainer.resume(from);
      }
      return trainer.run();
    }
  }
}
