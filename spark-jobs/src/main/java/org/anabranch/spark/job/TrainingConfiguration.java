package org.anabranch.spark.job;

import java.util.List;
import java.util.SortedMap;
import org.anabranch.model.node.Tolerances;
import org.anabranch.spark.data.SeriesForm;
import org.anabranch.spark.data.SeriesSource;
import org.anabranch.train.OptimiserState;
import org.anabranch.train.WhenUnstable;
import org.jspecify.annotations.Nullable;

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
    int gradientStates,
    Train train,
    Backend backend,
    Precision precision,
    Paths paths,
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
   * @param label of parquet, else empty
   * @param featureColumns of parquet; none for all that are numbers
   * @param id of parquet where given, else empty
   * @param delimiter between columns
   * @param labelColumn from 0, or -1 for the last
   * @param features 0 for as many as the first record has
   * @param scale features are divided by it
   * @param classes 1 where samples have no labels
   * @param splitSeed decides which samples are kept for testing and validation
   * @param series of series; null for other formats
   */
  record Data(
      Format format,
      String path,
      String labels,
      String testPath,
      String testLabels,
      int imageSize,
      int imageChannels,
      String label,
      List<String> featureColumns,
      String id,
      boolean header,
      char delimiter,
      int labelColumn,
      int features,
      int classes,
      double scale,
      boolean standardise,
      double testFraction,
      double validationFraction,
      long splitSeed,
      double maxBadFraction,
      @Nullable Series series) {
    Data {
      featureColumns = List.copyOf(featureColumns);
    }

    /** The features of a sample as far as settings tell: 0 where the data do. */
    int declaredWidth() {
      return switch (format) {
        case IMAGES -> imageSize * imageSize * imageChannels;
        case PARQUET -> featureColumns.size();
        case CSV, IDX -> features;
        case SERIES -> series == null ? 0 : series.form().features();
      };
    }
  }

  /**
   * @param column that tells series apart; empty where every file is one
   * @param time the column that ascends; empty for none
   * @param stride rows from one window to the next
   */
  record Series(
      SeriesSource.Layout layout,
      String column,
      String time,
      int stride,
      SeriesForm form,
      Normalise normalise) {}

  /** From which values the scales of channels are taken. */
  enum Normalise {
    NONE,
    INITIAL,
    ALL
  }

  /**
   * @param state the width that is solved for, input-layer augmentation included
   * @param hidden widths of the field's hidden layers
   * @param stem the file of a network that samples pass first; empty for none
   */
  record Model(
      ModelType type, int state, List<Integer> hidden, Activation activation, String stem) {
    Model {
      hidden = List.copyOf(hidden);
    }
  }

  /**
   * @param damping η of alf; 1 for every other method
   * @param tolerances of adaptive steps; null for equal ones
   * @param exact whether the reversal is exact to the last bit: only alf without damping can
   * @param decayRate of coupled methods; null for a coupling that does not depend on the step
   */
  record Solver(
      String method,
      int steps,
      @Nullable Tolerances tolerances,
      double endTime,
      double damping,
      boolean exact,
      @Nullable Double decayRate,
      WhenUnstable whenUnstable) {}

  /** Who chooses the steps of a solve. */
  enum Stepping {
    FIXED,
    ADAPTIVE
  }

  /**
   * @param batchSize a multiple of the block size
   * @param checkpointEvery rounds; 0 for none
   * @param evaluateEvery epochs
   */
  record Train(
      int epochs,
      int batchSize,
      int blockSize,
      Rule rule,
      Schedule schedule,
      Selection selection,
      ClassWeighting classWeights,
      int checkpointEvery,
      int evaluateEvery,
      double maxFailedFraction,
      Averaging averaging) {
    int blocksPerBatch() {
      return batchSize / blockSize;
    }

    /** Samples of the strata that a partition must hold whole: of a worker, or of a block. */
    int dealtSize() {
      return averaging.mode() == Mode.AVERAGING ? averaging.workers() * blockSize : batchSize;
    }
  }

  /**
   * What an optimiser does not use is 0 or its default.
   *
   * @param rho of rmsprop and adadelta
   * @param clipValue 0 for none
   * @param clipNorm 0 for none
   */
  record Rule(
      Optimiser optimiser,
      double learningRate,
      double momentum,
      double beta1,
      double beta2,
      double rho,
      double epsilon,
      double weightDecay,
      boolean decayBiases,
      double clipValue,
      double clipNorm) {}

  /**
   * @param warmUp rounds; 0 for none
   * @param every epochs
   * @param decay 0 where it is not used
   * @param epochs of the half wave; 0 for other types
   */
  record Schedule(
      ScheduleType type,
      int warmUp,
      int every,
      double decay,
      double lowest,
      int epochs,
      int patience) {}

  /**
   * @param validateEvery epochs
   * @param earlyStopping evaluations; 0 for never
   * @param averageFrom an epoch from 1; 0 for no mean
   */
  record Selection(
      Metric metric,
      double minImprovement,
      int validateEvery,
      int earlyStopping,
      boolean keepBest,
      int averageFrom) {}

  /**
   * @param workers 0 where the mode is not averaging
   * @param localSteps of averaging, like the optimiser's state
   */
  record Averaging(Mode mode, int workers, int localSteps, OptimiserState optimiserState) {}

  /**
   * @param masterWritten whether somebody chose the master, so that spark-submit's choice yields
   * @param partitions 0 for as many as there are cores
   * @param conf passed on to Spark
   */
  record Spark(
      String master, boolean masterWritten, int partitions, SortedMap<String, String> conf) {}

  /**
   * What models of paths have beside the others' settings.
   *
   * @param method of stochastic equations
   * @param stepsPerInterval of a solve from one time of the data to the next
   * @param evaluated the most paths that the report's scores look at
   */
  record Paths(
      String method,
      int stepsPerInterval,
      int evaluated,
      GanSettings.Written gan,
      LatentSdeSettings.Written latent) {}

  enum Format {
    CSV,
    IDX,
    IMAGES,
    PARQUET,
    SERIES
  }

  enum ModelType {
    NEURAL_ODE_CLASSIFIER,
    SDE_GAN,
    LATENT_SDE;

    /** Whether it is trained on paths and draws others. */
    boolean isOfPaths() {
      return this != NEURAL_ODE_CLASSIFIER;
    }
  }

  enum Activation {
    TANH,
    SIGMOID,
    SOFTPLUS,
    RELU
  }

  enum Gradient {
    AUTOMATIC,
    REVERSIBLE,
    DIRECT,
    CHECKPOINTED,
    BINOMIAL,
    BACKSOLVE
  }

  enum Optimiser {
    ADAM,
    ADAMW,
    ADABELIEF,
    RMSPROP,
    ADADELTA,
    SGD,
    NESTEROV
  }

  enum ScheduleType {
    CONSTANT,
    STEP,
    EXPONENTIAL,
    COSINE,
    PLATEAU
  }

  enum Metric {
    LOSS,
    ACCURACY
  }

  enum Mode {
    GRADIENT,
    AVERAGING
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
