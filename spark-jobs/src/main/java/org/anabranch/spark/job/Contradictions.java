package org.anabranch.spark.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anabranch.spark.job.TrainingConfiguration.Backend;
import org.anabranch.spark.job.TrainingConfiguration.Gradient;
import org.anabranch.spark.job.TrainingConfiguration.Mode;
import org.anabranch.spark.job.TrainingConfiguration.Precision;
import org.anabranch.spark.job.TrainingConfiguration.Stepping;
import org.anabranch.train.WhenUnstable;

/**
 * Settings that are fine one by one and not together. Each rule looks only at settings that were
 * read; a setting without effect is a contradiction only where somebody changed it.
 */
final class Contradictions {
  /** A round's exact sums have room for this many blocks. */
  private static final int MAX_BLOCKS = 4096;

  private final Readings readings;
  private final List<Complaint> complaints = new ArrayList<>();

  private Contradictions(Readings readings) {
    this.readings = readings;
  }

  static List<Complaint> in(Readings readings) {
    Contradictions rules = new Contradictions(readings);
    rules.reversal();
    rules.backsolve();
    rules.stepping();
    rules.damping();
    rules.exactness();
    rules.coupling();
    rules.binomial();
    rules.precision();
    rules.batches();
    rules.averaging();
    rules.evaluation();
    rules.labelColumn();
    rules.complaints.addAll(DataContradictions.in(readings));
    rules.complaints.addAll(PathContradictions.in(readings));
    rules.spark();
    rules.complaints.addAll(UpdateContradictions.in(readings));
    return rules.complaints;
  }

  private void stepping() {
    if (is(Settings.SOLVER_STEPPING, Stepping.ADAPTIVE)) {
      if (readings.has(Settings.SOLVER_METHOD) && !SolverMethods.estimatesErrors(method())) {
        complain(
            Settings.SOLVER_STEPPING,
            "solver.stepping is adaptive, but solver.method %s has no error estimate"
                .formatted(method()),
            "Write solver.method = dopri5, tsit5, bosh3, dopri8, rodas4 or alf, or solver.stepping = fixed.");
      }
    } else {
      for (Parameter<?> parameter :
          List.of(Settings.SOLVER_RTOL, Settings.SOLVER_ATOL, Settings.SOLVER_MAX_STEPS)) {
        refuseAdaptive(parameter);
      }
    }
  }

  private void refuseAdaptive(Parameter<?> parameter) {
    // What a run records has every setting in it, at its default where it is of no use.
    if (readings.isWritten(parameter)
        && !parameter.standard().equals(Optional.of(readings.value(parameter)))) {
      complain(
          parameter,
          "%s is written, but solver.stepping is fixed".formatted(parameter.key()),
          "Take the line out, or write solver.stepping = adaptive.");
    }
  }

  private void reversal() {
    if (!is(Settings.GRADIENT, Gradient.REVERSIBLE) || ofPaths()) {
      return;
    }
    if (readings.has(Settings.SOLVER_METHOD) && !SolverMethods.canBeUndone(method())) {
      complain(
          Settings.GRADIENT,
          "gradient is reversible, but steps of solver.method %s cannot be undone"
              .formatted(method()),
          "Write gradient = checkpointed, or solver.method = alf.");
    } else if (damped() && !SolverMethods.canBeUndone(readings.value(Settings.SOLVER_DAMPING))) {
      complain(
          Settings.GRADIENT,
          "gradient is reversible, but with solver.damping %s a single step back multiplies round-off beyond 1e-6"
              .formatted(readings.value(Settings.SOLVER_DAMPING)),
          "Write gradient = checkpointed, or solver.damping = 0.9.");
    }
  }

  private void backsolve() {
    if (is(Settings.GRADIENT, Gradient.BACKSOLVE)
        && readings.has(Settings.SOLVER_METHOD)
        && !SolverMethods.canSolveBack(method())) {
      boolean undone = SolverMethods.canBeUndone(method());
      complain(
          Settings.GRADIENT,
          "gradient is backsolve, but solver.method %s %s"
              .formatted(
                  method(),
                  undone
                      ? "carries more than the solution from step to step"
                      : "would need second derivatives of the field"),
          "Write gradient = %s, or solver.method = tsit5."
              .formatted(undone ? "automatic" : "checkpointed"));
    }
  }

