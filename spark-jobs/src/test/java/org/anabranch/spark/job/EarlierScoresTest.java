package org.anabranch.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.anabranch.model.paths.evaluation.Distances;
import org.anabranch.model.paths.evaluation.RoundScores;
import org.anabranch.train.Evaluation;
import org.anabranch.train.LocalFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EarlierScoresTest {
  @TempDir Path folder;

  @Test
  void whatMetricsTellOfDrawnPathsIsFoundAgain() throws Exception {
    LocalFolder run = LocalFolder.open(folder);
    assertThat(EarlierScores.in(run)).isEmpty();
    MetricsLog metrics = new MetricsLog(run);
    Evaluation none = Evaluation.none(0);
    for (long round = 1; round <= 6; round++) {
      metrics.round(round, 0.5, Double.NaN, 64 * round, 1);
    }
    metrics.evaluated(2, none, Map.of());
    metrics.evaluated(3, none, EarlierScores.figures(new Distances(0.5, 0.25, 2, 3)));
    metrics.evaluated(6, none, EarlierScores.figures(new Distances(0.125, 0.0625, Double.NaN, 1)));
    metrics.flush();
    assertThat(EarlierScores.in(run)).containsExactlyElementsOf(expected());
  }

  private static List<RoundScores> expected() {
    double unknown = Double.NaN;
    return List.of(
        new RoundScores(3, new Distances(0.5, 0.25, 2, unknown)),
        new RoundScores(6, new Distances(0.125, 0.0625, unknown, unknown)));
  }
}
