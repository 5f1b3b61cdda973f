package org.anabranch.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class FirstRoundTest {
  private final Iterator<Double> times = List.of(1.5, 2.5).iterator();
  private final FirstRound first = new FirstRound(times::next);

  @Test
  void keepsTheTimeOfTheFirstRoundAndNotOfALaterOne() {
    round(1);
    round(2);
    assertThat(first.seconds()).isEqualTo(1.5);
  }

  @Test
  void hasNoTimeBeforeARound() {
    first.warning("not a round");
    assertThat(first.seconds()).isNaN();
  }

  @Test
  void isNotOlderThanThisVirtualMachine() {
    FirstRound here = FirstRound.ofThisMachine();
    long before = System.nanoTime();
    here.round(1, 1, 0, 0, 1, 1);
    double first = here.seconds();
    FirstRound later = FirstRound.ofThisMachine();
    later.round(1, 1, 0, 0, 1, 1);
    double between = (System.nanoTime() - before) * 1e-9;
    assertThat(first).isPositive();
    assertThat(later.seconds() - first).isBetween(0.0, between + 0.002);
  }

  private void round(long number) {
    first.round(number, 2, 0, 0, 1, 1);
  }
}