  private void damping() {
    if (isNotAlf() && damped()) {
      complain(
          Settings.SOLVER_DAMPING,
          "solver.damping is %s, but only solver.method alf has damping"
              .formatted(readings.value(Settings.SOLVER_DAMPING)),
          "Take the line out, or write solver.method = alf.");
    }
  }

  private void coupling() {
    if (readings.isWritten(Settings.SOLVER_DECAY_RATE)
        && readings.has(Settings.SOLVER_METHOD)
        && !method().startsWith(SolverMethods.COUPLED)) {
      complain(
          Settings.SOLVER_DECAY_RATE,
          "solver.decay-rate is for coupled methods, but solver.method is %s".formatted(method()),
          "Take the line out, or write solver.method = coupled-dopri5.");
    }
    if (is(Settings.SOLVER_WHEN_UNSTABLE, WhenUnstable.SWITCH)
        && (isNotAlf() || is(Settings.SOLVER_STEPPING, Stepping.ADAPTIVE))) {
      complain(
          Settings.SOLVER_WHEN_UNSTABLE,
          "solver.when-unstable is switch, which is for fixed steps of alf",
          "Write solver.when-unstable = warn, or solver { method = alf, stepping = fixed }.");
    }
  }

  private void binomial() {
    Parameter<Integer> states = Settings.GRADIENT_STATES;
    if (readings.has(states, Settings.GRADIENT)
        && !states.standard().equals(Optional.of(readings.value(states)))
        && !is(Settings.GRADIENT, Gradient.BINOMIAL)) {
      complain(
          Settings.GRADIENT_STATES,
          "gradient-states is written, but only gradient = binomial looks at it",
          "Take the line out, or write gradient = binomial.");
    }
  }

  private void precision() {
    if (is(Settings.BACKEND, Backend.REFERENCE)
        && readings.isWritten(Settings.PRECISION)
        && is(Settings.PRECISION, Precision.FLOAT32)) {
      complain(
          Settings.PRECISION,
          "precision is float32, but backend reference works in float64 only",
          "Take the line out, or write backend = simd.");
    }
  }

  private void exactness() {
    if (!readings.isWritten(Settings.SOLVER_EXACT) || !is(Settings.SOLVER_EXACT, true)) {
      return;
    }
    if (isNotAlf()) {
      complain(
          Settings.SOLVER_EXACT,
          "solver.exact is true, but steps of solver.method %s cannot be undone to the last bit"
              .formatted(method()),
          "Take the line out, or write solver.method = alf.");
    } else if (damped()) {
      complain(
          Settings.SOLVER_EXACT,
          "solver.exact is true, but solver.damping %s discards bits"
              .formatted(readings.value(Settings.SOLVER_DAMPING)),
          "Take the line out, or write solver.damping = 1.");
    }
  }

  private void batches() {
    if (!readings.has(Settings.TRAIN_BATCH_SIZE, Settings.TRAIN_BLOCK_SIZE)) {
      return;
    }
    int batch = readings.value(Settings.TRAIN_BATCH_SIZE);
    int block = readings.value(Settings.TRAIN_BLOCK_SIZE);
    if (batch % block != 0) {
      int below = batch / block * block;
      String nearest = below == 0 ? "%d" : "%2$d or %1$d";
      complain(
          Settings.TRAIN_BATCH_SIZE,
          "train.batch-size is %d; it must be a multiple of train.block-size %d"
              .formatted(batch, block),
          ("The nearest are " + nearest + ".")
              .formatted(below + block, below)
              .replace("The nearest are " + block + ".", "The nearest is " + block + "."));
    } else if (batch / block > MAX_BLOCKS) {
      complain(
          Settings.TRAIN_BATCH_SIZE,
          "train.batch-size is %d; it must be at most %d blocks of %d"
              .formatted(batch, MAX_BLOCKS, block),
          "Write %d or less.".formatted(MAX_BLOCKS * block));
    }
  }

  private void averaging() {
    if (is(Settings.TRAIN_MODE, Mode.GRADIENT)) {
      unusedByGradients(Settings.TRAIN_WORKERS);
      unusedByGradients(Settings.TRAIN_LOCAL_STEPS);
      unusedByGradients(Settings.TRAIN_OPTIMISER_STATE);
    } else if (is(Settings.TRAIN_MODE, Mode.AVERAGING)) {
      if (!is(Settings.TRAIN_WORKERS, 0)) {
        sharesOfWorkers();
      } else {
        complain(
            Settings.TRAIN_MODE,
            "train.mode is averaging, but train.workers does not say of how many",
            "Write for example train.workers = 4; the result depends on it, so it is not taken from the cluster.");
      }
    }
  }

