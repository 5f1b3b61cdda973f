package org.anabranch.spark.job;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.anabranch.model.gan.DiscriminatorSettings;
import org.anabranch.model.gan.GeneratorSettings;

/** The settings of {@code model.type = sde-gan}. Part of {@link Settings}. */
final class GanSettings {
  private static final List<Parameter<?>> DECLARED = new ArrayList<>();

  static final Parameter<Integer> INITIAL_NOISE =
      declare(
          Parameter.of(
              "gan.initial-noise",
              Scalar.count(Bounds.between(1, 4096)),
              5,
              "Normal numbers from which a generated path starts."));
  static final Parameter<Integer> MOTIONS =
      declare(
          Parameter.of(
              "gan.motions",
              Scalar.count(Bounds.between(1, 4096)),
              3,
              "Brownian motions that drive a generated path."));
  static final Parameter<Integer> STATE =
      declare(
          Parameter.of(
              "gan.state",
              Scalar.count(Bounds.between(1, 4096)),
              16,
              "The width of the generator's state."));
  static final Parameter<List<Integer>> HIDDEN =
      declare(
          Parameter.of(
              "gan.hidden",
              new WholeNumbers(Bounds.between(1, 65536)),
              List.of(16),
              "Widths of the hidden layers of the generator's networks."));
  static final Parameter<Double> INITIAL_SCALE =
      declare(
          Parameter.of(
              "gan.initial-scale",
              Scalar.number(Bounds.above(0)),
              3.0,
              "The first weights of the generator's initial network are multiplied by it."));
  static final Parameter<Double> FIELD_SCALE =
      declare(
          Parameter.of(
              "gan.field-scale",
              Scalar.number(Bounds.above(0)),
              0.5,
              "The first weights of its drift and its diffusion are multiplied by it."));
  static final Parameter<Integer> DISCRIMINATOR_STATE =
      declare(
          Parameter.of(
              "gan.discriminator-state",
              Scalar.count(Bounds.between(1, 4096)),
              16,
              "The width of the discriminator's state."));
  static final Parameter<List<Integer>> DISCRIMINATOR_HIDDEN =
      declare(
          Parameter.of(
              "gan.discriminator-hidden",
              new WholeNumbers(Bounds.between(1, 65536)),
              List.of(16),
              "Widths of the hidden layers of the discriminator's networks."));
  static final Parameter<Double> DISCRIMINATOR_INITIAL_SCALE =
      declare(
          Parameter.of(
              "gan.discriminator-initial-scale",
              Scalar.number(Bounds.above(0)),
              1.0,
              "First values are multiplied by it before the discriminator's initial network sees"
                  + " them. Clamped weights leave that network all but linear at 1; about the width"
                  + " of its hidden layer lets it tell distributions of first values apart."));
  static final Parameter<Double> DISCRIMINATOR_RATE =
      declare(
          Parameter.of(
              "gan.discriminator-rate",
              Scalar.number(Bounds.above(0)),
              5.0,
              "The discriminator's learning rate, in multiples of train.learning-rate."));
  static final Parameter<Boolean> DISCRIMINATOR_SCHEDULED =
      declare(
          Parameter.of(
              "gan.discriminator-scheduled",
              Scalar.flag(),
              false,
              "Whether train.schedule moves the discriminator's learning rate too; else the"
                  + " generator's alone, and the discriminator keeps up as it comes to rest."));
  static final Parameter<Integer> DISCRIMINATOR_STEPS =
      declare(
          Parameter.of(
              "gan.discriminator-steps",
              Scalar.count(Bounds.between(1, 1000)),
              1,
              "Steps of the discriminator for one of the generator. A round of train.mode = gradient is one step."));
  static final Parameter<Boolean> ALTERNATE =
      declare(
          Parameter.of(
              "gan.alternate",
              Scalar.flag(),
              false,
              "Whether the generator's step is one of its own, in which the discriminator stands still; else both take the last of the discriminator's steps together."));
  static final Parameter<Boolean> OPTIMISTIC =
      declare(
          Parameter.of(
              "gan.optimistic",
              Scalar.flag(),
              true,
              "Whether both networks take each step twice and the one before it back (optimistic"
                  + " mirror descent): they then come near to rest, where plain steps circle around"
                  + " one another."));
  static final Parameter<Double> PENALTY =
      declare(
          Parameter.of(
              "gan.gradient-penalty",
              Scalar.number(Bounds.atLeast(0)),
              0.0,
              "The weight of the penalty on the discriminator's slopes (10 in the literature). 0: its weights are clamped to one over a layer's outputs after each step instead, which is faster."));
  static final Parameter<Double> TIME_SCALE =
      declare(
          Parameter.of(
              "gan.time-scale",
              Scalar.number(Bounds.above(0)),
              1.0,
              "What time is multiplied by before vector fields see it."));

  private GanSettings() {}

  /**
   * What somebody wrote.
   *
   * @param discriminatorRate in multiples of the learning rate
   * @param discriminatorScheduled whether a schedule moves it
   */
  record Written(
      GeneratorSettings generator,
      DiscriminatorSettings discriminator,
      double discriminatorRate,
      boolean discriminatorScheduled,
      boolean optimistic,
      double timeScale) {}

  static Written written(Readings readings) {
    return new Written(
        new GeneratorSettings(
            readings.value(INITIAL_NOISE),
            readings.value(MOTIONS),
            readings.value(STATE),
            readings.value(HIDDEN),
            readings.value(INITIAL_SCALE),
            readings.value(FIELD_SCALE)),
        new DiscriminatorSettings(
            readings.value(DISCRIMINATOR_STATE),
            readings.value(DISCRIMINATOR_HIDDEN),
            readings.value(DISCRIMINATOR_INITIAL_SCALE),
            readings.value(DISCRIMINATOR_STEPS),
            readings.value(ALTERNATE),
            readings.value(PENALTY)),
        readings.value(DISCRIMINATOR_RATE),
        readings.value(DISCRIMINATOR_SCHEDULED),
        readings.value(OPTIMISTIC),
        readings.value(TIME_SCALE));
  }

  /** All of them, in the order in which people read them. */
  static List<Parameter<?>> all() {
    return Collections.unmodifiableList(DECLARED);
  }

  private static <T> Parameter<T> declare(Parameter<T> parameter) {
    DECLARED.add(parameter);
    return parameter;
  }
}
