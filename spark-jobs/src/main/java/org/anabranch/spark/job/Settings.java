package org.anabranch.spark.job;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.regex.Pattern;
import org.anabranch.spark.data.ImageSource;
import org.anabranch.spark.data.SeriesSource.Layout;
import org.anabranch.spark.job.TrainingConfiguration.Activation;
import org.anabranch.spark.job.TrainingConfiguration.Backend;
import org.anabranch.spark.job.TrainingConfiguration.Format;
import org.anabranch.spark.job.TrainingConfiguration.Gradient;
import org.anabranch.spark.job.TrainingConfiguration.Mode;
import org.anabranch.spark.job.TrainingConfiguration.ModelType;
import org.anabranch.spark.job.TrainingConfiguration.Normalise;
import org.anabranch.spark.job.TrainingConfiguration.Optimiser;
import org.anabranch.spark.job.TrainingConfiguration.Precision;
import org.anabranch.spark.job.TrainingConfiguration.Stepping;
import org.anabranch.train.OptimiserState;
import org.anabranch.train.WhenUnstable;

/**
 * Every setting of a training run, declared once. A new flag is one declaration here and one
 * component of {@link TrainingConfiguration}; {@code docs/configuration.md} follows by {@code
 * anabranch settings}.
 */
final class Settings {
  private static final List<Parameter<?>> DECLARED = new ArrayList<>();

  static final Parameter<String> NAME =
      declare(
          Parameter.derived(
                  "name",
                  Scalar.label(),
                  "the file's name without .conf",
                  "digits",
                  "What the run is called.")
              .withoutEffectOnResult());
  static final Parameter<Long> SEED =
      declare(
          Parameter.of(
              "seed",
              Scalar.wholeNumber(),
              1L,
              "Decides the first parameters and the order of mini-batches."));
  static final Parameter<String> OUT =
      declare(
          Parameter.derived(
                  "out",
                  Scalar.path(),
                  "runs/<name>",
                  "runs/digits",
                  "The folder of the run's results, on any Hadoop file system; a relative path"
                      + " starts at the working folder.")
              .withoutEffectOnResult());

