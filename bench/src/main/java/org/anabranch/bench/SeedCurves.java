package org.anabranch.bench;

import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The curves of runs that differ in their seeds alone.
 *
 * @param seeds one curve or more, with as many evaluations each
 */
record SeedCurves(String label, List<LearningCurve> seeds) {
  static final String HEADER =
      """
      | run | seeds | rounds | ms a round | samples to %d %% | best | at the end |
      |---|---:|---:|---:|---:|---:|---:|
      """;

  static final String HEADER_OF_DISTANCES =
      """
      | run | seeds | rounds | ms a round | least | at the end |
      |---|---:|---:|---:|---:|---:|
      """;

  SeedCurves {
    seeds = List.copyOf(seeds);
    if (seeds.stream().mapToInt(curve -> curve.samples().size()).distinct().count() != 1) {
      throw new IllegalArgumentException(
          "%s: its runs have %s evaluations. Give runs one label only if they differ in nothing but the seed."
              .formatted(
                  label, seeds.stream().map(curve -> curve.samples().size()).distinct().toList()));
    }
  }

  /** Samples seen at each evaluation, averaged over the seeds. */
  List<Double> samples() {
    return means(i -> curve -> curve.samples().get(i));
  }

  /** Test accuracy at each evaluation, averaged over the seeds. */
  List<Double> accuracies() {
    return means(i -> curve -> curve.accuracies().get(i));
  }

  private List<Double> means(IntFunction<ToDoubleFunction<LearningCurve>> ofEvaluation) {
    return IntStream.range(0, seeds.get(0).samples().size())
        .mapToObj(i -> mean(ofEvaluation.apply(i)))
        .toList();
  }

  private double mean(ToDoubleFunction<LearningCurve> figure) {
    return seeds.stream().mapToDouble(figure).average().orElseThrow();
  }

  /** A line of Markdown: means over the seeds, with the lowest and highest where they differ. */
  String row(double accuracy) {
    return "| %s | %d | %s | %s | %s | %s | %s |\n"
        .formatted(
            label,
            seeds.size(),
            cell("%,.0f", LearningCurve::rounds),
            cell("%.1f", curve -> 1e3 * curve.seconds() / curve.rounds()),
            seeds.stream().anyMatch(curve -> curve.samplesTo(accuracy) < 0)
                ? "not reached"
                : cell("%,.0f", curve -> curve.samplesTo(accuracy)),
            cell("%.1f %%", curve -> 100 * curve.best()),
            cell("%.1f %%", curve -> 100 * curve.last()));
  }

  /** A line of Markdown for a figure that is better the lower it is. */
  String rowOfDistance() {
    return "| %s | %d | %s | %s | %s | %s |\n"
        .formatted(
            label,
            seeds.size(),
            cell("%,.0f", LearningCurve::rounds),
            cell("%.1f", curve -> 1e3 * curve.seconds() / curve.rounds()),
            cell("%.3f", LearningCurve::least),
            cell("%.3f", LearningCurve::last));
  }

  private String cell(String format, ToDoubleFunction<LearningCurve> figure) {
    String mean = text(format, mean(figure));
    String least = text(format, seeds.stream().mapToDouble(figure).min().orElseThrow());
    String most = text(format, seeds.stream().mapToDouble(figure).max().orElseThrow());
    return least.equals(most)
        ? mean
        : "%s (%s-%s)".formatted(mean, least.replace(" %", ""), most.replace(" %", ""));
  }

  private static String text(String format, double number) {
    return String.format(Locale.ROOT, format, number);
  }
}
