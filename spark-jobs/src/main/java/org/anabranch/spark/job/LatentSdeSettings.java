package org.anabranch.spark.job;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.anabranch.model.latent.EncoderSettings;
import org.anabranch.model.latent.LatentSettings;
import org.anabranch.model.latent.ObjectiveSettings;

/** The settings of {@code model.type = latent-sde}. Part of {@link Settings}. */
final class LatentSdeSettings {
  private static final List<Parameter<?>> DECLARED = new ArrayList<>();

  static final Parameter<Integer> STATE =
      declare(
          Parameter.of(
              "latent.state",
              Scalar.count(Bounds.between(1, 4096)),
              4,
              "The width of the hidden state that the stochastic equation moves."));
  static final Parameter<List<Integer>> HIDDEN =
      declare(
          Parameter.of(
              "latent.hidden",
              new WholeNumbers(Bounds.between(1, 65536)),
              List.of(128, 128),
              "Widths of the hidden layers of both drifts."));
  static final Parameter<Integer> DIFFUSION =
      declare(
          Parameter.of(
              "latent.diffusion",
              Scalar.count(Bounds.between(1, 65536)),
              128,
              "The hidden layer of the network that gives each component its diffusion."));
  static final Parameter<Boolean> TIMED =
      declare(Parameter.of("latent.timed", Scalar.flag(), false, "Whether drifts see time."));
  static final Parameter<EncoderSettings.Kind> ENCODER =
      declare(
          Parameter.of(
              "latent.encoder",
              Scalar.choice(EncoderSettings.Kind.class),
              EncoderSettings.Kind.GRU,
              "What reads the data, from the last time to the first. gru: a gated recurrent unit, a step from each time to the one before."));
  static final Parameter<Integer> ENCODER_STATE =
      declare(
          Parameter.of(
              "latent.encoder-state",
              Scalar.count(Bounds.between(1, 4096)),
              128,
              "The width of the encoder."));
  static final Parameter<Integer> CONTEXT =
      declare(
          Parameter.of(
              "latent.context",
              Scalar.count(Bounds.between(1, 4096)),
              64,
              "The width of what the encoder tells the posterior."));
  static final Parameter<List<Integer>> ENCODER_HIDDEN =
      declare(
          Parameter.of(
              "latent.encoder-hidden",
              new WholeNumbers(Bounds.between(1, 65536)),
              List.of(),
              "Widths of the hidden layers of an encoder that has any."));
  static final Parameter<Boolean> MASKED =
      declare(
          Parameter.of(
              "latent.masked",
              Scalar.flag(),
              true,
              "Whether the encoder is told which values are missing; without, they are 0 to it."));
  static final Parameter<Double> DEVIATION =
      declare(
          Parameter.of(
              "latent.deviation",
              Scalar.number(Bounds.above(0)),
              0.1,
              "The standard deviation of the observations' noise, in units of normalised data."));
  static final Parameter<Double> KL_WEIGHT =
      declare(
          Parameter.of(
              "latent.kl-weight",
              Scalar.number(Bounds.atLeast(0)),
              1.0,
              "The weight of the divergences from the prior; 1 for the evidence lower bound."));
  static final Parameter<Double> KL_START =
      declare(
          Parameter.of(
              "latent.kl-start",
              Scalar.number(Bounds.between(0, 1)),
              0.0,
              "The share of that weight from which the ramp rises."));
  static final Parameter<Integer> KL_RAMP =
      declare(
          Parameter.of(
              "latent.kl-ramp",
              Scalar.count(Bounds.between(0, 1_000_000_000)),
              1000,
              "After how many steps the weight is whole; 0 for at once."));

  private LatentSdeSettings() {}

  /** What somebody wrote. */
  record Written(LatentSettings equation, EncoderSettings encoder, ObjectiveSettings objective) {}

  static Written written(Readings readings) {
    return new Written(
        new LatentSettings(
            readings.value(STATE),
            readings.value(HIDDEN),
            readings.value(DIFFUSION),
            readings.value(TIMED)),
        new EncoderSettings(
            readings.value(ENCODER),
            readings.value(ENCODER_STATE),
            readings.value(CONTEXT),
            readings.value(ENCODER_HIDDEN),
            readings.value(MASKED)),
        new ObjectiveSettings(
            readings.value(DEVIATION),
            readings.value(KL_WEIGHT),
            readings.value(KL_START),
            readings.value(KL_RAMP)));
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
