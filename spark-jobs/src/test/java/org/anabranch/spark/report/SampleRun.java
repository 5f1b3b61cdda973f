package org.anabranch.spark.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.anabranch.train.LocalFolder;

/** A run's folder, written by hand, with texts in it that would like to be markup. */
final class SampleRun {
  static final String HOSTILE = "<img src=x onerror=\"document.title='owned'\">";
  static final String ENDING = "</script><script>document.title='owned'</script>";
  static final int ROUNDS = 40;

  private SampleRun() {}

  static LocalFolder at(Path path) throws IOException {
    LocalFolder folder = LocalFolder.open(path);
    put(
        folder,
        RunRecords.SUMMARY,
        """
        {"program": "anabranch", "name": "sample %s", "status": "completed", "started": "2026-01-01T00:00:00Z",
         "seconds": 61.5, "rounds": 40, "samples": 5120, "failures": 1, "repeatedRounds": 2, "worstDefect": 0.02,
         "metrics": {"train.loss": 0.25, "train.accuracy": 0.9, "test.loss": 0.5, "test.accuracy": 0.8125}}
        """
            .formatted(json(ENDING)));
    put(
        folder,
        RunRecords.PROVENANCE,
        """
        {"version": "%s", "trainSamples": 100, "testSamples": 16, "badRecords": 3, "samplesOfClass": [60, 56],
         "settings": {"train.learning-rate": {"value": "0.01", "from": "toy.conf:3"}}, "resumed": []}
        """
            .formatted(json(HOSTILE)));
    for (int round = 1; round <= ROUNDS; round++) {
      folder.append(RunRecords.METRICS, round(round));
      if (round % 10 == 0) {
        folder.append(
            RunRecords.METRICS,
            "{\"round\":%d,\"test.loss\":0.5,\"test.accuracy\":0.8125,\"solver.defect\":0.01,\"solver.reconstruction\":0.0}"
                .formatted(round));
      }
    }
    folder.append(
        RunRecords.BAD_RECORDS,
        "{\"file\":\"data/%s.csv\",\"line\":7,\"reason\":\"%s\"}"
            .formatted(json(ENDING), json(HOSTILE)));
    put(folder, RunRecords.EVALUATION, evaluation());
    put(folder, RunRecords.TRAJECTORIES, trajectories());
    put(
        folder,
        RunRecords.EXECUTION,
        """
        {"driver": {"gradient": 40.5, "evaluation": 2.25}, "lost": {"1": "%s"},
         "executors": [{"executor": "0", "host": "%s", "phase": "gradient", "tasks": 80, "failed": 1, "run": 70.5,
          "start": 1.5, "wait": 3.25, "collection": 0.5}]}
        """
            .formatted(json(HOSTILE), json(HOSTILE)));
    put(folder, RunRecords.FAILURE, "java.lang.IllegalStateException: " + ENDING + "\n\tat toy");
    return folder;
  }

  static String round(int round) {
    return "{\"round\":%d,\"train.loss\":%s,\"train.accuracy\":%s,\"samples\":%d,\"seconds\":%d.5}"
        .formatted(round, round == 3 ? "null" : 2.5 / round, 1 - 0.5 / round, 128 * round, round);
  }

  private static String evaluation() {
    return """
        {"round": 40, "samples": 16, "correct": 13, "confusion": [[7, 1], [2, 6]],
         "solve": {"method": "alf", "order": 2, "gradient": "reversible", "evaluations": 9, "accepted": 8, "rejected": 0, "fixed": true},
         "examined": 16, "wrong": 1, "image": {"side": 4, "low": 0, "high": 1},
         "mistakes": [{"id": "00000000000000ff", "label": 0, "found": 1, "certainty": 0.75, "ofLabel": 0.25,
          "features": [0, 0, 0, 0, 1, 1, 1, 1, 0.5, 0.5, 0.5, 0.5, 0, 1, 0, 1]}]}
        """;
  }

  private static String trajectories() {
    return """
        {"round": 40, "times": [0, 0.5, 1], "explained": [0.5, 0.25], "samples": [
          {"id": "0000000000000001", "label": 0, "found": 0, "plane": [[0, 0], [1, 0.5], [2, 1]], "ofLabel": [0.5, 0.75, 1], "defect": [0, 0.01, 0.02]},
          {"id": "0000000000000002", "label": 1, "found": 0, "plane": [[0, 0], [-1, 0.5], [-2, 2]], "ofLabel": [0.5, 0.25, 0.125], "defect": [0, 0.02, 0.01]}]}
        """;
  }

  private static void put(LocalFolder folder, String name, String text) throws IOException {
    folder.write(name, text.getBytes(StandardCharsets.UTF_8));
  }

  private static String json(String text) {
    return text.replace("\"", "\\\"");
  }
}