  private void unusedByGradients(Parameter<?> parameter) {
    if (readings.isChanged(parameter)) {
      complain(
          parameter,
          "%s is %s, but train.mode gradient does not use it"
              .formatted(parameter.key(), readings.reading(parameter).shown()),
          "Take the line out, or write train.mode = averaging.");
    }
  }

  private void sharesOfWorkers() {
    if (!readings.has(
        Settings.TRAIN_WORKERS, Settings.TRAIN_BATCH_SIZE, Settings.TRAIN_BLOCK_SIZE)) {
      return;
    }
    int workers = readings.value(Settings.TRAIN_WORKERS);
    int batch = readings.value(Settings.TRAIN_BATCH_SIZE);
    int block = readings.value(Settings.TRAIN_BLOCK_SIZE);
    if (batch % block == 0 && batch / block % workers != 0) {
      complain(
          Settings.TRAIN_WORKERS,
          "train.workers is %d, but the %d blocks of %d in train.batch-size %d do not make equal shares"
              .formatted(workers, batch / block, block, batch),
          "Write train.batch-size = %d, of which each worker has %d."
              .formatted(
                  workers * block * Math.max(1, batch / block / workers),
                  block * Math.max(1, batch / block / workers)));
    }
  }

  private void evaluation() {
    if (is(Settings.DATA_TEST_FRACTION, 0.0) && readings.isChanged(Settings.TRAIN_EVALUATE_EVERY)) {
      complain(
          Settings.TRAIN_EVALUATE_EVERY,
          "train.evaluate-every is %s, but data.test-fraction 0 keeps no samples for testing"
              .formatted(readings.reading(Settings.TRAIN_EVALUATE_EVERY).shown()),
          "Take the line out, or write for example data.test-fraction = 0.2.");
    }
  }

  private void labelColumn() {
    if (!readings.has(Settings.DATA_LABEL_COLUMN, Settings.DATA_FEATURES)) {
      return;
    }
    int column = readings.value(Settings.DATA_LABEL_COLUMN);
    int features = readings.value(Settings.DATA_FEATURES);
    if (column > features) {
      complain(
          Settings.DATA_LABEL_COLUMN,
          "data.label-column is %d, but with data.features %d the columns are 0 to %d"
              .formatted(column, features, features),
          "Columns count from 0; write last or %d for the last.".formatted(features));
    }
  }

  private void spark() {
    if (!readings.has(Settings.SPARK_CONF)) {
      return;
    }
    for (Map.Entry<String, String> entry : readings.value(Settings.SPARK_CONF).entrySet()) {
      switch (entry.getKey()) {
        case "spark.master" ->
            complainOfSpark(
                entry.getKey(), "has its own setting", "Write spark.master = … beside spark.conf.");
        case "spark.driver.memory",
            "spark.driver.extraJavaOptions",
            "spark.driver.extraClassPath" ->
            complainOfSpark(
                entry.getKey(),
                "comes too late, since the driver is this process and runs already",
                "Set the environment variable ANABRANCH_JAVA_OPTS, for example to -Xmx8g.");
        default -> {
          if (!entry.getKey().startsWith("spark.")) {
            complainOfSpark(
                entry.getKey(),
                "is no setting of Spark",
                "Names begin with spark., those of Hadoop with spark.hadoop.");
          }
        }
      }
    }
  }

  private void complainOfSpark(String key, String why, String remedy) {
    complain(Settings.SPARK_CONF, "spark.conf: %s %s".formatted(key, why), remedy);
  }

  private String method() {
    return readings.value(Settings.SOLVER_METHOD);
  }

  /** Whose equations another setting names the method of. */
  private boolean ofPaths() {
    return readings.has(Settings.MODEL_TYPE) && readings.value(Settings.MODEL_TYPE).isOfPaths();
  }

  private boolean isNotAlf() {
    return readings.has(Settings.SOLVER_METHOD) && !method().equals(SolverMethods.ALF);
  }

  private boolean damped() {
    return readings.has(Settings.SOLVER_DAMPING) && readings.value(Settings.SOLVER_DAMPING) < 1;
  }

  private <T> boolean is(Parameter<T> parameter, T value) {
    return readings.has(parameter) && readings.value(parameter).equals(value);
  }

  private void complain(Parameter<?> parameter, String fact, String remedy) {
    complaints.add(new Complaint(readings.reading(parameter).place(), fact, remedy));
  }
}