  static final Parameter<String> DATA_PATH =
      declare(
          Parameter.required(
                  "data.path",
                  Scalar.path(),
                  "\"data/digits.csv.gz\"",
                  "A file, a folder or a glob, on any Hadoop file system; compressed files by their"
                      + " suffix. A relative path starts at the folder of the file that says it; on"
                      + " the command line, at the working folder.")
              .withoutEffectOnResult());
  static final Parameter<Format> DATA_FORMAT =
      declare(
          Parameter.of(
              "data.format",
              Scalar.choice(Format.class),
              Format.CSV,
              "How records are written. csv: a line each. idx: arrays and labels in two files, as"
                  + " MNIST is. images: PNG and JPEG files, a folder for each class."
                  + " parquet: columns of tables. series: numbers along time, without labels"
                  + " (docs/series.md)."));
  static final Parameter<String> DATA_LABELS =
      declare(
          Parameter.derived(
                  "data.labels",
                  Scalar.path(),
                  "none",
                  "\"train-labels-idx1-ubyte.gz\"",
                  "Of idx: the labels of data.path, which then holds the arrays.")
              .withoutEffectOnResult());
  static final Parameter<String> DATA_TEST_PATH =
      declare(
          Parameter.derived(
                  "data.test-path",
                  Scalar.path(),
                  "none",
                  "\"t10k-images-idx3-ubyte.gz\"",
                  "Of idx: arrays that are for testing only; without them, data.test-fraction is.")
              .withoutEffectOnResult());
  static final Parameter<String> DATA_TEST_LABELS =
      declare(
          Parameter.derived(
                  "data.test-labels",
                  Scalar.path(),
                  "none",
                  "\"t10k-labels-idx1-ubyte.gz\"",
                  "Of idx: the labels of data.test-path.")
              .withoutEffectOnResult());
  static final Parameter<Integer> DATA_IMAGE_SIZE =
      declare(
          Parameter.derived(
              "data.image-size",
              Scalar.count(Bounds.between(1, ImageSource.MOST_SIZE)),
              "none",
              "32",
              "Of images: the side to which every picture is resized, in pixels."));
  static final Parameter<Integer> DATA_IMAGE_CHANNELS =
      declare(
          Parameter.of(
              "data.image-channels",
              Scalar.oneOf(1, 3),
              3,
              "Of images: 1 for grey, 3 for red, green and blue."));
  static final Parameter<String> DATA_LABEL =
      declare(
          Parameter.derived(
              "data.label",
              Scalar.columnName(),
              "none",
              "label",
              "Of parquet: the column of the label."));
  static final Parameter<List<String>> DATA_FEATURE_COLUMNS =
      declare(
          Parameter.derived(
              "data.feature-columns",
              new Names(),
              "all columns of numbers but data.label and data.id, in the schema's order",
              "[length, width]",
              "Of parquet: the columns of the features, in this order."));
  static final Parameter<String> DATA_ID =
      declare(
          Parameter.derived(
              "data.id",
              Scalar.columnName(),
              "none: rows are told apart by what they hold, and equal ones are counted",
              "sample",
              "Of parquet: a column of whole numbers or text whose value no two rows share."));
  static final Parameter<Layout> DATA_LAYOUT =
      declare(
          Parameter.of(
              "data.layout",
              Scalar.choice(Layout.class),
              Layout.WIDE,
              "Of series. wide: a line is a series, its channels at the first time, then at the"
                  + " second and so on, then covariates. long: a line is one time of a series, and"
                  + " the first line names the columns."));
  static final Parameter<List<String>> DATA_CHANNELS =
      declare(
          Parameter.derived(
              "data.channels",
              new Names(),
              "none",
              "[temperature, pressure]",
              "Of series: what is measured at every time. wide: names to give, in the order of the"
                  + " columns. long: columns."));
  static final Parameter<Integer> DATA_LENGTH =
      declare(
          Parameter.derived(
              "data.length",
              Scalar.count(Bounds.between(2, 1_000_000)),
              "none",
              "64",
              "Of series: the times of a sample. long: the rows of a window."));
  static final Parameter<Integer> DATA_STRIDE =
      declare(
          Parameter.derived(
              "data.stride",
              Scalar.count(Bounds.atLeast(1)),
              "data.length, so that windows share no row",
              "16",
              "Of long series: rows from the begin of a window to that of the next. Where windows"
                  + " share rows, parts are spans of time: of the rows of every series the last"
                  + " data.test-fraction is for testing, what lies before it for validation, and"
                  + " windows across a border are left out; a series too short for that is of one"
                  + " part as a whole."));
  static final Parameter<String> DATA_SERIES =
      declare(
          Parameter.derived(
              "data.series",
              Scalar.columnName(),
              "none: every file is one series",
              "station",
              "Of long series: the column that tells series apart; the rows of one stand together,"
                  + " and no window spans two."));
  static final Parameter<String> DATA_TIME =
      declare(
          Parameter.derived(
              "data.time",
              Scalar.columnName(),
              "none: rows stand in the order of time",
              "day",
              "Of long series: a column of numbers, dates or dates and times that must ascend"
                  + " within a series. Rows are taken to be equally far apart."));
  static final Parameter<List<String>> DATA_COVARIATES =
      declare(
          Parameter.of(
              "data.covariates",
              new Names(),
              List.of(),
              "Of series: numbers that belong to a whole series. wide: names of the last columns."
                  + " long: columns, read in the first row of a window."));
  static final Parameter<Double> DATA_TIME_STEP =
      declare(
          Parameter.of(
              "data.time-step",
              Scalar.number(Bounds.above(0)),
              1.0,
              "Of series: from one time to the next, in the units of the model; the first is 0."));
  static final Parameter<Double> DATA_MAX_MISSING_FRACTION =
      declare(
          Parameter.of(
              "data.max-missing-fraction",
              Scalar.number(Bounds.between(0, 1)),
              0.5,
              "Of series: the share of missing values (an empty field, or NA) above which a sample"
                  + " is an unreadable record."));
  static final Parameter<Normalise> DATA_NORMALISE =
      declare(
          Parameter.of(
              "data.normalise",
              Scalar.choice(Normalise.class),
              Normalise.NONE,
              "Of series: whether the model takes a mean from every channel and divides by a"
                  + " deviation: those of training samples at the first time (initial), or at all"
                  + " times (all). What it draws is scaled back."));
  static final Parameter<Boolean> DATA_HEADER =
      declare(
          Parameter.of(
              "data.header",
              Scalar.flag(),
              false,
              "Whether the first line of every file holds names; that of long series always"
                  + " does."));
  static final Parameter<String> DATA_DELIMITER =
      declare(
          Parameter.of(
              "data.delimiter",
              Scalar.checkedText(
                  "character",
                  Pattern.compile("(?s)[^\"\\r\\n.+\\-eE0-9]"),
                  "one character that no number contains"),
              ",",
              "What stands between two columns."));
  static final Parameter<Integer> DATA_LABEL_COLUMN =
      declare(
          Parameter.of(
              "data.label-column",
              Scalar.column(),
              -1,
              "The column of the label; all others are features."));
  static final Parameter<Integer> DATA_FEATURES =
      declare(
          Parameter.derived(
              "data.features",
              Scalar.count(Bounds.atLeast(1)),
              "as many as the first record has",
              "64",
              "The number of feature columns."));
  static final Parameter<Integer> DATA_CLASSES =
      declare(
          Parameter.derived(
              "data.classes",
              Scalar.count(Bounds.atLeast(2)),
              "needed by all formats but series",
              "10",
              "Labels are whole numbers from 0 to one less than this."));
  static final Parameter<Double> DATA_SCALE =
      declare(
          Parameter.of(
              "data.scale",
              Scalar.number(Bounds.above(0)),
              1.0,
              "Every feature is divided by it, so that values lie between about -1 and 1."));
  static final Parameter<Boolean> DATA_STANDARDISE =
      declare(
          Parameter.of(
              "data.standardise",
              Scalar.flag(),
              false,
              "Whether the mean of the training samples is taken from every feature and the rest"
                  + " divided by their standard deviation. Both are saved with the model."));
  static final Parameter<Double> DATA_TEST_FRACTION =
      declare(
          Parameter.of(
              "data.test-fraction",
              Scalar.number(Bounds.between(0, 1).withoutHigh()),
              0.2,
              "The share of each class that is kept for testing."));
  static final Parameter<Double> DATA_VALIDATION_FRACTION =
      declare(
          Parameter.of(
              "data.validation-fraction",
              Scalar.number(Bounds.between(0, 1).withoutHigh()),
              0.0,
              "The share of each class that is kept for validation: to stop early, to keep the best"
                  + " and to lower the learning rate by. The test samples stay the same."));
  static final Parameter<Long> DATA_SPLIT_SEED =
      declare(
          Parameter.of(
              "data.split-seed",
              Scalar.wholeNumber(),
              0L,
              "Decides which samples are kept for testing and validation; another seed leaves them"
                  + " as they are."));
  static final Parameter<Double> DATA_MAX_BAD_FRACTION =
      declare(
          Parameter.of(
                  "data.max-bad-fraction",
                  Scalar.number(Bounds.between(0, 1)),
                  0.0,
                  "The share of unreadable records above which the data are refused.")
              .withoutEffectOnResult());

