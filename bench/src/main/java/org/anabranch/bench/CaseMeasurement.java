package org.anabranch.bench;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.anabranch.backend.simd.CorePeak;
import org.anabranch.solver.Method;
import org.anabranch.solver.Stepping;

/**
 * How a reference workload is timed.
 *
 * @param stepping of the solve
 * @param repeats that count; the median is stated
 * @param warmUpSeconds the least time before, for the compiler
 */
record CaseMeasurement(
    ReferenceCase workload, Stepping stepping, int threads, int repeats, double warmUpSeconds) {
  CaseMeasurement {
    if (threads < 1 || repeats < 1) {
      throw new IllegalArgumentException(
          "%d threads, %d repeats: each must be at least 1.".formatted(threads, repeats));
    }
  }

  /** The figures by name, in the order in which they are printed. */
  Map<String, Object> run(OdeProblem problem) {
    Method method = workload.method();
    double peakBefore = CorePeak.gigaflops();
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("case", workload.command());
    figures.put("dimension", problem.dimension());
    double median;
    long multiplyAdds;
    try (TiledGradient gradient =
        new TiledGradient(problem, method, workload.mode(), stepping, threads)) {
      Repeats.warmUp(gradient::run, warmUpSeconds);
      Repeats times = Repeats.of(gradient::run, repeats);
      median = times.median();
      StepCounts steps = gradient.steps();
      FieldWork all = FieldWork.ofGradient(method, gradient.mode(), problem.field(), steps);
      FieldWork forward = FieldWork.ofSolve(method, problem.field(), steps);
      multiplyAdds = all.multiplyAdds() * (problem.rows() / steps.samples());
      figures.putAll(steps.figures());
      figures.put("threads", threads);
      figures.put("seconds", median);
      figures.put("secondsLeast", times.least());
      figures.put("secondsMost", times.most());
      figures.put("processorSeconds", times.processorMedian());
      figures.put("repeats", repeats);
      figures.put("loss", gradient.loss());
      figures.put("gradientNorm", gradient.gradientNorm());
      figures.put("evaluations", steps.mean(all.evaluations()));
      figures.put("evaluationsForward", steps.mean(forward.evaluations()));
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
