package org.anabranch.spark.report;

import java.util.Map;

/** What a model of paths is told to be worth, from paths that it draws and real ones. */
public interface PathExamination {
  /**
   * Looks at the model after a round.
   *
   * @return figures under the names of metrics
   */
  Map<String, Double> figures(long round, double[] parameters);
}
