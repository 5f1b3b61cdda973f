package org.anabranch.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final List<Double> NONE = List.of();

  /** The cosines of 0, 60, 90, 120 and 180 degrees are 1, ½, 0, −½ and −1. */
  @Test
  void cosineGoesThroughItsKnownValues() {
    Schedule schedule = Schedule.cosine(0, 6);
    assertThat(schedule.factor(0, NONE)).isEqualTo(1);
    assertThat(schedule.factor(2, NONE)).isCloseTo(0.75, within(1e-15));
    assertThat(schedule.factor(3, NONE)).isCloseTo(0.5, within(1e-15));
    assertThat(schedule.factor(4, NONE)).isCloseTo(0.25, within(1e-15));
    assertThat(schedule.factor(6, NONE)).isZero();
    assertThat(schedule.factor(7, NONE)).isZero();
  }

  @Test
  void cosineEndsAtTheLowestAndStaysThere() {
    Schedule schedule = Schedule.cosine(0.2, 4);
    assertThat(schedule.factor(2, NONE)).isCloseTo(0.6, within(1e-15));
    assertThat(schedule.factor(4, NONE)).isEqualTo(0.2);
    assertThat(schedule.factor(1_000_000, NONE)).isEqualTo(0.2);
  }

  @Test
  void plateausHalveTheRateDownToTheLowest() {
    Schedule schedule = Schedule.plateau(0.5, 0.2, new Patience(2, 0));
    assertThat(schedule.factor(9, List.of(3.0, 2.0, 2.5))).isEqualTo(1);
    assertThat(schedule.factor(9, List.of(3.0, 2.0, 2.5, 2.0))).isEqualTo(0.5);
    assertThat(schedule.factor(9, List.of(3.0, 2.0, 2.5, 2.0, 1.0, 1.0, 1.0))).isEqualTo(0.25);
    assertThat(schedule.factor(9, List.of(1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0))).isEqualTo(0.2);
  }

  @Test
  void warmUpEndsWithTheScheduleItself() {
    Schedule schedule = Schedule.constant().warmedUp(4);
    assertThat(schedule.factor(0, NONE)).isEqualTo(0.25);
    assertThat(schedule.factor(2, NONE)).isEqualTo(0.75);
    assertThat(schedule.factor(3, NONE)).isEqualTo(1);
    assertThat(schedule.factor(4, NONE)).isEqualTo(1);
  }

  /** 0.9⁵⁰⁰⁰⁰ is below the least double; a rate of 0 is one that stands still, not NaN. */
  @Test
  void aRateThatUnderflowsIsZero() {
    assertThat(Schedule.exponential(0.9, 1).factor(50_000, NONE)).isZero();
  }

  @Test
  void numbersWithoutSenseAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Schedule.step(1.5, 3))
        .withMessageContaining("a decay of 1.5 every 3 rounds")
        .withMessageContaining("above 0 and at most 1");
    assertThatIllegalArgumentException().isThrownBy(() -> Schedule.exponential(0.5, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> Schedule.cosine(-0.1, 3));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Schedule.plateau(0.5, 2, new Patience(1, 0)));
    assertThatIllegalArgumentException().isThrownBy(() -> Schedule.constant().warmedUp(0));
  }
}
