package org.anabranch.model.paths.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.anabranch.model.paths.PathSet;
import org.anabranch.model.paths.PathShape;
import org.junit.jupiter.api.Test;

class PathEvaluationTest {
  private static final OrnsteinUhlenbeck LAW = OrnsteinUhlenbeck.USUAL;
  private static final OrnsteinUhlenbeck WRONG = new OrnsteinUhlenbeck(1, 1, 1.5, 33);
  private static final EvaluationOptions QUICK =
      EvaluationOptions.defaults().withNetworks(NetworkOptions.defaults().withEpochs(0));

  @Test
  void pathsOfTheTrueLawAreAsNearAsTheYardstick() {
    PathEvaluation right =
        PathEvaluation.of(LAW.paths(800, 1), LAW.paths(800, 2), LAW.paths(800, 3), QUICK, 1);
    PathEvaluation wrong =
        PathEvaluation.of(LAW.paths(800, 1), LAW.paths(800, 2), WRONG.paths(800, 3), QUICK, 1);
    assertThat(right.distances().mmd()).isLessThan(2 * right.yardstick().mmd());
    assertThat(right.distances().ksLargest()).isLessThan(1.7 * right.yardstick().ksLargest());
    assertThat(wrong.yardstick()).isEqualTo(right.yardstick());
    assertThat(wrong.distances().mmd()).isGreaterThan(4 * right.yardstick().mmd());
    assertThat(wrong.distances().ksMean()).isGreaterThan(4 * right.yardstick().ksMean());
    assertThat(right.classification()).isEmpty();
  }

  @Test
  void theYardstickIsTheMeanOverDisjointGroupsOfTrainingPaths() {
    PathComparison comparison = new PathComparison(LAW.paths(950, 1), LAW.paths(300, 2), QUICK, 1);
    Distances yardstick = comparison.yardstick(200);
    List<Distances> groups =
        IntStream.range(0, 4)
            .mapToObj(group -> comparison.train().range(group * 200, (group + 1) * 200))
            .map(comparison::distances)
            .toList();
    double mmd = groups.stream().mapToDouble(Distances::mmd).average().orElseThrow();
    double largest = groups.stream().mapToDouble(Distances::ksLargest).average().orElseThrow();
    assertThat(yardstick.mmd()).isCloseTo(mmd, within(1e-12));
    assertThat(yardstick.ksLargest()).isCloseTo(largest, within(1e-12));
    assertThat(groups.stream().map(Distances::mmd).distinct()).hasSize(4);
    assertThat(comparison.yardstick(1000)).isEqualTo(comparison.yardstick(950));
  }

  @Test
  void gapsOfRealPathsDoNotSetThemApart() {
    PathSet train = OrnsteinUhlenbeck.withGaps(LAW.paths(800, 1), 0.5, 5);
    PathSet test = OrnsteinUhlenbeck.withGaps(LAW.paths(800, 2), 0.5, 6);
    PathEvaluation found = PathEvaluation.of(train, test, LAW.paths(800, 3), QUICK, 1);
    assertThat(found.distances().mmd()).isLessThan(2 * found.yardstick().mmd());
    assertThat(found.lost()).isZero();
  }

  @Test
  void drawnPathsAreGivenTheGapsOfRealOnes() {
    PathSet test = OrnsteinUhlenbeck.withGaps(LAW.paths(5, 2), 0.5, 6);
    PathComparison comparison = new PathComparison(LAW.paths(8, 1), test, QUICK, 1);
    PathSet usable = comparison.usable(LAW.paths(7, 3));
    for (int path = 0; path < 7; path++) {
      for (int time = 0; time < 33; time++) {
        boolean missing = Float.isNaN(comparison.test().value(path % 5, time, 0));
        assertThat(Float.isNaN(usable.value(path, time, 0))).isEqualTo(missing);
      }
    }
  }

