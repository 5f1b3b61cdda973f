package org.anabranch.bench;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.anabranch.backend.simd.CorePeak;
import org.anabranch.gradient.GradientMode;
import org.anabranch.solver.Method;
import org.anabranch.solver.TimeGrid;

/**
 * How a reference workload is timed.
 *
 * @param steps of the solve
 * @param repeats that count; the median is stated
 * @param warmUpSeconds the least time before, for the compiler
 */
record CaseMeasurement(
    ReferenceCase workload, int steps, int threads, int repeats, double warmUpSeconds) {
  CaseMeasurement {
    if (steps < 1 || threads < 1 || repeats < 1) {
      throw new IllegalArgumentException(
          "%d steps, %d threads, %d repeats: each must be at least 1."
              .formatted(steps, threads, repeats));
    }
  }

  /** The figures by name, in the order in which they are printed. */
  Map<String, Object> run(OdeProblem problem) {
    TimeGrid grid = new TimeGrid(0, 1, steps);
    Method method = workload.method();
    GradientMode mode = workload.mode();
    double peakBefore = CorePeak.gigaflops();
    FieldWork all = FieldWork.ofGradient(method, mode, problem.field(), grid);
    FieldWork forward = FieldWork.ofSolve(method, problem.field(), grid);
    long multiplyAdds = all.multiplyAdds() * problem.rows();
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("case", workload.command());
    figures.put("dimension", problem.dimension());
    figures.put("steps", steps);
    figures.put("threads", threads);
    double median;
    try (TiledGradient gradient = new TiledGradient(problem, method, mode, grid, threads)) {
      Repeats.warmUp(gradient::run, warmUpSeconds);
      Repeats times = Repeats.of(gradient::run, repeats);
      median = times.median();
      figures.put("seconds", median);
      figures.put("secondsLeast", times.least());
      figures.put("secondsMost", times.most());
      figures.put("processorSeconds", times.processorMedian());
      figures.put("repeats", repeats);
      figures.put("loss", gradient.loss());
      figures.put("gradientNorm", gradient.gradientNorm());
      figures.put("evaluations", all.evaluations());
      figures.put("evaluationsForward", forward.evaluations());
      figures.put("multiplyAdds", multiplyAdds);
      figures.put("peakBytes", Machine.peakResidentBytes());
      figures.put("reservedBytes", gradient.bytes());
    }
    // The better of the two: after a workload these loops can be slow (9 GF/s
    // instead of 280 was met), and too low a peak would flatter every share.
    double peak = Math.max(peakBefore, CorePeak.gigaflops());
    double rate = 2e-9 * multiplyAdds / median;
    figures.put("gigaflops", rate);
    figures.put("peakGigaflops", peak);
    figures.put("peakShare", rate / (peak * threads));
    figures.putAll(Machine.here().toMap());
    return figures;
  }

  /** The figures for people: a line each. */
  static String text(Map<String, Object> figures) {
    StringBuilder text = new StringBuilder();
    figures.forEach(
        (name, value) -> {
          String shown =
              value instanceof Double number ? "%.7g".formatted(number) : String.valueOf(value);
          text.append(String.format(Locale.ROOT, "%-20s %s%n", name, shown));
        });
    return text.toString();
  }
}
