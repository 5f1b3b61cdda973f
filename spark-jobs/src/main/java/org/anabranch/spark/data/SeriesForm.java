package org.anabranch.spark.data;

import java.io.Serializable;
import java.util.List;

/**
 * What all series of a source have in common. The features of a sample are {@code length ×
 * channels} values, time by time, then the covariates; a value that is missing is NaN.
 *
 * @param length times of a series, or of a window, at least two
 * @param channels their names, at least one
 * @param covariates the names of numbers that belong to a whole series
 * @param timeStep from one time to the next, above 0; the first is 0
 * @param maxMissing the share of a sample's values that may be missing, 0 to 1
 */
public record SeriesForm(
    int length, List<String> channels, List<String> covariates, double timeStep, double maxMissing)
    implements Serializable {
  public SeriesForm {
    channels = List.copyOf(channels);
    covariates = List.copyOf(covariates);
    check(length >= 2, "length is %d".formatted(length), "Use 2 or more");
    check(!channels.isEmpty(), "there are no channels", "Name one or more");
    check(
        (long) length * channels.size() + covariates.size() <= 1 << 24,
        "a series has %d times of %d channels".formatted(length, channels.size()),
        "Use at most 16,777,216 values together");
    check(
        Double.isFinite(timeStep) && timeStep > 0,
        "the time step is %s".formatted(timeStep),
        "Use a number above 0");
    check(
        maxMissing >= 0 && maxMissing <= 1,
        "the largest share of missing values is %s".formatted(maxMissing),
        "Use 0 to 1");
  }

  /** The values of a sample. */
  public int values() {
    return length * channels.size();
  }

  /** Values and covariates. */
  public int features() {
    return values() + covariates.size();
  }

  /** Refuses a sample with too many missing values. */
  void requireEnough(Sample sample) throws Refusal {
    int missing = sample.missing(values());
    if (missing > maxMissing * values()) {
      throw new Refusal(
          Fault.MISSING,
          "%d of %d values are missing, expected at most a share of %s"
              .formatted(missing, values(), maxMissing));
    }
  }

  private static void check(boolean holds, String fact, String remedy) {
    if (!holds) {
      throw new IllegalArgumentException("SeriesForm: %s. %s.".formatted(fact, remedy));
    }
  }
}
