package org.anabranch.model.paths.evaluation;

import java.util.stream.IntStream;
import org.anabranch.model.paths.ChannelScales;
import org.anabranch.model.paths.PathSet;

/**
 * Real paths that drawn ones are compared with, again and again as a model learns: the distances of
 * {@link PathEvaluation} alone, which cost some milliseconds. A pure function of sets, options and
 * seed.
 *
 * <p>Test paths are what others are compared with. The yardstick is the same distance of training
 * paths: as near as paths of the true law come, where they are as many as the drawn ones. Both are
 * cut to the smaller number of the two. Where there are several times as many training paths, it is
 * the mean over up to {@value #GROUPS} disjoint groups of them: that of one is half chance.
 */
public final class PathComparison {
  /** Groups of training paths whose distances are averaged. */
  public static final int GROUPS = 4;

  private final PathSet train;
  private final PathSet test;
  private final ChannelScales scales;
  private final int[] times;
  private final int depth;
  private final long seed;

  /**
   * Prepares it.
   *
   * @throws IllegalArgumentException if there are fewer than two paths of a kind, or their shapes
   *     differ
   */
  public PathComparison(PathSet realTrain, PathSet realTest, EvaluationOptions options, long seed) {
    if (realTrain.size() < 2 || realTest.size() < 2) {
      throw new IllegalArgumentException(
          "Evaluation: %d real paths for training and %d for testing. Give at least two of each."
              .formatted(realTrain.size(), realTest.size()));
    }
    requireShape(realTrain, realTest);
    train = PickedPaths.shuffled(realTrain, seed, 0);
    test = PickedPaths.shuffled(realTest, seed, 1);
    scales = ReadPaths.scales(realTrain);
    times = ReadPaths.evenly(realTest.shape().length(), options.times());
    depth = options.depth(realTest.shape().width());
    this.seed = seed;
  }

  private static void requireShape(PathSet paths, PathSet real) {
    if (!paths.shape().equals(real.shape())) {
      throw new IllegalArgumentException(
          "Evaluation: paths of %s beside real ones of %s. Compare paths of one shape."
              .formatted(paths.shape(), real.shape()));
    }
  }

  /** How far drawn paths are from real test paths; NaN if fewer than two of them are whole. */
  public Distances distances(PathSet drawn) {
    return distancesOfUsable(usable(drawn));
  }

  Distances distancesOfUsable(PathSet usable) {
    return Distances.of(PickedPaths.first(usable, train.size()), test, times, depth, scales);
  }

  /** How far as many real training paths are from real test paths, in the mean over groups. */
  public Distances yardstick(int drawn) {
    int size = Math.min(drawn, train.size());
    int groups = size == 0 ? 1 : Math.min(GROUPS, train.size() / size);
    return Distances.mean(
        IntStream.range(0, groups)
            .mapToObj(group -> train.range(group * size, (group + 1) * size))
            .map(group -> Distances.of(group, test, times, depth, scales))
            .toList());
  }

  /**
   * The drawn paths whose values are all numbers, in another order, with the gaps of real test
   * paths: else what fills real gaps would tell them apart.
   */
  PathSet usable(PathSet drawn) {
    requireShape(drawn, test);
    return PickedPaths.withGapsOf(PickedPaths.shuffled(PickedPaths.whole(drawn), seed, 2), test);
  }

  PathSet train() {
    return train;
  }

  PathSet test() {
    return test;
  }

  ChannelScales scales() {
    return scales;
  }

  /** Numbers of the times at which marginals are compared. */
  int[] times() {
    return times.clone();
  }
}
