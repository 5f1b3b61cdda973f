package org.anabranch.solver;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OutcomeTest {
  @Test
  void aFiniteEndStateInRangeIsSolvedEvenIfUnstable() {
    assertThat(Outcome.values())
        .filteredOn(Outcome::isSolved)
        .containsExactly(Outcome.COMPLETED, Outcome.EVENT, Outcome.UNSTABLE);
  }
}
