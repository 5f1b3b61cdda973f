package org.anabranch.model.latent;

/**
 * What training minimises: −log N(data; projection, deviation²) + weight · KL.
 *
 * @param deviation of the observations' noise, in the units that the model sees
 * @param weight of both divergences once the ramp has ended; 1 for the evidence lower bound
 * @param rampStart the share of the weight that the ramp rises from
 * @param rampSteps after how many steps it is whole; 0 for at once
 */
public record ObjectiveSettings(double deviation, double weight, double rampStart, long rampSteps) {
  public ObjectiveSettings {
    if (!(deviation > 0) || Double.isInfinite(deviation)) {
      throw new IllegalArgumentException(
          "Latent SDE: the deviation of observations is %s. It must be above 0; of standardised data take 0.01 to 0.5."
              .formatted(deviation));
    }
    if (!(weight >= 0) || !(rampStart >= 0 && rampStart <= 1) || rampSteps < 0) {
      throw new IllegalArgumentException(
          "Latent SDE: divergences of weight %s, whose ramp starts at a share of %s and has %d steps. Use a weight and steps of at least 0, and a share between 0 and 1."
              .formatted(weight, rampStart, rampSteps));
    }
  }

  /** The weight of the divergences in a step of the training, from 0. */
  double weight(long step) {
    return step + 1 >= rampSteps
        ? weight
        : weight * (rampStart + (1 - rampStart) * ((step + 1) / (double) rampSteps));
  }
}
