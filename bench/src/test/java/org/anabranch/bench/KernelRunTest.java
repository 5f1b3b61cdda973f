package org.anabranch.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.anabranch.backend.simd.ElementBenchmark;
import org.anabranch.backend.simd.PeakBenchmark;
import org.anabranch.backend.simd.ProductTileBenchmark;
import org.junit.jupiter.api.Test;

class KernelRunTest {
  private static final KernelRun SHORT = new KernelRun(10, 2, 10);

  @Test
  void everyElementWiseKernelIsTimedAndStandsInTheTable() throws IOException {
    List<Timing> peaks = SHORT.measure(PeakBenchmark.class, "chains=12");
    List<Timing> elements = SHORT.measure(ElementBenchmark.class, "");
    KernelTable table = new KernelTable(Machine.here(), peaks).elements(elements);
    assertThat(elements)
        .extracting(Timing::name)
        .containsExactlyInAnyOrder("add", "exp", "log", "sigmoid", "silu", "softplus", "tanh");
    assertThat(elements).allMatch(timing -> timing.bestNanos() <= timing.medianNanos());
    assertThat(table.markdown()).contains("| 12 |", "| tanh |", "lanes");
    assertThat(table.rows()).hasSize(8);
  }

  @Test
  void aParameterCanBeHeld() throws IOException {
    KernelRun shortest = new KernelRun(1, 1, 1);
    List<Timing> timings = shortest.measure(ProductTileBenchmark.class, "shape=4x2");
    assertThat(timings).extracting(timing -> timing.number("depth")).containsExactly(64, 128);
    assertThat(timings).allMatch(timing -> timing.parameter("shape").equals("4x2"));
  }
}
