package org.anabranch.model.paths;

import java.util.List;
import java.util.stream.IntStream;
import org.anabranch.solver.TimeGrid;
import org.anabranch.train.Block;

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

  /**
   * Refuses times at unequal distances, and scales of another number of channels or covariates.
   *
   * @param model that takes these paths only, for messages
   */
  public void requireEqualTimes(String model, ChannelScales scales, ChannelScales covariateScales) {
    double step = (times.get(length() - 1) - times.get(0)) / (length() - 1);
    for (int i = 0; i < length(); i++) {
      if (Math.abs(times.get(i) - times.get(0) - i * step) > 1e-6 * step) {
        throw new IllegalArgumentException(
            "%s: its paths' time %d is %s, not an equal distance from the others. Leave out what is missing as empty values of equal times."
                .formatted(model, i, times.get(i)));
      }
    }
    if (scales.means().size() != width() || covariateScales.means().size() != covariates.size()) {
      throw new IllegalArgumentException(
          "%s: scales of %d channels and %d covariates for paths of %d and %d."
              .formatted(
                  model,
                  scales.means().size(),
                  covariateScales.means().size(),
                  width(),
                  covariates.size()));
    }
  }

  /** Equal steps over the times, from 0 whatever the first of them. */
  public TimeGrid grid(int stepsPerInterval) {
    int last = length() - 1;
    return new TimeGrid(0, times.get(last) - times.get(0), last * stepsPerInterval);
  }

  /**
   * Refuses a block of other paths.
   *
   * @param rows the capacity of the blocks that are taken
   */
  public void requireFit(Block block, int rows) {
    if (block.width() != features() || block.capacity() != rows) {
      throw new IllegalArgumentException(
          "Block %d: %d rows of %d numbers; the model takes %d rows of %d times of %d channels and %d covariates, %d numbers."
              .formatted(
                  block.number(),
                  block.capacity(),
                  block.width(),
                  rows,
                  length(),
                  width(),
                  covariates.size(),
                  features()));
    }
  }
}
