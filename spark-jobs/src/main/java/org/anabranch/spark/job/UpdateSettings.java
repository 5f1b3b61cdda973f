package org.anabranch.spark.job;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.anabranch.spark.job.TrainingConfiguration.Metric;
import org.anabranch.spark.job.TrainingConfiguration.ScheduleType;

/**
 * The settings of what turns gradients into parameters: rules, learning rates, and which of the
 * parameters that a run passes through are its result. Part of {@link Settings}.
 */
final class UpdateSettings {
  private static final List<Parameter<?>> DECLARED = new ArrayList<>();

  static final Parameter<Double> LEARNING_RATE =
      declare(
          Parameter.derived(
              "train.learning-rate",
              Scalar.number(Bounds.above(0)),
              "0.001; of adadelta 1",
              "0.001",
              "The length of a step; train.schedule multiplies it."));
  static final Parameter<Double> MOMENTUM =
      declare(
          Parameter.derived(
              "train.momentum",
              Scalar.number(Bounds.between(0, 1).withoutHigh()),
              "0; of nesterov 0.9",
              "0.9",
              "Of sgd and nesterov: the share of the last step that is added to the next."));
  static final Parameter<Double> BETA1 =
      declare(
          Parameter.of(
              "train.beta1",
              Scalar.number(Bounds.between(0, 1).withoutHigh()),
              0.9,
              "Of adam, adamw and adabelief: decay of the mean of gradients."));
  static final Parameter<Double> BETA2 =
      declare(
          Parameter.of(
              "train.beta2",
              Scalar.number(Bounds.between(0, 1).withoutHigh()),
              0.999,
              "Of adam, adamw and adabelief: decay of the mean of squares."));
  static final Parameter<Double> RHO =
      declare(
          Parameter.of(
              "train.rho",
              Scalar.number(Bounds.between(0, 1).withoutHigh()),
              0.95,
              "Of rmsprop and adadelta: decay of the mean of squares."));
  static final Parameter<Double> EPSILON =
      declare(
          Parameter.derived(
              "train.epsilon",
              Scalar.number(Bounds.above(0)),
              "1e-8; of adadelta 1e-6, of adabelief 1e-14",
              "1e-8",
              "Of all but sgd and nesterov: keeps the division from zero."));
  static final Parameter<Double> WEIGHT_DECAY =
      declare(
          Parameter.derived(
              "train.weight-decay",
              Scalar.number(Bounds.atLeast(0)),
              "0; of adamw 0.01",
              "0.01",
              "Every step takes this share, times the learning rate, of all parameters away;"
                  + " gradients do not see it."));
  static final Parameter<Boolean> DECAY_BIASES =
      declare(
          Parameter.of(
              "train.decay-biases",
              Scalar.flag(),
              true,
              "Whether train.weight-decay takes biases as well, as PyTorch's AdamW does; false leaves"
                  + " it to matrices, as DL4J does."));
  static final Parameter<Double> CLIP_NORM =
      declare(
          Parameter.of(
              "train.clip-norm",
              Scalar.number(Bounds.atLeast(0)),
              0.0,
              "The largest norm of a gradient over all parameters, to which longer ones are"
                  + " shortened; 0 for none."));
  static final Parameter<Double> CLIP_VALUE =
      declare(
          Parameter.of(
              "train.clip-value",
              Scalar.number(Bounds.atLeast(0)),
              0.0,
              "The largest magnitude of a gradient's component, to which others are cut after"
                  + " train.clip-norm; 0 for none."));
  static final Parameter<ClassWeighting> CLASS_WEIGHTS =
      declare(
          Parameter.of(
              "train.class-weights",
              new ClassWeightingType(),
              ClassWeighting.none(),
              "What a sample of each class counts in the training. balanced: samples / (classes ·"
                  + " samples of the class). Evaluations count every sample alike."));

