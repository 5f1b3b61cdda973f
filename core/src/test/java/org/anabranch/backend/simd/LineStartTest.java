package org.anabranch.backend.simd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class LineStartTest {
  private static final int ROUND = LineStart.CHOICES * LineStart.TRIALS;

  private final LineStart start = new LineStart();

  /** Products that take 100 ns, and 60 ns with one beginning. The beginnings that were used. */
  private Set<Integer> products(int count, int fast) {
    Set<Integer> used = new TreeSet<>();
    for (int i = 0; i < count; i++) {
      int next = start.next();
      used.add(next);
      start.took(next == fast ? 60 : 100, 1);
    }
    return used;
  }

  @Test
  void eachBeginningIsTried() {
    assertThat(products(ROUND, 7)).hasSize(LineStart.CHOICES).contains(1, LineStart.CHOICES);
  }

  @Test
  void theFastestIsKeptUntilTheNextRound() {
    products(ROUND, 7);
    assertThat(products(LineStart.PERIOD - ROUND, 7)).containsExactly(7);
    assertThat(start.next()).isEqualTo(1);
  }

  @Test
  void arraysThatWereMovedGetAnotherBeginning() {
    products(LineStart.PERIOD, 7);
    products(ROUND, 3);
    assertThat(start.next()).isEqualTo(3);
  }

  @Test
  void aProductTwiceAsLargeIsNotTakenForASlowOne() {
    for (int i = 0; i < ROUND; i++) {
      boolean fast = start.next() == 5;
      start.took(fast ? 120 : 100, fast ? 2 : 1);
    }
    assertThat(start.next()).isEqualTo(5);
  }
}
