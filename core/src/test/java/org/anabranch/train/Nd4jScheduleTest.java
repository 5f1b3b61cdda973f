package org.anabranch.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.linalg.schedule.RampSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/** Learning rates beside ND4J's over 100 rounds and more, to the rounding of float64. */
class Nd4jScheduleTest {
  private static final double RATE = 0.05;

  @Test
  void stepIsNd4jsStepSchedule() {
    requireEqual(
        Schedule.step(0.3, 7),
        new org.nd4j.linalg.schedule.StepSchedule(ScheduleType.ITERATION, RATE, 0.3, 7));
  }

  /** Epochs of 13 rounds; ND4J counts the epochs. */
  @Test
  void stepOverEpochsIsNd4jsStepScheduleOfEpochs() {
    requireEqual(
        Schedule.step(0.3, 2 * 13),
        new org.nd4j.linalg.schedule.StepSchedule(ScheduleType.EPOCH, RATE, 0.3, 2));
  }

  @Test
  void exponentialIsNd4jsExponentialSchedule() {
    requireEqual(
        Schedule.exponential(0.97, 1),
        new org.nd4j.linalg.schedule.ExponentialSchedule(ScheduleType.ITERATION, RATE, 0.97));
  }

  @Test
  void warmUpIsNd4jsRampSchedule() {
    ISchedule step =
        new org.nd4j.linalg.schedule.StepSchedule(ScheduleType.ITERATION, RATE, 0.3, 40);
    requireEqual(Schedule.step(0.3, 40).warmedUp(25), new RampSchedule(step, 25));
    requireEqual(Schedule.step(0.3, 40).warmedUp(1), new RampSchedule(step, 1));
  }

  private static void requireEqual(Schedule ours, ISchedule nd4js) {
    for (int round = 0; round < 130; round++) {
      assertThat(RATE * ours.factor(round, List.of()))
          .as("round %d", round)
          .isCloseTo(nd4js.valueAt(round, round / 13), withinPercentage(1e-13));
    }
  }
}
