package org.anabranch.train.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class KnownRowsTest {
  private final AtomicInteger calls = new AtomicInteger();

  private double[] doubled(double[] row) {
    calls.incrementAndGet();
    return new double[] {2 * row[0], 2 * row[1]};
  }

  @Test
  void aRowIsComputedOnce() {
    KnownRows rows = new KnownRows(10_000);
    assertThat(rows.of(new double[] {1, 2}, this::doubled)).containsExactly(2, 4);
    assertThat(rows.of(new double[] {1, 2}, this::doubled)).containsExactly(2, 4);
    assertThat(calls).hasValue(1);
    assertThat(rows.of(new double[] {2, 1}, this::doubled)).containsExactly(4, 2);
    assertThat(calls).hasValue(2);
  }

  @Test
  void minusZeroIsAnotherRowThanZero() {
    KnownRows rows = new KnownRows(10_000);
    assertThat(rows.of(new double[] {0.0, 0}, this::doubled)).containsExactly(0.0, 0);
    assertThat(rows.of(new double[] {-0.0, 0}, this::doubled)).containsExactly(-0.0, 0);
    assertThat(calls).hasValue(2);
  }

  @Test
  void whatHasNoRoomIsComputedAgain() {
    KnownRows rows = new KnownRows(150);
    for (int pass = 0; pass < 2; pass++) {
      for (int i = 0; i < 3; i++) {
        assertThat(rows.of(new double[] {i, 1}, this::doubled)).containsExactly(2 * i, 2);
      }
    }
    assertThat(rows.size()).isEqualTo(1);
    assertThat(calls).hasValue(1 + 2 + 2);
  }
}
