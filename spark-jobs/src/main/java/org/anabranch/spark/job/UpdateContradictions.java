package org.anabranch.spark.job;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.anabranch.spark.job.TrainingConfiguration.Optimiser;
import org.anabranch.spark.job.TrainingConfiguration.ScheduleType;

/** {@link Contradictions} among {@link UpdateSettings}. */
final class UpdateContradictions {
  private static final Map<Parameter<?>, Set<Optimiser>> OPTIMISERS = new LinkedHashMap<>();
  private static final Map<Parameter<?>, Set<ScheduleType>> SCHEDULES = new LinkedHashMap<>();

  static {
    Set<Optimiser> withMoments = EnumSet.of(Optimiser.ADAM, Optimiser.ADAMW, Optimiser.ADABELIEF);
    OPTIMISERS.put(UpdateSettings.MOMENTUM, EnumSet.of(Optimiser.SGD, Optimiser.NESTEROV));
    OPTIMISERS.put(UpdateSettings.BETA1, withMoments);
    OPTIMISERS.put(UpdateSettings.BETA2, withMoments);
    OPTIMISERS.put(UpdateSettings.RHO, EnumSet.of(Optimiser.RMSPROP, Optimiser.ADADELTA));
    OPTIMISERS.put(
        UpdateSettings.EPSILON,
        EnumSet.complementOf(EnumSet.of(Optimiser.SGD, Optimiser.NESTEROV)));
    SCHEDULES.put(
        UpdateSettings.SCHEDULE_EVERY, EnumSet.of(ScheduleType.STEP, ScheduleType.EXPONENTIAL));
    SCHEDULES.put(
        UpdateSettings.SCHEDULE_DECAY,
        EnumSet.of(ScheduleType.STEP, ScheduleType.EXPONENTIAL, ScheduleType.PLATEAU));
    SCHEDULES.put(
        UpdateSettings.SCHEDULE_LOWEST, EnumSet.of(ScheduleType.COSINE, ScheduleType.PLATEAU));
    SCHEDULES.put(UpdateSettings.SCHEDULE_EPOCHS, EnumSet.of(ScheduleType.COSINE));
    SCHEDULES.put(UpdateSettings.SCHEDULE_PATIENCE, EnumSet.of(ScheduleType.PLATEAU));
  }

  private final Readings readings;
  private final List<Complaint> complaints = new ArrayList<>();

  private UpdateContradictions(Readings readings) {
    this.readings = readings;
  }

  static List<Complaint> in(Readings readings) {
    UpdateContradictions rules = new UpdateContradictions(readings);
    OPTIMISERS.forEach((key, users) -> rules.unused(key, Settings.TRAIN_OPTIMISER, users));
    SCHEDULES.forEach((key, users) -> rules.unused(key, UpdateSettings.SCHEDULE_TYPE, users));
    rules.fractions();
    rules.validation();
    rules.selection();
    rules.decay();
    rules.classWeights();
    return rules.complaints;
  }

  /** Whether a choice uses a setting. */
  static boolean uses(Optimiser optimiser, Parameter<?> parameter) {
    Set<Optimiser> users = OPTIMISERS.get(parameter);
    return users == null || users.contains(optimiser);
  }

  /** Whether a choice uses a setting. */
  static boolean uses(ScheduleType type, Parameter<?> parameter) {
    Set<ScheduleType> users = SCHEDULES.get(parameter);
    return users == null || users.contains(type);
  }

  private <E extends Enum<E>> void unused(
      Parameter<?> parameter, Parameter<E> choice, Set<E> users) {
    if (readings.has(choice)
        && !users.contains(readings.value(choice))
        && readings.isChanged(parameter)) {
      complain(
          parameter,
          "%s is %s, but %s %s does not use it"
              .formatted(
                  parameter.key(),
                  readings.reading(parameter).shown(),
                  choice.key(),
                  Scalar.word(readings.value(choice))),
          "Take the line out, or write %s = %s."
              .formatted(
                  choice.key(),
                  users.stream().map(Scalar::word).collect(Collectors.joining(" or "))));
    }
  }

