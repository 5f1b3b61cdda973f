package org.anabranch.spark.job;

import com.typesafe.config.ConfigUtil;
import java.util.ArrayList;
import java.util.List;
import org.anabranch.model.node.Tolerances;
import org.anabranch.spark.data.SeriesForm;
import org.anabranch.spark.data.SeriesSource;
import org.anabranch.spark.job.TrainingConfiguration.Averaging;
import org.anabranch.spark.job.TrainingConfiguration.Data;
import org.anabranch.spark.job.TrainingConfiguration.Format;
import org.anabranch.spark.job.TrainingConfiguration.Model;
import org.anabranch.spark.job.TrainingConfiguration.Paths;
import org.anabranch.spark.job.TrainingConfiguration.Series;
import org.anabranch.spark.job.TrainingConfiguration.Solver;
import org.anabranch.spark.job.TrainingConfiguration.Spark;
import org.anabranch.spark.job.TrainingConfiguration.Stepping;
import org.anabranch.spark.job.TrainingConfiguration.Train;
import org.jspecify.annotations.Nullable;

/** Puts valid readings together, and fills in what depends on others. */
final class Assembly {
  private static final List<Parameter<String>> SOURCES =
      List.of(
          Settings.DATA_LABELS,
          Settings.DATA_TEST_PATH,
          Settings.DATA_TEST_LABELS,
          Settings.MODEL_STEM);

  private final Readings readings;
  private final Locations locations;

  Assembly(Readings readings, Locations locations) {
    this.readings = readings;
    this.locations = locations;
  }

  TrainingConfiguration configuration() {
    readings.derive(Settings.NAME, locations.name().replaceAll("[^A-Za-z0-9._-]", "-"));
    readings.derive(Settings.OUT, "runs/" + readings.value(Settings.NAME));
    SOURCES.forEach(source -> readings.leaveOpen(source, ""));
    readings.leaveOpen(Settings.DATA_FEATURES, 0);
    readings.leaveOpen(Settings.DATA_IMAGE_SIZE, 0);
    readings.leaveOpen(Settings.DATA_LABEL, "");
    readings.leaveOpen(Settings.DATA_FEATURE_COLUMNS, List.of());
    readings.leaveOpen(Settings.DATA_ID, "");
    readings.leaveOpen(Settings.DATA_CLASSES, 1);
    leaveSeriesOpen();
    readings.leaveOpen(Settings.SPARK_PARTITIONS, 0);
    readings.leaveOpen(Settings.SOLVER_DECAY_RATE, 0.0);
    new UpdateAssembly(readings).derive();
    return new TrainingConfiguration(
        readings.value(Settings.NAME),
        readings.value(Settings.SEED),
        readings.value(Settings.OUT),
        data(),
        new Model(
            readings.value(Settings.MODEL_TYPE),
            readings.value(Settings.MODEL_STATE),
            readings.value(Settings.MODEL_HIDDEN),
            readings.value(Settings.MODEL_ACTIVATION),
            source(Settings.MODEL_STEM)),
        solver(),
        readings.value(Settings.GRADIENT),
        readings.value(Settings.GRADIENT_STATES),
        train(),
        readings.value(Settings.BACKEND),
        readings.value(Settings.PRECISION),
        new Paths(
            readings.value(PathSettings.METHOD),
            readings.value(PathSettings.STEPS_PER_INTERVAL),
            readings.value(PathSettings.EVALUATED),
            GanSettings.written(readings),
            LatentSdeSettings.written(readings)),
        new Spark(
            readings.value(Settings.SPARK_MASTER),
            readings.isWritten(Settings.SPARK_MASTER),
            readings.value(Settings.SPARK_PARTITIONS),
            readings.value(Settings.SPARK_CONF)),
        settings());
  }

  private Data data() {
    return new Data(
        readings.value(Settings.DATA_FORMAT),
        locations.source(readings.reading(Settings.DATA_PATH)),
        source(Settings.DATA_LABELS),
        source(Settings.DATA_TEST_PATH),
        source(Settings.DATA_TEST_LABELS),
        readings.value(Settings.DATA_IMAGE_SIZE),
        readings.value(Settings.DATA_IMAGE_CHANNELS),
        readings.value(Settings.DATA_LABEL),
        readings.value(Settings.DATA_FEATURE_COLUMNS),
        readings.value(Settings.DATA_ID),
        readings.value(Settings.DATA_HEADER),
        readings.value(Settings.DATA_DELIMITER).charAt(0),
        readings.value(Settings.DATA_LABEL_COLUMN),
        readings.value(Settings.DATA_FEATURES),
        readings.value(Settings.DATA_CLASSES),
        readings.value(Settings.DATA_SCALE),
        readings.value(Settings.DATA_STANDARDISE),
        readings.isWritten(Settings.DATA_TEST_PATH)
            ? 0
            : readings.value(Settings.DATA_TEST_FRACTION),
        readings.value(Settings.DATA_VALIDATION_FRACTION),
        readings.value(Settings.DATA_SPLIT_SEED),
        readings.value(Settings.DATA_MAX_BAD_FRACTION),
        readings.value(Settings.DATA_FORMAT) == Format.SERIES ? series() : null);
  }

