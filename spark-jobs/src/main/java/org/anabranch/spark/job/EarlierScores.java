package org.anabranch.spark.job;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anabranch.model.paths.evaluation.Distances;
import org.anabranch.model.paths.evaluation.RoundScores;
import org.anabranch.train.RunFolder;

/** Distances of drawn paths as a run's metrics have them, for the history of one that goes on. */
final class EarlierScores {
  private static final String LARGEST = "test.ks-largest";
  private static final String MEAN = "test.ks-mean";
  private static final String SIGNATURE = "test.signature-mmd";

  private EarlierScores() {}

  /** Of one evaluation, under the names of metrics. */
  static Map<String, Double> figures(Distances distances) {
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put(LARGEST, distances.ksLargest());
    figures.put(MEAN, distances.ksMean());
    figures.put(SIGNATURE, distances.mmd());
    return figures;
  }

  /** Of all evaluations in a folder, in the order of the rounds; the unbiased square is NaN. */
  static List<RoundScores> in(RunFolder folder) throws IOException {
    List<RoundScores> scores = new ArrayList<>();
    if (folder.exists(RunFiles.METRICS)) {
      String metrics = new String(folder.read(RunFiles.METRICS), StandardCharsets.UTF_8);
      for (String line : metrics.lines().filter(text -> text.contains(LARGEST)).toList()) {
        scores.add(scores(Json.object(line.getBytes(StandardCharsets.UTF_8))));
      }
    }
    return scores;
  }

  private static RoundScores scores(Map<String, Object> line) {
    return new RoundScores(
        (long) number(line, "round"),
        new Distances(
            number(line, LARGEST), number(line, MEAN), number(line, SIGNATURE), Double.NaN));
  }

  private static double number(Map<String, Object> line, String key) {
    return line.get(key) instanceof Number number ? number.doubleValue() : Double.NaN;
  }
}
