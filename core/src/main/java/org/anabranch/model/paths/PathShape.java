package org.anabranch.model.paths;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What all paths of a data set have in common. A path is a row of numbers in the features of a
 * block: {@code times × channels} values, time by time, then the covariates. A value that is
 * missing is NaN.
 *
 * @param times of the values, strictly ascending, at least two
 * @param channels their names, at least one
 * @param covariates the names of numbers that belong to a whole path; often none
 */
public record PathShape(List<Double> times, List<String> channels, List<String> covariates) {
  public PathShape {
    times = List.copyOf(times);
    channels = List.copyOf(channels);
    covariates = List.copyOf(covariates);
    if (times.size() < 2 || channels.isEmpty()) {
      throw new IllegalArgumentException(
          "Paths: %d times of %d channels. Give at least two times and one channel."
              .formatted(times.size(), channels.size()));
    }
    for (int i = 0; i < times.size(); i++) {
      if (!Double.isFinite(times.get(i)) || (i > 0 && !(times.get(i) > times.get(i - 1)))) {
        throw new IllegalArgumentException(
            "Paths: time %d is %s. Give finite times that ascend.".formatted(i, times.get(i)));
      }
    }
  }

  /** Times 0, step, 2 step, … of channels and covariates. */
  public static PathShape equal(
      int length, double step, List<String> channels, List<String> covariates) {
    return new PathShape(
        IntStream.range(0, length).mapToObj(i -> i * step).toList(), channels, covariates);
  }

  /** The number of times. */
  public int length() {
    return times.size();
  }

  /** The number of channels. */
  public int width() {
    return channels.size();
  }

  /** The numbers of a path, without covariates. */
  public int values() {
    return length() * width();
  }

  /** The numbers of a row of data: values and covariates. */
  public int features() {
    return values() + covariates.size();
  }

  /** The times as an array, a new one at each call. */
  public double[] timesArray() {
    return times.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