  static final Parameter<ModelType> MODEL_TYPE =
      declare(
          Parameter.of(
              "model.type",
              Scalar.choice(ModelType.class),
              ModelType.NEURAL_ODE_CLASSIFIER,
              "The system that is trained."));
  static final Parameter<Integer> MODEL_STATE =
      declare(
          Parameter.of(
              "model.state",
              Scalar.count(Bounds.between(1, 65536)),
              64,
              "The width that is solved for: the features, and beyond them what the input layer"
                  + " adds."));
  static final Parameter<List<Integer>> MODEL_HIDDEN =
      declare(
          Parameter.of(
              "model.hidden",
              new WholeNumbers(Bounds.between(1, 65536)),
              List.of(64),
              "Widths of the hidden layers of the network that gives dz/dt; [] for none."));
  static final Parameter<Activation> MODEL_ACTIVATION =
      declare(
          Parameter.of(
              "model.activation",
              Scalar.choice(Activation.class),
              Activation.TANH,
              "What stands between two layers."));

  static final Parameter<String> MODEL_STEM =
      declare(
          Parameter.derived(
                  "model.stem",
                  Scalar.path(),
                  "none",
                  "\"features.zip\"",
                  "A network saved by DL4J's ModelSerializer, on any Hadoop file system, that every"
                      + " sample passes before the model's own layers; it is not trained. Needs"
                      + " DL4J's jars (docs/dl4j.md). A relative path is looked for as that of"
                      + " data.path is. The run keeps a copy.")
              .withoutEffectOnResult());

