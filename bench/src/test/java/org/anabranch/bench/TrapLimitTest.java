package org.anabranch.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.anabranch.backend.simd.SimdBackend;
import org.junit.jupiter.api.Test;

/** What the limits of traps and recompilations among the JVM options are for (docs/kernels.md). */
class TrapLimitTest {
  /** The tasks of a run are 1300; seven boxed vectors for each sample of a step 1.3 million. */
  private static final double MOST_BYTES = 10_000;

  /**
   * Both precisions leave traps in methods of the Vector API that they share, and the flight
   * recorder has everything compiled anew with them in mind.
   */
  @Test
  void vectorsStayInRegistersAfterSolvesInBothPrecisionsAndARecording() throws IOException {
    assumeTrue(
        SimdBackend.describe().startsWith("vector"),
        () -> "skipped: the kernels are " + SimdBackend.describe());
    GradientError.of(200);
    long deadline = System.nanoTime() + 60_000_000_000L;
    double allocated = Double.MAX_VALUE;
    while (allocated >= MOST_BYTES && System.nanoTime() < deadline) {
      allocated = bytesAStep();
    }
    assertThat(allocated).isLessThan(MOST_BYTES);
  }

  private static double bytesAStep() throws IOException {
    ProfileRun run =
        new ProfileRun(
            ReferenceCase.W5_MALI_WIDTH, ReferenceCase.W5_MALI_WIDTH.stepping(), 1, 2, 2);
    String title = run.record(OdeProblem.ofWidth(64)).title();
    Matcher bytes = Pattern.compile("([0-9.]+) a step of a tile").matcher(title);
    assertThat(bytes.find()).as(title).isTrue();
    return Double.parseDouble(bytes.group(1));
  }
}
