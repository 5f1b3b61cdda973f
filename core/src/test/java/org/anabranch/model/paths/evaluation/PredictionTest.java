package org.anabranch.model.paths.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.anabranch.model.paths.ChannelScales;
import org.anabranch.model.paths.PathSet;
import org.junit.jupiter.api.Test;

class PredictionTest {
  private static final OrnsteinUhlenbeck LAW = new OrnsteinUhlenbeck(2, 1, 1, 33);
  private static final NetworkOptions OPTIONS = NetworkOptions.defaults().withSteps(300);

  @Test
  void theRightLawTeachesNearlyAsMuchAsThereIsToLearn() {
    Prediction.Task task = task(LAW.paths(1000, 2));
    assertThat(task.readTimes()).isEqualTo(26);
    assertThat(task.predictedTimes()).isEqualTo(7);
    // The best prediction is persistence^k of the last value: its error 1 − persistence^(2k).
    double best = 0;
    double unchanged = 0;
    for (int k = 1; k <= 7; k++) {
      best += (1 - Math.pow(LAW.persistence(), 2 * k)) / 7;
      unchanged += 2 * (1 - Math.pow(LAW.persistence(), k)) / 7;
    }
    assertThat(task.lastValueError()).isCloseTo(unchanged, within(0.06));
    assertThat(task.error(LAW.paths(1000, 3), 1)).isBetween(best - 0.06, best + 0.1);
  }

  @Test
  void theWrongLawTeachesLess() {
    Prediction.Task task = task(LAW.paths(1000, 2));
    double right = task.error(LAW.paths(1000, 3), 1);
    double wrong = task.error(new OrnsteinUhlenbeck(2, 3, 1, 33).paths(1000, 3), 1);
    assertThat(wrong).isGreaterThan(1.3 * right);
  }

  @Test
  void valuesThatAreMissingAreNotJudged() {
    float gap = Float.NaN;
    PathSet test = OrnsteinUhlenbeck.given(new float[] {1, 1, 1, 2, gap, 5, gap, 4, 8, gap});
    Prediction.Task task = new Prediction.Task(test, ChannelScales.none(1), OPTIONS);
    assertThat(task.readTimes()).isEqualTo(8);
    assertThat(task.lastValueError()).isEqualTo(16);
  }

  private static Prediction.Task task(PathSet test) {
    return new Prediction.Task(test, ReadPaths.scales(LAW.paths(1000, 1)), OPTIONS);
  }
}
