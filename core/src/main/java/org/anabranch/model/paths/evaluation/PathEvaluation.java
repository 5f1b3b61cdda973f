package org.anabranch.model.paths.evaluation;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.anabranch.model.paths.PathSet;

/**
 * How good drawn paths are, judged against real ones ({@code docs/evaluation.md}). A pure function
 * of sets, options and seed.
 *
 * @param realTrain number of real training paths, which give scales and yardstick
 * @param realTest number of real test paths, which drawn ones are compared with
 * @param fake number of drawn paths
 * @param lost drawn paths with a value that is no number, which are left out of all scores
 * @param distances of drawn paths from real test paths
 * @param yardstick of real training paths from real test paths
 * @param untrained of the paths of a model before training, if there were any
 * @param channels what is shown of each channel
 * @param classification empty without networks
 * @param prediction empty without networks
 */
public record PathEvaluation(
    int realTrain,
    int realTest,
    int fake,
    int lost,
    Distances distances,
    Distances yardstick,
    Optional<Distances> untrained,
    List<ChannelLaw> channels,
    Optional<Classification> classification,
    Optional<Prediction> prediction) {
  public PathEvaluation {
    channels = List.copyOf(channels);
  }

  /**
   * Judges drawn paths.
   *
   * @param realTrain real paths; those that the model was trained on serve
   * @param realTest real paths that the model has not seen
   * @param fake at least as many drawn paths as real ones, best of the test paths' covariates
   * @throws IllegalArgumentException if the shapes differ, or there are fewer than two real paths
   *     of a kind
   */
  public static PathEvaluation of(
      PathSet realTrain, PathSet realTest, PathSet fake, EvaluationOptions options, long seed) {
    return of(realTrain, realTest, fake, Optional.empty(), options, seed);
  }

  /**
   * Judges drawn paths, with those of the model before training beside them.
   *
   * @param untrained other drawn paths, of which the distances alone are told
   */
  public static PathEvaluation of(
      PathSet realTrain,
      PathSet realTest,
      PathSet fake,
      Optional<PathSet> untrained,
      EvaluationOptions options,
      long seed) {
    PathComparison comparison = new PathComparison(realTrain, realTest, options, seed);
    PathSet usable = comparison.usable(fake);
    PathSet test = comparison.test();
    Learning learning = Learning.of(comparison, usable, options.networks(), seed);
    return new PathEvaluation(
        realTrain.size(),
        realTest.size(),
        fake.size(),
        fake.size() - usable.size(),
        comparison.distancesOfUsable(usable),
        comparison.yardstick(usable.size()),
        untrained.map(comparison::distances),
        IntStream.range(0, test.shape().width())
            .mapToObj(channel -> ChannelLaw.of(test, usable, channel, comparison.times(), options))
            .toList(),
        learning.classification(),
        learning.prediction());
  }
}
