package org.anabranch.spark.job;

import org.anabranch.spark.job.TrainingConfiguration.Optimiser;
import org.anabranch.spark.job.TrainingConfiguration.Rule;
import org.anabranch.spark.job.TrainingConfiguration.Schedule;
import org.anabranch.spark.job.TrainingConfiguration.ScheduleType;
import org.anabranch.spark.job.TrainingConfiguration.Selection;

/** The part of an {@link Assembly} that has to do with {@link UpdateSettings}. */
final class UpdateAssembly {
  private final Readings readings;

  UpdateAssembly(Readings readings) {
    this.readings = readings;
  }

  /** Fills in what depends on the optimiser, the schedule or the epochs. */
  void derive() {
    Optimiser optimiser = readings.value(Settings.TRAIN_OPTIMISER);
    readings.derive(UpdateSettings.LEARNING_RATE, optimiser == Optimiser.ADADELTA ? 1 : 0.001);
    readings.derive(UpdateSettings.WEIGHT_DECAY, optimiser == Optimiser.ADAMW ? 0.01 : 0);
    deriveIf(
        UpdateContradictions.uses(optimiser, UpdateSettings.MOMENTUM),
        UpdateSettings.MOMENTUM,
        optimiser == Optimiser.NESTEROV ? 0.9 : 0);
    deriveIf(
        UpdateContradictions.uses(optimiser, UpdateSettings.EPSILON),
        UpdateSettings.EPSILON,
        epsilon(optimiser));
    ScheduleType type = readings.value(UpdateSettings.SCHEDULE_TYPE);
    deriveIf(
        UpdateContradictions.uses(type, UpdateSettings.SCHEDULE_DECAY),
        UpdateSettings.SCHEDULE_DECAY,
        type == ScheduleType.EXPONENTIAL ? 0.95 : 0.1);
    if (type == ScheduleType.COSINE) {
      readings.derive(UpdateSettings.SCHEDULE_EPOCHS, readings.value(Settings.TRAIN_EPOCHS));
    } else {
      readings.leaveOpen(UpdateSettings.SCHEDULE_EPOCHS, 0);
    }
  }

  private void deriveIf(boolean used, Parameter<Double> parameter, double value) {
    if (used) {
      readings.derive(parameter, value);
    } else {
      readings.leaveOpen(parameter, 0.0);
    }
  }

  /** ND4J's, which are those of the papers. */
  private static double epsilon(Optimiser optimiser) {
    return switch (optimiser) {
      case ADADELTA -> 1e-6;
      case ADABELIEF -> 1e-14;
      case ADAM, ADAMW, RMSPROP, SGD, NESTEROV -> 1e-8;
    };
  }

  Rule rule() {
    return new Rule(
        readings.value(Settings.TRAIN_OPTIMISER),
        readings.value(UpdateSettings.LEARNING_RATE),
        readings.value(UpdateSettings.MOMENTUM),
        readings.value(UpdateSettings.BETA1),
        readings.value(UpdateSettings.BETA2),
        readings.value(UpdateSettings.RHO),
        readings.value(UpdateSettings.EPSILON),
        readings.value(UpdateSettings.WEIGHT_DECAY),
        readings.value(UpdateSettings.DECAY_BIASES),
        readings.value(UpdateSettings.CLIP_VALUE),
        readings.value(UpdateSettings.CLIP_NORM));
  }

  Schedule schedule() {
    return new Schedule(
        readings.value(UpdateSettings.SCHEDULE_TYPE),
        readings.value(UpdateSettings.SCHEDULE_WARM_UP),
        readings.value(UpdateSettings.SCHEDULE_EVERY),
        readings.value(UpdateSettings.SCHEDULE_DECAY),
        readings.value(UpdateSettings.SCHEDULE_LOWEST),
        readings.value(UpdateSettings.SCHEDULE_EPOCHS),
        readings.value(UpdateSettings.SCHEDULE_PATIENCE));
  }

  Selection selection() {
    return new Selection(
        readings.value(UpdateSettings.METRIC),
        readings.value(UpdateSettings.MIN_IMPROVEMENT),
        readings.value(UpdateSettings.VALIDATE_EVERY),
        readings.value(UpdateSettings.EARLY_STOPPING),
        readings.value(UpdateSettings.KEEP_BEST),
        readings.value(UpdateSettings.AVERAGE_FROM));
  }
}