  static final Parameter<String> SOLVER_METHOD =
      declare(
          Parameter.of(
              "solver.method",
              Scalar.among(SolverMethods.names()),
              SolverMethods.ALF,
              "alf: asynchronous leapfrog, order 2, one evaluation a step, can be undone. The"
                  + " others are explicit Runge-Kutta methods: euler (order 1), midpoint, heun and"
                  + " ralston (2), bosh3 (3), rk4 (4), dopri5 and tsit5 (5), dopri8 (8); rodas4 (4)"
                  + " is for stiff fields of some tens of components. With coupled- before its name"
                  + " one can be undone too, for twice the evaluations (McCallum and Foster's"
                  + " coupling, λ = 0.99)."));
  static final Parameter<Integer> SOLVER_STEPS =
      declare(
          Parameter.of(
              "solver.steps",
              Scalar.count(Bounds.between(1, 10_000_000)),
              10,
              "Equal steps from time 0 to the end time; not looked at by adaptive stepping."));
  static final Parameter<Stepping> SOLVER_STEPPING =
      declare(
          Parameter.of(
              "solver.stepping",
              Scalar.choice(Stepping.class),
              Stepping.FIXED,
              "fixed: solver.steps equal steps. adaptive: each sample's error chooses its own, by"
                  + " solver.rtol and solver.atol; for methods with an error estimate."));
  static final Parameter<Double> SOLVER_RTOL =
      declare(
          Parameter.of(
              "solver.rtol",
              Scalar.number(Bounds.between(0, 1).withoutLow()),
              1e-3,
              "Of adaptive steps: the error that a step may make, for each 1 of a component's"
                  + " magnitude."));
  static final Parameter<Double> SOLVER_ATOL =
      declare(
          Parameter.of(
              "solver.atol",
              Scalar.number(Bounds.above(0)),
              1e-5,
              "Of adaptive steps: the error that a step may make besides, however small the"
                  + " component."));
  static final Parameter<Integer> SOLVER_MAX_STEPS =
      declare(
          Parameter.of(
              "solver.max-steps",
              Scalar.count(Bounds.between(1, 10_000_000)),
              10_000,
              "Of adaptive steps: a sample that tries more, rejected ones among them, has"
                  + " failed."));
  static final Parameter<Double> SOLVER_END_TIME =
      declare(
          Parameter.of(
              "solver.end-time", Scalar.number(Bounds.above(0)), 1.0, "Where the solve ends."));
  static final Parameter<Double> SOLVER_DAMPING =
      declare(
          Parameter.of(
              "solver.damping",
              Scalar.number(Bounds.between(0.5, 1).withoutLow()),
              1.0,
              "Of alf: below 1 it damps stiff fields, has order 1, and is no longer undone"
                  + " exactly."));
  static final Parameter<Boolean> SOLVER_EXACT =
      declare(
          Parameter.of(
              "solver.exact",
              Scalar.flag(),
              true,
              "Of alf without damping: whether states lie on a grid, so that the backward pass"
                  + " restores them to the last bit."));

