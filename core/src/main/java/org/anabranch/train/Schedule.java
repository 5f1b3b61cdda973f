package org.anabranch.train;

import java.util.List;

/**
 * How the learning rate changes: a factor of it, as a pure function of the round and of what the
 * evaluations on validation data gave, so that a run that is resumed goes on as it would have. ND4J
 * calls it {@code ISchedule}, and gives the product.
 *
 * <p>Factors reach parameters, hence {@link StrictMath}, whose bits are the same everywhere; those
 * of {@link Math} need not be.
 */
public interface Schedule {
  /**
   * The factor of a round.
   *
   * @param round from 0
   * @param scores of the evaluations on validation data so far, in their order; less is better
   */
  double factor(long round, List<Double> scores);

  /** Always 1. */
  static Schedule constant() {
    return (round, scores) -> 1;
  }

  /**
   * decay^⌊round / every⌋, ND4J's StepSchedule.
   *
   * @param every rounds
   */
  static Schedule step(double decay, long every) {
    return new StepSchedule(decay, every);
  }

  /**
   * decay^(round / every), without steps: where {@code every} is 1, ND4J's ExponentialSchedule of
   * iterations.
   *
   * @param every rounds
   */
  static Schedule exponential(double decay, long every) {
    return new ExponentialSchedule(decay, every);
  }

  /**
   * Half a wave of the cosine from 1 to {@code lowest}, and then {@code lowest} (Loshchilov and
   * Hutter 2017, arXiv:1608.03983, equation 5 without restarts).
   *
   * @param rounds of the half wave
   */
  static Schedule cosine(double lowest, long rounds) {
    return new CosineSchedule(lowest, rounds);
  }

  /**
   * Multiplies by {@code decay} whenever patience ends, down to {@code lowest}: Keras'
   * ReduceLROnPlateau.
   */
  static Schedule plateau(double decay, double lowest, Patience patience) {
    return new PlateauSchedule(decay, lowest, patience);
  }

  /**
   * This schedule behind a straight rise over the first rounds: the share (round + 1) / rounds of
   * it. ND4J's RampSchedule.
   */
  default Schedule warmedUp(long rounds) {
    return new WarmUp(this, rounds);
  }
}
