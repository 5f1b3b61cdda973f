package org.anabranch.train;

/**
 * A factor for each span of rounds.
 *
 * @param factor above 0, at most 1
 * @param every rounds, at least 1
 */
record Decay(double factor, long every) {
  Decay {
    if (!(factor > 0 && factor <= 1) || every < 1) {
      throw new IllegalArgumentException(
          "Schedule: a decay of %s every %d rounds. Use a decay above 0 and at most 1, and at least 1 round."
              .formatted(factor, every));
    }
  }

  /** The factor to a power. StrictMath: it reaches parameters. */
  double power(double exponent) {
    return StrictMath.pow(factor, exponent);
  }
}
