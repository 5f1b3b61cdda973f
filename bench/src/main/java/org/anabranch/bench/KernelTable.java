package org.anabranch.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.anabranch.backend.simd.ElementBenchmark;
import org.anabranch.backend.simd.PeakBenchmark;
import org.anabranch.backend.simd.ProductBenchmark;
import org.anabranch.backend.simd.ProductTileBenchmark;
import org.anabranch.backend.simd.RowProductTileBenchmark;

/**
 * Timings as Markdown and for JSON. Rates are the median over the iterations, then the best one;
 * the share of the peak is best by best, since what disturbs a run on a shared machine only ever
 * slows it.
 */
final class KernelTable {
  private final double peak;
  private final StringBuilder text = new StringBuilder();
  private final List<Map<String, Object>> rows = new ArrayList<>();

  /**
   * @param peaks timings of {@link PeakBenchmark}, from before and after all others
   */
  KernelTable(Machine machine, List<Timing> peaks) {
    peak =
        peaks.stream().mapToDouble(timing -> best(timing, KernelTable::operations)).max().orElse(0);
    text.append(machine.sentence()).append("\n\n");
    line("Peak of one core, from independent fma chains in registers: %.1f GF/s.\n", peak);
    text.append("| chains | GF/s, median | best |\n|---:|---:|---:|\n");
    for (Timing timing : peaks) {
      ToDoubleFunction<Timing> operations = KernelTable::operations;
      line(
          "| %d | %.1f | %.1f |",
          timing.number("chains"), median(timing, operations), best(timing, operations));
      rates(timing, operations);
    }
  }

  double peak() {
    return peak;
  }

  private static double operations(Timing timing) {
    return PeakBenchmark.operations(timing.number("chains"));
  }

  KernelTable products(List<Timing> timings) {
    text.append("\n| kernel | width | rows | GF/s, median | best | share of peak |\n");
    text.append("|---|---:|---:|---:|---:|---:|\n");
    for (Timing timing : timings) {
      ToDoubleFunction<Timing> operations =
          t -> ProductBenchmark.operations(t.number("width"), t.number("rows"));
      line(
          "| %s | %d | %d | %.1f | %.1f | %.0f %% |",
          timing.name(),
          timing.number("width"),
          timing.number("rows"),
          median(timing, operations),
          best(timing, operations),
          100 * best(timing, operations) / peak);
      rates(timing, operations);
    }
    return this;
  }

  KernelTable tiles(List<Timing> timings) {
    text.append("\n| kernel | tile | depth | GF/s, median | best | share of peak |\n");
    text.append("|---|---|---:|---:|---:|---:|\n");
    for (Timing timing : timings) {
      ToDoubleFunction<Timing> operations =
          timing.name().startsWith("row")
              ? t -> RowProductTileBenchmark.operations(t.number("depth"))
              : t -> ProductTileBenchmark.operations(t.number("depth"));
      line(
          "| %s | %s | %d | %.1f | %.1f | %.0f %% |",
          timing.name(),
          timing.parameter("shape"),
          timing.number("depth"),
          median(timing, operations),
          best(timing, operations),
          100 * best(timing, operations) / peak);
      rates(timing, operations);
    }
    return this;
  }

  /** Benchmarks of as many numbers as {@link ElementBenchmark#COUNT}. */
  KernelTable elements(List<Timing> timings) {
    text.append("\n| element-wise | ns a number, median | best |\n|---|---:|---:|\n");
    for (Timing timing : timings) {
      double median = timing.medianNanos() / ElementBenchmark.COUNT;
      double best = timing.bestNanos() / ElementBenchmark.COUNT;
      line("| %s | %.3f | %.3f |", timing.name(), median, best);
      Map<String, Object> row = timing.toMap();
      row.put("medianNanosANumber", median);
      row.put("bestNanosANumber", best);
      rows.add(row);
    }
    return this;
  }

  private void rates(Timing timing, ToDoubleFunction<Timing> operations) {
    Map<String, Object> row = new LinkedHashMap<>(timing.toMap());
    row.put("medianGigaflops", median(timing, operations));
    row.put("bestGigaflops", best(timing, operations));
    row.put("peakShare", best(timing, operations) / peak);
    rows.add(row);
  }

  private static double median(Timing timing, ToDoubleFunction<Timing> operations) {
    return operations.applyAsDouble(timing) / timing.medianNanos();
  }

  private static double best(Timing timing, ToDoubleFunction<Timing> operations) {
    return operations.applyAsDouble(timing) / timing.bestNanos();
  }

  private void line(String format, Object... arguments) {
    text.append(String.format(Locale.ROOT, format, arguments)).append('\n');
  }

  String markdown() {
    return text.toString();
  }

  List<Map<String, Object>> rows() {
    return List.copyOf(rows);
  }
}
