package org.anabranch.spark.job;

import java.util.ArrayList;
import java.util.List;
import org.anabranch.backend.reference.ReferenceBackend;
import org.anabranch.model.node.NeuralOdeClassifier;
import org.anabranch.model.paths.PathSet;
import org.anabranch.model.paths.PathShape;
import org.anabranch.nn.Activation;
import org.anabranch.nn.Initialiser;
import org.anabranch.spark.data.CsvSource;
import org.anabranch.spark.data.SourceInput;
import org.anabranch.train.Backends;
import org.anabranch.train.BatchPlan;
import org.anabranch.train.Block;
import org.anabranch.train.BlockResult;
import org.anabranch.train.Optimiser;
import org.anabranch.train.PipelineWorker;
import org.anabranch.train.Updates;
import org.apache.hadoop.conf.Configuration;

/**
 * What each weight of a small network goes through while it learns handwritten digits: its value
 * after every epoch. After "weights" of Kidger et al. (2021, arXiv:2105.13493). Training follows
 * training, each with a seed of its own, until there are as many weights as paths.
 */
final class WeightTrajectories implements Simulation {
  static final int EPOCHS = 50;

  private static final int CLASSES = 10;
  private static final int BLOCK = 32;
  private static final int BLOCKS_OF_A_BATCH = 4;
  private static final double LEARNING_RATE = 0.1;

  private final String digits;

  /**
   * @param digits a file like {@code data/digits.csv.gz}
   */
  WeightTrajectories(String digits) {
    this.digits = digits;
  }

  @Override
  public int standardPaths() {
    return 8192;
  }

  @Override
  public PathSet draw(int paths, long seed) {
    PathShape shape = PathShape.equal(EPOCHS, 1, List.of("weight"), List.of());
    float[] values = new float[Math.multiplyExact(paths, shape.values())];
    List<Block> blocks = blocks();
    NeuralOdeClassifier model = model(blocks.get(0).width());
    int size = model.layout().size();
    for (int first = 0, training = 0; first < paths; first += size, training++) {
      List<double[]> epochs = train(model, blocks, seed + training);
      for (int weight = 0; weight < Math.min(size, paths - first); weight++) {
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
          values[(first + weight) * EPOCHS + epoch] = (float) epochs.get(epoch)[weight];
        }
      }
    }
    return new PathSet(shape, values, new float[0]);
  }

  private List<Block> blocks() {
    CsvSource source = CsvSource.at(digits).classes(CLASSES).scale(16).blocks(BLOCK, 0).build();
    return SourceInput.open(source, new Configuration()).trainingBlocks();
  }

  /** z in 8 dimensions, dz/dt of one hidden layer, ten steps of the leapfrog. */
  private static NeuralOdeClassifier model(int inputs) {
    return new NeuralOdeClassifier(
        inputs, CLASSES, 8, List.of(16), Activation.TANH, "alf", 1, true, 1, 4, "automatic", 1);
  }

  /** The parameters after each epoch. */
  private static List<double[]> train(NeuralOdeClassifier model, List<Block> blocks, long seed) {
    double[] parameters = Initialiser.glorot(model.layout(), seed);
    PipelineWorker worker = new PipelineWorker(model.pipeline(), Backends.named("simd"), BLOCK);
    Updates updates =
        new Updates(new ReferenceBackend(), Optimiser.sgd(LEARNING_RATE, 0), parameters);
    List<double[]> epochs = new ArrayList<>();
    BatchPlan batches = new BatchPlan(blocks.size(), BLOCKS_OF_A_BATCH, seed);
    int rounds = batches.roundsPerEpoch();
    for (int round = 0; round < EPOCHS * rounds; round++) {
      worker.load(parameters);
      List<Block> batch = batches.batch(round).stream().map(blocks::get).toList();
      updates.apply(gradient(worker, batch, parameters.length));
      updates.parameters(parameters);
      if ((round + 1) % rounds == 0) {
        epochs.add(parameters.clone());
      }
    }
    return epochs;
  }

  /** The mean over the samples of a batch, summed block by block. */
  private static double[] gradient(PipelineWorker worker, List<Block> batch, int size) {
    double[] gradient = new double[size];
    long samples = 0;
    for (Block block : batch) {
      BlockResult result = worker.gradient(block);
      double[] ofBlock = result.gradient();
      for (int i = 0; i < size; i++) {
        gradient[i] += ofBlock[i];
      }
      samples += result.weight();
    }
    for (int i = 0; i < size; i++) {
      gradient[i] /= samples;
    }
    return gradient;
  }
}