  @Test
  void pathsThatLeaveTheNumbersAreCountedAndLeftOut() {
    float[] values = new float[3 * 33];
    values[40] = Float.POSITIVE_INFINITY;
    values[70] = Float.NaN;
    PathSet broken = new PathSet(LAW.shape(), values, new float[0]);
    PathEvaluation found = PathEvaluation.of(LAW.paths(9, 1), LAW.paths(9, 2), broken, QUICK, 1);
    assertThat(found.fake()).isEqualTo(3);
    assertThat(found.lost()).isEqualTo(2);
    assertThat(found.distances().mmd()).isNaN();
    assertThat(found.yardstick().mmd()).isNaN();
  }

  @Test
  void tellsOfTheModelBeforeTraining() {
    PathEvaluation found =
        PathEvaluation.of(
            LAW.paths(200, 1),
            LAW.paths(200, 2),
            LAW.paths(200, 3),
            Optional.of(WRONG.paths(200, 4)),
            QUICK,
            1);
    assertThat(found.untrained().orElseThrow().mmd()).isGreaterThan(found.distances().mmd());
  }

  @Test
  void networksJudgeToo() {
    EvaluationOptions options =
        QUICK.withNetworks(NetworkOptions.defaults().withSteps(60).withThreads(3));
    PathEvaluation found =
        PathEvaluation.of(LAW.paths(200, 1), LAW.paths(200, 2), WRONG.paths(200, 3), options, 1);
    assertThat(found.classification().orElseThrow().accuracy()).isGreaterThan(0.7);
    Prediction prediction = found.prediction().orElseThrow();
    assertThat(prediction.trainedOnFake()).isGreaterThan(prediction.trainedOnReal());
    EvaluationOptions alone = options.withNetworks(options.networks().withThreads(1));
    assertThat(
            PathEvaluation.of(LAW.paths(200, 1), LAW.paths(200, 2), WRONG.paths(200, 3), alone, 1))
        .isEqualTo(found);
  }

  @Test
  void judgesEveryChannelByItself() {
    EvaluationOptions options = QUICK.withNetworks(NetworkOptions.defaults().withSteps(40));
    PathEvaluation found =
        PathEvaluation.of(pairs(LAW, 1), pairs(LAW, 3), pairs(WRONG, 5), options, 1);
    assertThat(found.channels()).extracting(ChannelLaw::channel).containsExactly("right", "other");
    assertThat(largest(found.channels().get(0))).isLessThan(0.2);
    assertThat(largest(found.channels().get(1))).isGreaterThan(0.3);
    assertThat(found.distances().ksLargest()).isEqualTo(largest(found.channels().get(1)));
    assertThat(found.prediction().orElseThrow().trainedOnFake()).isFinite();
  }

  private static double largest(ChannelLaw law) {
    return law.histograms().stream().mapToDouble(MarginalHistogram::distance).max().orElseThrow();
  }

  /** A channel of the usual law beside one of another, with a covariate. */
  private static PathSet pairs(OrnsteinUhlenbeck other, long seed) {
    PathSet first = LAW.paths(200, seed);
    PathSet second = other.paths(200, seed + 1);
    float[] values = new float[200 * 33 * 2];
    for (int i = 0; i < values.length; i++) {
      PathSet of = i % 2 == 0 ? first : second;
      values[i] = of.value(i / 66, i / 2 % 33, 0);
    }
    PathShape shape = PathShape.equal(33, 0.125, List.of("right", "other"), List.of("c"));
    return new PathSet(shape, values, new float[200]);
  }

  @Test
  void refusesPathsOfAnotherShape() {
    PathSet longer = new OrnsteinUhlenbeck(1, 0, 1, 34).paths(9, 1);
    assertThatThrownBy(() -> PathEvaluation.of(LAW.paths(9, 1), LAW.paths(9, 2), longer, QUICK, 1))
        .hasMessageContaining("Compare paths of one shape");
  }
}
