package org.anabranch.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.anabranch.backend.simd.SimdBackend;
import org.anabranch.gradient.GradientMode;
import org.junit.jupiter.api.Test;

class MemoryTableTest {
  private static final int STEPS = 4_000;

  /**
   * A vector that the compiler puts into an object is 96 bytes, and one in a loop of products makes
   * megabytes a step; what is allowed here is the bookkeeping of the virtual machine. When the
   * compiler has done its work depends on what else this machine does.
   */
  @Test
  void aStepAllocatesNothingOnceCompiled() {
    assumeTrue(
        SimdBackend.describe().startsWith("vector"),
        () -> "skipped: the kernels are " + SimdBackend.describe());
    long deadline = System.nanoTime() + 90_000_000_000L;
    long allocated = Long.MAX_VALUE;
    while (allocated >= 32L * STEPS && System.nanoTime() < deadline) {
      allocated = MemoryTable.measure(GradientMode.reversible(), STEPS).allocated();
    }
    assertThat(allocated).isLessThan(32L * STEPS);
  }

  @Test
  void whatReversibleReservesDoesNotGrowWithTheSteps() {
    assertThat(MemoryTable.measure(GradientMode.reversible(), 400).reserved())
        .isEqualTo(MemoryTable.measure(GradientMode.reversible(), 4).reserved());
    assertThat(MemoryTable.measure(GradientMode.direct(), 400).reserved())
        .isGreaterThan(10 * MemoryTable.measure(GradientMode.direct(), 4).reserved());
  }
}
