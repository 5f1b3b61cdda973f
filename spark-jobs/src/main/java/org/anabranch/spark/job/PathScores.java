package org.anabranch.spark.job;

import java.util.LinkedHashMap;
import java.util.Map;
import org.anabranch.model.paths.evaluation.Distances;
import org.anabranch.model.paths.evaluation.PathEvaluation;

/** The figures of an evaluation of drawn paths, under the names that {@code summary.json} uses. */
final class PathScores {
  private PathScores() {}

  static Map<String, Double> of(PathEvaluation evaluation) {
    Map<String, Double> scores = new LinkedHashMap<>();
    put(scores, "paths", evaluation.distances());
    put(scores, "paths.yardstick", evaluation.yardstick());
    evaluation.untrained().ifPresent(found -> put(scores, "paths.untrained", found));
    evaluation
        .classification()
        .ifPresent(found -> scores.put("paths.classification-accuracy", found.accuracy()));
    evaluation
        .prediction()
        .ifPresent(
            found -> {
              scores.put("paths.prediction-trained-on-drawn", found.trainedOnFake());
              scores.put("paths.prediction-trained-on-real", found.trainedOnReal());
              scores.put("paths.prediction-last-value", found.lastValue());
            });
    return scores;
  }

  private static void put(Map<String, Double> scores, String prefix, Distances distances) {
    scores.put(prefix + ".ks-largest", distances.ksLargest());
    scores.put(prefix + ".ks-mean", distances.ksMean());
    scores.put(prefix + ".signature-mmd", distances.mmd());
  }
}
