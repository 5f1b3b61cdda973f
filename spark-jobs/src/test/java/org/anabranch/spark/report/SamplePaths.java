package org.anabranch.spark.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.anabranch.model.paths.PathSet;
import org.anabranch.model.paths.PathShape;
import org.anabranch.model.paths.evaluation.Distances;
import org.anabranch.model.paths.evaluation.EvaluationOptions;
import org.anabranch.model.paths.evaluation.NetworkOptions;
import org.anabranch.model.paths.evaluation.PathEvaluation;
import org.anabranch.model.paths.evaluation.PathReport;
import org.anabranch.model.paths.evaluation.RoundScores;
import org.anabranch.random.CounterRandom;
import org.anabranch.random.Stream;
import org.anabranch.train.LocalFolder;

/** The folder of a run that trained a generator: paths of a slightly wrong law beside real ones. */
final class SamplePaths {
  static final String HOSTILE = "<b onclick=\"x\">level";
  private static final int LENGTH = 49;
  private static final int COUNT = 400;

  private SamplePaths() {}

  static LocalFolder at(Path path) throws IOException {
    LocalFolder folder = LocalFolder.open(path);
    write(
        folder,
        RunRecords.SUMMARY,
        """
        {"program": "anabranch", "name": "generator", "status": "completed", "seconds": 61.5, "rounds": 40, "samples": 5120,
         "metrics": {"train.loss": -0.25}}
        """);
    for (int round = 1; round <= 40; round++) {
      folder.append(
          RunRecords.METRICS,
          "{\"round\":%d,\"train.loss\":%s,\"samples\":%d}"
              .formatted(round, 1.0 - 0.03 * round, 128 * round));
    }
    write(folder, RunRecords.PATHS, report().toString());
    return folder;
  }

  private static ObjectNode report() {
    PathSet test = paths(1, 0.2, 2);
    PathSet fake = paths(1.5, 0.4, 3);
    EvaluationOptions options =
        EvaluationOptions.defaults().withNetworks(NetworkOptions.defaults().withSteps(60));
    PathEvaluation evaluation =
        PathEvaluation.of(paths(1, 0.2, 1), test, fake, Optional.of(paths(6, 1.5, 4)), options, 1);
    List<RoundScores> history =
        List.of(
            new RoundScores(0, new Distances(0.9, 0.8, 6, 36)),
            new RoundScores(20, new Distances(0.5, 0.4, 2, 4)),
            new RoundScores(40, evaluation.distances()));
    return PathReport.json(evaluation, test, fake, history);
  }

  /** A mean-reverting level, and a second channel that follows it with noise. */
  private static PathSet paths(double rate, double mean, long seed) {
    PathShape shape = PathShape.equal(LENGTH, 1.0 / 12, List.of(HOSTILE, "second"), List.of());
    double keeps = Math.exp(-rate / 12);
    float[] values = new float[COUNT * LENGTH * 2];
    for (int path = 0; path < COUNT; path++) {
      double level = normal(seed, path, 0, 0);
      for (int time = 0; time < LENGTH; time++) {
        if (time > 0) {
          level = keeps * level + Math.sqrt(1 - keeps * keeps) * normal(seed, path, time, 0);
        }
        int at = (path * LENGTH + time) * 2;
        values[at] = (float) (mean + level);
        values[at + 1] = (float) (0.5 * level + 0.3 * normal(seed, path, time, 1));
      }
    }
    return new PathSet(shape, values, new float[0]);
  }

  private static double normal(long seed, int path, int time, int component) {
    return CounterRandom.normal(seed, Stream.SYNTHETIC, path, time, component);
  }

  private static void write(LocalFolder folder, String name, String text) throws IOException {
    folder.write(name, text.getBytes(StandardCharsets.UTF_8));
  }
}
