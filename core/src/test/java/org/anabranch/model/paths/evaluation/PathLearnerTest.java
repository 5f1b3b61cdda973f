package org.anabranch.model.paths.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.anabranch.model.paths.ChannelScales;
import org.anabranch.model.paths.PathSet;
import org.anabranch.nn.Initialiser;
import org.junit.jupiter.api.Test;

class PathLearnerTest {
  private static final NetworkOptions SMALL =
      new NetworkOptions("simd-float64", 1, 10, 20, 9, 3, 4, 8, 0.01, 1);
  private static final PathSet PATHS =
      OrnsteinUhlenbeck.withGaps(new OrnsteinUhlenbeck(1, 0, 1, 9).paths(6, 1), 0.2, 2);
  private static final ReadPaths READ = ReadPaths.of(PATHS, ChannelScales.none(1));
  private static final int[] ORDER = {4, 0, 5, 1, 3, 2};

  @Test
  void theGradientOfTheCrossEntropyIsThatOfFiniteDifferences() {
    requireGradient(new PathLearner(SMALL, 9, 1, 1), new Classification.Logits(3));
  }

  @Test
  void theGradientOfTheSquaredErrorIsThatOfFiniteDifferences() {
    PathSet target =
        OrnsteinUhlenbeck.withGaps(new OrnsteinUhlenbeck(1, 0, 1, 2).paths(6, 3), 0.3, 4);
    ReadPaths later = ReadPaths.of(target, ChannelScales.none(1));
    requireGradient(new PathLearner(SMALL, 9, 1, 2), new Prediction.Changes(READ, later));
  }

  private static void requireGradient(PathLearner learner, PathLearner.Objective objective) {
    double[] values = Initialiser.glorot(learner.layout(), 3);
    double[] gradient = new double[values.length];
    double[] unread = new double[values.length];
    learner.load(values);
    learner.loss(READ, ORDER, 0, 5, objective, gradient);
    double step = 1e-5;
    for (int i = 0; i < values.length; i++) {
      double[] moved = values.clone();
      moved[i] = values[i] + step;
      learner.load(moved);
      double above = learner.loss(READ, ORDER, 0, 5, objective, unread);
      moved[i] = values[i] - step;
      learner.load(moved);
      double below = learner.loss(READ, ORDER, 0, 5, objective, unread);
      double slope = (above - below) / (2 * step);
      assertThat(gradient[i]).as("parameter %d", i).isCloseTo(slope, within(1e-8));
    }
    assertThat(Arrays.stream(gradient).map(Math::abs).max().orElseThrow()).isGreaterThan(1e-3);
  }

  @Test
  void aLossOverAllPathsIsTheMeanOfItsBatches() {
    PathLearner learner = new PathLearner(SMALL, 9, 1, 1);
    learner.load(Initialiser.glorot(learner.layout(), 3));
    double[] unread = new double[learner.layout().size()];
    Classification.Logits logits = new Classification.Logits(3);
    double one = learner.loss(READ, ORDER, 0, 2, logits, unread);
    double other = learner.loss(READ, ORDER, 2, 6, logits, unread);
    assertThat(learner.loss(READ, logits)).isCloseTo((2 * one + 4 * other) / 6, within(1e-12));
  }

  @Test
  void farValuesLeaveItFinite() {
    PathSet wild = OrnsteinUhlenbeck.given(new float[] {1e30f, -1e30f, 0, 1e30f, 3});
    ReadPaths read = ReadPaths.of(wild, ChannelScales.none(1));
    PathLearner learner = new PathLearner(SMALL.withBackend("simd"), 5, 1, 1);
    learner.train(read, new Classification.Logits(1), 1);
    assertThat(learner.loss(read, new Classification.Logits(1))).isFinite();
  }
}
