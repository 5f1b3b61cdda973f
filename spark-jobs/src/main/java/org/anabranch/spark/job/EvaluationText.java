package org.anabranch.spark.job;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.anabranch.train.Evaluation;

/** An evaluation as people and programs read it. */
record EvaluationText(Evaluation evaluation) {
  /** Loss and accuracy, then the confusion matrix with the recall of each class. */
  String table() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%,d samples: accuracy %.2f %%, loss %.4f%n%n",
            evaluation.weight(),
            100 * evaluation.accuracy(),
            evaluation.meanLoss()));
    List<List<Long>> rows = evaluation.confusion();
    int width =
        Math.max(
            5,
            rows.stream()
                    .flatMap(List::stream)
                    .mapToInt(n -> String.valueOf(n).length())
                    .max()
                    .orElse(0)
                + 1);
    text.append("class  taken for\n      ");
    IntStream.range(0, rows.size()).forEach(k -> text.append(padded(String.valueOf(k), width)));
    text.append(padded("recall", 9)).append('\n');
    for (int label = 0; label < rows.size(); label++) {
      text.append(padded(String.valueOf(label), 5)).append(' ');
      for (long count : rows.get(label)) {
        text.append(padded(count == 0 ? "." : String.valueOf(count), width));
      }
      text.append(padded(share(rows, label), 9)).append('\n');
    }
    return text.toString();
  }

  private static String share(List<List<Long>> rows, int label) {
    long all = rows.get(label).stream().mapToLong(Long::longValue).sum();
    return all == 0
        ? "-"
        : String.format(Locale.ROOT, "%.1f %%", 100.0 * rows.get(label).get(label) / all);
  }

  private static String padded(String text, int width) {
    return " ".repeat(Math.max(0, width - text.length())) + text;
  }

  /** One line, as {@code metrics.jsonl} names the figures. */
  String json() {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("samples", evaluation.weight());
    object.put("test.loss", Json.number(evaluation.meanLoss()));
    object.put("test.accuracy", Json.number(evaluation.accuracy()));
    object.put(
        "confusion",
        evaluation.confusion().stream().map(List::copyOf).collect(Collectors.toList()));
    return Json.line(object) + System.lineSeparator();
  }
}