  static final Parameter<Double> SOLVER_DECAY_RATE =
      declare(
          Parameter.derived(
              "solver.decay-rate",
              Scalar.number(Bounds.above(0)),
              "a coupling of 0.99",
              "20",
              "Of coupled methods: a rate c at which solutions may decay, in units of one over"
                  + " time. Each step's coupling is exp(-c h), stable up to that rate; gradient ="
                  + " reversible keeps one state for every 22 / c of time."));
  static final Parameter<WhenUnstable> SOLVER_WHEN_UNSTABLE =
      declare(
          Parameter.of(
              "solver.when-unstable",
              Scalar.choice(WhenUnstable.class),
              WhenUnstable.WARN,
              "When alf or a coupled method no longer follows the field (|v - f| above half of the"
                  + " velocity). warn: say so, once. stop: end the run before that round changes"
                  + " anything. switch: compute the round again, and go on, with coupled-heun at a"
                  + " decay rate of 2 / step; for fixed steps of alf."));

  static {
    DECLARED.addAll(PathSettings.all());
    DECLARED.addAll(GanSettings.all());
    DECLARED.addAll(LatentSdeSettings.all());
  }

  static final Parameter<Gradient> GRADIENT =
      declare(
          Parameter.of(
              "gradient",
              Scalar.choice(Gradient.class),
              Gradient.AUTOMATIC,
              "How the backward pass gets the states. reversible: it undoes the steps, memory of"
                  + " one step. checkpointed: it keeps a few and computes the others again."
                  + " binomial: it keeps gradient-states of them, whatever the steps, and takes as"
                  + " few steps again as can be. direct: it keeps all. automatic: reversible where"
                  + " that is exact, else checkpointed. backsolve: the continuous adjoint, memory"
                  + " of one step, but not the gradient of the numbers computed: an error of the"
                  + " size of the solver's."));
  static final Parameter<Integer> GRADIENT_STATES =
      declare(
          Parameter.of(
                  "gradient-states",
                  Scalar.count(Bounds.between(1, 1_000_000)),
                  8,
                  "Of gradient = binomial: states of a block kept at a time.")
              .withoutEffectOnResult());

  static final Parameter<Integer> TRAIN_EPOCHS =
      declare(
          Parameter.of(
                  "train.epochs",
                  Scalar.count(Bounds.atLeast(1)),
                  10,
                  "How often every training sample is seen.")
              .withoutEffectOnResult());
  static final Parameter<Integer> TRAIN_BATCH_SIZE =
      declare(
          Parameter.of(
              "train.batch-size",
              Scalar.count(Bounds.atLeast(1)),
              128,
              "Samples of a step, of all workers together: whole blocks, at most 4096 of them, and"
                  + " as many for each worker."));
  static final Parameter<Integer> TRAIN_BLOCK_SIZE =
      declare(
          Parameter.of(
              "train.block-size",
              Scalar.oneOf(32, 64),
              32,
              "Samples of a block, which is packed, moved and computed as one."));
  static final Parameter<Optimiser> TRAIN_OPTIMISER =
      declare(
          Parameter.of(
              "train.optimiser",
              Scalar.choice(Optimiser.class),
              Optimiser.ADAM,
              "The rule that turns gradients into steps."));
  static final Parameter<Mode> TRAIN_MODE =
      declare(
          Parameter.of(
              "train.mode",
              Scalar.choice(Mode.class),
              Mode.GRADIENT,
              "gradient: a round is one step, with the gradient over the whole mini-batch."
                  + " averaging: in a round each worker takes local steps, then parameters are"
                  + " averaged."));
  static final Parameter<Integer> TRAIN_WORKERS =
      declare(
          Parameter.of(
              "train.workers",
              Scalar.count(Bounds.between(0, 4096)),
              0,
              "Of averaging, which needs at least 1: logical workers, each with its share of the"
                  + " data. Never taken from the cluster: as many threads and executors compute"
                  + " them as there are."));
  static final Parameter<Integer> TRAIN_LOCAL_STEPS =
      declare(
          Parameter.of(
              "train.local-steps",
              Scalar.count(Bounds.between(1, 1_000_000)),
              8,
              "Of averaging: steps of every worker between two averages."));
  static final Parameter<OptimiserState> TRAIN_OPTIMISER_STATE =
      declare(
          Parameter.of(
              "train.optimiser-state",
              Scalar.choice(OptimiserState.class),
              OptimiserState.AVERAGE,
              "Of averaging: whether the optimiser's state is averaged with the parameters, or"
                  + " every worker starts a round without one."));
  static final Parameter<Integer> TRAIN_CHECKPOINT_EVERY =
      declare(
          Parameter.of(
                  "train.checkpoint-every",
                  Scalar.count(Bounds.atLeast(0)),
                  100,
                  "Rounds between two checkpoints, from which --resume goes on; 0 for none.")
              .withoutEffectOnResult());
  static final Parameter<Integer> TRAIN_EVALUATE_EVERY =
      declare(
          Parameter.of(
                  "train.evaluate-every",
                  Scalar.count(Bounds.atLeast(1)),
                  5,
                  "Epochs between two evaluations on the samples kept for testing; the end is"
                      + " always evaluated.")
              .withoutEffectOnResult());
  static final Parameter<Double> TRAIN_MAX_FAILED_FRACTION =
      declare(
          Parameter.of(
                  "train.max-failed-fraction",
                  Scalar.number(Bounds.between(0, 1)),
                  0.01,
                  "The share of a round's samples whose solve may fail before the run stops.")
              .withoutEffectOnResult());