  private void leaveSeriesOpen() {
    readings.leaveOpen(Settings.DATA_CHANNELS, List.of());
    readings.leaveOpen(Settings.DATA_LENGTH, 0);
    readings.leaveOpen(Settings.DATA_STRIDE, readings.value(Settings.DATA_LENGTH));
    readings.leaveOpen(Settings.DATA_SERIES, SeriesSource.NONE);
    readings.leaveOpen(Settings.DATA_TIME, SeriesSource.NONE);
  }

  private Series series() {
    SeriesForm form =
        new SeriesForm(
            readings.value(Settings.DATA_LENGTH),
            readings.value(Settings.DATA_CHANNELS),
            readings.value(Settings.DATA_COVARIATES),
            readings.value(Settings.DATA_TIME_STEP),
            readings.value(Settings.DATA_MAX_MISSING_FRACTION));
    return new Series(
        readings.value(Settings.DATA_LAYOUT),
        readings.value(Settings.DATA_SERIES),
        readings.value(Settings.DATA_TIME),
        readings.value(Settings.DATA_STRIDE),
        form,
        readings.value(Settings.DATA_NORMALISE));
  }

  private Solver solver() {
    String method = readings.value(Settings.SOLVER_METHOD);
    double damping = readings.value(Settings.SOLVER_DAMPING);
    return new Solver(
        method,
        readings.value(Settings.SOLVER_STEPS),
        tolerances(),
        readings.value(Settings.SOLVER_END_TIME),
        damping,
        readings.value(Settings.SOLVER_EXACT) && method.equals(SolverMethods.ALF) && damping == 1,
        readings.isWritten(Settings.SOLVER_DECAY_RATE)
            ? readings.value(Settings.SOLVER_DECAY_RATE)
            : null,
        readings.value(Settings.SOLVER_WHEN_UNSTABLE));
  }

  private @Nullable Tolerances tolerances() {
    if (readings.value(Settings.SOLVER_STEPPING) == Stepping.FIXED) {
      return null;
    }
    return new Tolerances(
        readings.value(Settings.SOLVER_RTOL),
        readings.value(Settings.SOLVER_ATOL),
        readings.value(Settings.SOLVER_MAX_STEPS));
  }

  private Train train() {
    UpdateAssembly update = new UpdateAssembly(readings);
    return new Train(
        readings.value(Settings.TRAIN_EPOCHS),
        readings.value(Settings.TRAIN_BATCH_SIZE),
        readings.value(Settings.TRAIN_BLOCK_SIZE),
        update.rule(),
        update.schedule(),
        update.selection(),
        readings.value(UpdateSettings.CLASS_WEIGHTS),
        readings.value(Settings.TRAIN_CHECKPOINT_EVERY),
        readings.value(Settings.TRAIN_EVALUATE_EVERY),
        readings.value(Settings.TRAIN_MAX_FAILED_FRACTION),
        new Averaging(
            readings.value(Settings.TRAIN_MODE),
            readings.value(Settings.TRAIN_WORKERS),
            readings.value(Settings.TRAIN_LOCAL_STEPS),
            readings.value(Settings.TRAIN_OPTIMISER_STATE)));
  }

  /**
   * What is recorded gives the same run again: a path is an absolute one, unless part of it is the
   * environment's, and exactness is what it amounts to.
   */
  private List<Setting> settings() {
    Reading<Boolean> exact = readings.reading(Settings.SOLVER_EXACT);
    if (exact.value() != solver().exact()) {
      readings.put(
          Settings.SOLVER_EXACT,
          new Reading<>(false, "false, which the other settings imply", "false", exact.place()));
    }
    recordAbsolute(Settings.DATA_PATH);
    SOURCES.forEach(this::recordAbsolute);
    List<Setting> settings = new ArrayList<>();
    for (Parameter<?> parameter : Settings.all()) {
      settings.add(setting(parameter));
    }
    return settings;
  }

  private void recordAbsolute(Parameter<String> parameter) {
    Reading<String> path = readings.reading(parameter);
    if (path.place().isWritten() && !path.written().contains("${")) {
      String absolute = ConfigUtil.quoteString(locations.absolute(locations.source(path)));
      readings.put(parameter, new Reading<>(path.value(), path.shown(), absolute, path.place()));
    }
  }

  private <T> Setting setting(Parameter<T> parameter) {
    return Setting.of(parameter, readings.reading(parameter));
  }

  private String source(Parameter<String> parameter) {
    return readings.isWritten(parameter) ? locations.source(readings.reading(parameter)) : "";
  }
}