  private void fractions() {
    if (!readings.has(Settings.DATA_TEST_FRACTION, Settings.DATA_VALIDATION_FRACTION)) {
      return;
    }
    double test = readings.value(Settings.DATA_TEST_FRACTION);
    double validation = readings.value(Settings.DATA_VALIDATION_FRACTION);
    if (test + validation >= 1) {
      complain(
          Settings.DATA_VALIDATION_FRACTION,
          "data.validation-fraction is %s and data.test-fraction %s; together they must be below 1"
              .formatted(validation, test),
          "Lower one of them, so that samples are left for training.");
    }
  }

  private void validation() {
    if (!is(Settings.DATA_VALIDATION_FRACTION, 0.0)) {
      return;
    }
    String remedy = "Take the line out, or write for example data.validation-fraction = 0.1.";
    for (Parameter<?> parameter :
        List.of(
            UpdateSettings.EARLY_STOPPING,
            UpdateSettings.KEEP_BEST,
            UpdateSettings.VALIDATE_EVERY,
            UpdateSettings.METRIC,
            UpdateSettings.MIN_IMPROVEMENT)) {
      if (readings.isChanged(parameter)) {
        complain(
            parameter,
            "%s is %s, but data.validation-fraction 0 keeps no samples for validation"
                .formatted(parameter.key(), readings.reading(parameter).shown()),
            remedy);
      }
    }
    if (is(UpdateSettings.SCHEDULE_TYPE, ScheduleType.PLATEAU)) {
      complain(
          UpdateSettings.SCHEDULE_TYPE,
          "train.schedule.type is plateau, but data.validation-fraction 0 keeps no samples for"
              + " validation",
          "Choose another type, or write for example data.validation-fraction = 0.1.");
    }
  }

  private void selection() {
    if (!readings.has(UpdateSettings.AVERAGE_FROM, Settings.TRAIN_EPOCHS)) {
      return;
    }
    int from = readings.value(UpdateSettings.AVERAGE_FROM);
    int epochs = readings.value(Settings.TRAIN_EPOCHS);
    if (from > epochs) {
      complain(
          UpdateSettings.AVERAGE_FROM,
          "train.average-from is %d, but the run ends after %d epochs".formatted(from, epochs),
          "Write %d or less, or raise train.epochs.".formatted(epochs));
    }
    if (from > 0 && is(UpdateSettings.KEEP_BEST, true)) {
      complain(
          UpdateSettings.KEEP_BEST,
          "train.keep-best is true and train.average-from is %d, but there is one result"
              .formatted(from),
          "Take one of the lines out.");
    }
  }

  private void decay() {
    boolean none =
        readings.isWritten(UpdateSettings.WEIGHT_DECAY)
            ? is(UpdateSettings.WEIGHT_DECAY, 0.0)
            : !is(Settings.TRAIN_OPTIMISER, Optimiser.ADAMW); // which brings a decay of its own
    if (is(UpdateSettings.DECAY_BIASES, false) && none) {
      complain(
          UpdateSettings.DECAY_BIASES,
          "train.decay-biases is false, but train.weight-decay is 0",
          "Take the line out, or write for example train.weight-decay = 0.01.");
    }
  }

  private void classWeights() {
    if (!readings.has(UpdateSettings.CLASS_WEIGHTS, Settings.DATA_CLASSES)) {
      return;
    }
    int weights = readings.value(UpdateSettings.CLASS_WEIGHTS).written().size();
    int classes = readings.value(Settings.DATA_CLASSES);
    if (weights > 0 && weights != classes) {
      complain(
          UpdateSettings.CLASS_WEIGHTS,
          "train.class-weights has %d numbers, but data.classes is %d".formatted(weights, classes),
          "Write %d numbers, or balanced.".formatted(classes));
    }
  }

  private <T> boolean is(Parameter<T> parameter, T value) {
    return readings.has(parameter) && readings.value(parameter).equals(value);
  }

  private void complain(Parameter<?> parameter, String fact, String remedy) {
    complaints.add(new Complaint(readings.reading(parameter).place(), fact, remedy));
  }
}
