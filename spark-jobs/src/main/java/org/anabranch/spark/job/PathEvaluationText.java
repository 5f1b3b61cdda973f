package org.anabranch.spark.job;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.anabranch.model.paths.evaluation.Distances;
import org.anabranch.model.paths.evaluation.PathEvaluation;

/** An evaluation of drawn paths as people and programs read it ({@code docs/evaluation.md}). */
record PathEvaluationText(PathEvaluation evaluation) {
  /** A row for each score; beside drawn paths real training ones, and those drawn untrained. */
  String table() {
    int times = evaluation.channels().get(0).histograms().size();
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%,d test paths, %,d drawn%s%n%n",
            evaluation.realTest(),
            evaluation.fake(),
            evaluation.lost() == 0
                ? ""
                : ", of which %,d hold numbers that are not finite".formatted(evaluation.lost())));
    text.append(row("distance from test paths", "drawn", "real", "untrained"));
    text.append(row("largest KS at %d times".formatted(times), Distances::ksLargest));
    text.append(row("mean KS at %d times".formatted(times), Distances::ksMean));
    text.append(row("signature MMD", Distances::mmd));
    evaluation
        .classification()
        .ifPresent(
            found ->
                text.append(
                    String.format(
                        Locale.ROOT,
                        "%nA network tells %.1f %% rightly (50 %% if it cannot tell; standard error"
                            + " %.1f %%)%n",
                        100 * found.accuracy(),
                        100 * found.standardError())));
    evaluation
        .prediction()
        .ifPresent(
            found ->
                text.append(
                    String.format(
                        Locale.ROOT,
                        "Prediction of %d times after %d, mean square: %.4f trained on drawn paths,"
                            + " %.4f on real ones, %.4f by the last value%n",
                        found.predictedTimes(),
                        found.readTimes(),
                        found.trainedOnFake(),
                        found.trainedOnReal(),
                        found.lastValue())));
    return text.toString();
  }

  private String row(String name, ToDoubleFunction<Distances> figure) {
    Optional<Distances> untrained = evaluation.untrained();
    return row(
        name,
        shown(figure.applyAsDouble(evaluation.distances())),
        shown(figure.applyAsDouble(evaluation.yardstick())),
        untrained.map(found -> shown(figure.applyAsDouble(found))).orElse("-"));
  }

  private static String row(String name, String drawn, String real, String untrained) {
    return String.format(Locale.ROOT, "%-34s%10s%10s%10s%n", name, drawn, real, untrained);
  }

  private static String shown(double figure) {
    return Double.isFinite(figure) ? String.format(Locale.ROOT, "%.4f", figure) : "-";
  }

  /** One line, as {@code summary.json} names the figures. */
  String json() {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("samples", evaluation.realTest());
    object.put("drawn", evaluation.fake());
    object.put("lost", evaluation.lost());
    PathScores.of(evaluation).forEach((name, value) -> object.put(name, Json.number(value)));
    return Json.line(object) + System.lineSeparator();
  }
}