  static final Parameter<Integer> VALIDATE_EVERY =
      declare(
          Parameter.of(
              "train.validate-every",
              Scalar.count(Bounds.atLeast(1)),
              1,
              "Epochs between two evaluations on the samples kept for validation."));
  static final Parameter<Metric> METRIC =
      declare(
          Parameter.of(
              "train.metric",
              Scalar.choice(Metric.class),
              Metric.LOSS,
              "What train.early-stopping, train.keep-best and schedule plateau judge by, on"
                  + " validation samples."));
  static final Parameter<Double> MIN_IMPROVEMENT =
      declare(
          Parameter.of(
              "train.min-improvement",
              Scalar.number(Bounds.atLeast(0)),
              0.0,
              "By more than which the metric must be better than its best to count as improved."));
  static final Parameter<Integer> EARLY_STOPPING =
      declare(
          Parameter.of(
                  "train.early-stopping",
                  Scalar.count(Bounds.atLeast(0)),
                  0,
                  "Evaluations on validation samples without improvement after which the run stops;"
                      + " 0 for never.")
              .withoutEffectOnResult());
  static final Parameter<Boolean> KEEP_BEST =
      declare(
          Parameter.of(
              "train.keep-best",
              Scalar.flag(),
              false,
              "Whether the result is the parameters with the best metric, not the last."));
  static final Parameter<Integer> AVERAGE_FROM =
      declare(
          Parameter.of(
              "train.average-from",
              Scalar.count(Bounds.atLeast(0)),
              0,
              "The first epoch, counted from 1, whose last parameters enter the mean that is then"
                  + " the result (stochastic weight averaging); 0 for no mean."));

  static final Parameter<ScheduleType> SCHEDULE_TYPE =
      declare(
          Parameter.of(
              "train.schedule.type",
              Scalar.choice(ScheduleType.class),
              ScheduleType.CONSTANT,
              "How the learning rate changes. step: times decay every so many epochs. exponential:"
                  + " the same without steps. cosine: half a wave down to lowest. plateau: times"
                  + " decay when the metric stops improving."));
  static final Parameter<Integer> SCHEDULE_WARM_UP =
      declare(
          Parameter.of(
              "train.schedule.warm-up",
              Scalar.count(Bounds.atLeast(0)),
              0,
              "Rounds over which the learning rate rises in a straight line at the start, whatever"
                  + " the type; 0 for none."));
  static final Parameter<Integer> SCHEDULE_EVERY =
      declare(
          Parameter.of(
              "train.schedule.every",
              Scalar.count(Bounds.atLeast(1)),
              1,
              "Of step and exponential: the epochs in which the learning rate falls by decay."));
  static final Parameter<Double> SCHEDULE_DECAY =
      declare(
          Parameter.derived(
              "train.schedule.decay",
              Scalar.number(Bounds.between(0, 1).withoutLow()),
              "0.1; of exponential 0.95",
              "0.5",
              "Of step, exponential and plateau: the factor of one fall."));
  static final Parameter<Double> SCHEDULE_LOWEST =
      declare(
          Parameter.of(
              "train.schedule.lowest",
              Scalar.number(Bounds.between(0, 1)),
              0.0,
              "Of cosine and plateau: the share of train.learning-rate below which it does not"
                  + " fall."));
  static final Parameter<Integer> SCHEDULE_EPOCHS =
      declare(
          Parameter.derived(
              "train.schedule.epochs",
              Scalar.count(Bounds.atLeast(1)),
              "train.epochs",
              "10",
              "Of cosine: the epochs after which the learning rate is lowest."));
  static final Parameter<Integer> SCHEDULE_PATIENCE =
      declare(
          Parameter.of(
              "train.schedule.patience",
              Scalar.count(Bounds.atLeast(1)),
              5,
              "Of plateau: evaluations on validation samples without improvement after which the"
                  + " learning rate falls."));

  private UpdateSettings() {}

  /** All of them, in the order in which people read them. */
  static List<Parameter<?>> all() {
    return Collections.unmodifiableList(DECLARED);
  }

  private static <T> Parameter<T> declare(Parameter<T> parameter) {
    DECLARED.add(parameter);
    return parameter;
  }
}