  static {
    DECLARED.addAll(UpdateSettings.all());
  }

  static final Parameter<Backend> BACKEND =
      declare(
          Parameter.of(
              "backend",
              Scalar.choice(Backend.class),
              Backend.SIMD,
              "simd: the processor's vector unit. reference: float64 in plain loops, slow, to"
                  + " compare with."));
  static final Parameter<Precision> PRECISION =
      declare(
          Parameter.of(
              "precision",
              Scalar.choice(Precision.class),
              Precision.FLOAT32,
              "In which numbers backend simd works, and the model is written; backend reference"
                  + " works in float64 always."));

  static final Parameter<String> SPARK_MASTER =
      declare(
          Parameter.of(
                  "spark.master",
                  Scalar.checkedText(
                      Scalar.CHOICE,
                      Pattern.compile(
                          "local(\\[(\\*|[1-9]\\d*)(,\\d+)?])?|local-cluster\\[\\d+,\\d+,\\d+]"
                              + "|spark://[^\\s/,:]+:\\d+(,[^\\s/,:]+:\\d+)*|yarn|k8s://\\S+"),
                      "local[N], local[*], local-cluster[executors,cores,megabytes],"
                          + " spark://host:port, yarn or k8s://https://host:port"),
                  "local[*]",
                  "Where Spark runs: in this process on N threads or all cores, in a cluster of"
                      + " processes on this machine, or on a Spark cluster.")
              .shownAs("local[*]")
              .withoutEffectOnResult());
  static final Parameter<Integer> SPARK_PARTITIONS =
      declare(
          Parameter.derived(
                  "spark.partitions",
                  Scalar.count(Bounds.atLeast(1)),
                  "as many as there are cores",
                  "8",
                  "The number of tasks of a round; where it is written, rounds are Spark jobs under"
                      + " local[N] too, not threads alone. The result does not depend on it.")
              .withoutEffectOnResult());
  static final Parameter<SortedMap<String, String>> SPARK_CONF =
      declare(
          new Parameter<>(
              "spark.conf",
              new Entries(),
              Optional.of(Collections.emptySortedMap()),
              "{}",
              "{ spark.executor.memory = 4g }",
              Parameter.Effect.NONE,
              "Settings of Spark itself, passed on as they are."));

  private Settings() {}

  /** All of them, in the order in which people read them. */
  static List<Parameter<?>> all() {
    return Collections.unmodifiableList(DECLARED);
  }

  private static <T> Parameter<T> declare(Parameter<T> parameter) {
    DECLARED.add(parameter);
    return parameter;
  }
}
