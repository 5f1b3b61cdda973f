package org.anabranch.spark.job;

import java.util.List;
import java.util.SortedMap;

/**
 * A configuration that was read and checked as a whole. Ranges and contradictions are the business
 * of {@link ConfigurationReader}; what arrives here is valid.
 *
 * @param name of the run
 * @param seed decides first parameters and the order of mini-batches
 * @param out the folder of results: a local path or a URI
 * @param settings every setting as text, for provenance, in the order of declaration
 */
record TrainingConfiguration(
    String name,
    long seed,
    String out,
    Data data,
    Model model,
    Solver solver,
    Gradient gradient,
    Train train,
    Backend backend,
    Precision precision,
    Spark spark,
    List<Setting> settings) {
  TrainingConfiguration {
    settings = List.copyOf(settings);
  }

  /** SHA-256 of the settings that have a part in the result: a resumed run must have the same. */
  String fingerprint() {
    return Setting.fingerprint(settings);
  }

  /**
   * @param path of a file, folder or glob; a relative one is relative to the working folder
   * @param labels of idx, else empty
   * @param testPath of idx where given, else empty
   * @param testLabels of idx where given, else empty
   * @param imageSize of images, else 0
   * @param delimiter between columns
   * @param labelColumn from 0, or -1 for the last
   * @param features 0 for as many as the first record has
   * @param scale features are divided by it
   * @param splitSeed decides which samples are kept for testing
   */
  record Data(
      Format format,
      String path,
      String labels,
      String testPath,
      String testLabels,
      int imageSize,
      int imageChannels,
      boolean header,
      char delimiter,
      int labelColumn,
      int features,
      int classes,
      double scale,
      boolean standardise,
      double testFraction,
      long splitSeed,
      double maxBadFraction) {}

  /**
   * @param state the width that is solved for, input-layer augmentation included
   * @param hidden widths of the field's hidden layers
   */
  record Model(ModelType type, int state, List<Integer> hidden, Activation activation) {
    Model {
      hidden = List.copyOf(hidden);
    }
  }

  /**
   * @param damping η of alf; 1 for every other method
   * @param exact whether the reversal is exact to the last bit: only alf without damping can
   */
  record Solver(Method method, int steps, double endTime, double damping, boolean exact) {}

  /**
   * @param batchSize a multiple of the block size
   * @param momentum of sgd
   * @param checkpointEvery rounds; 0 for none
   * @param evaluateEvery epochs
   */
  record Train(
      int epochs,
      int batchSize,
      int blockSize,
      Optimiser optimiser,
      double learningRate,
      double momentum,
      double beta1,
      double beta2,
      double epsilon,
      int checkpointEvery,
      int evaluateEvery,
      double maxFailedFraction) {
    int blocksPerBatch() {
      return batchSize / blockSize;
    }
  }

  /**
   * @param masterWritten whether somebody chose the master, so that spark-submit's choice yields
   * @param partitions 0 for as many as there are cores
   * @param conf passed on to Spark
   */
  record Spark(
      String master, boolean masterWritten, int partitions, SortedMap<String, String> conf) {}

  enum Format {
    CSV,
    IDX,
    IMAGES
  }

  enum ModelType {
    NEURAL_ODE_CLASSIFIER
  }

  enum Activation {
    TANH,
    SIGMOID,
    SOFTPLUS,
    RELU
  }

  enum Method {
    ALF,
    RK4
  }

  enum Gradient {
    AUTOMATIC,
    REVERSIBLE,
    DIRECT,
    CHECKPOINTED
  }

  enum Optimiser {
    ADAM,
    SGD
  }

  enum Backend {
    SIMD,
    REFERENCE
  }

  enum Precision {
    FLOAT32,
    FLOAT64
  }
}
