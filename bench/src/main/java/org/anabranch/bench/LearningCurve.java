package org.anabranch.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Test accuracy against samples seen, from the {@code metrics.jsonl} of a run.
 *
 * @param label of the run
 * @param rounds of the run
 * @param seconds of all rounds and the evaluations between them
 */
record LearningCurve(
    String label, List<Long> samples, List<Double> accuracies, long rounds, double seconds) {
  static final String ACCURACY = "test.accuracy";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  LearningCurve {
    samples = List.copyOf(samples);
    accuracies = List.copyOf(accuracies);
  }

  /**
   * Reads a run that was never resumed: only its count of samples starts at its first round.
   *
   * @throws IllegalArgumentException if the run has no evaluations
   */
  static LearningCurve read(String label, Path run) throws IOException {
    return read(label, run, ACCURACY);
  }

  /**
   * Reads a run that was never resumed, with another figure of its evaluations in the place of
   * accuracy.
   *
   * @throws IllegalArgumentException if the run has no such figure
   */
  static LearningCurve read(String label, Path run, String metric) throws IOException {
    List<Long> samples = new ArrayList<>();
    List<Double> accuracies = new ArrayList<>();
    long seen = 0;
    long rounds = 0;
    double seconds = 0;
    for (String text : Files.readAllLines(run.resolve("metrics.jsonl"))) {
      JsonNode line = MAPPER.readTree(text);
      if (line.has(metric)) {
        samples.add(seen);
        accuracies.add(line.path(metric).asDouble());
      } else if (line.has("train.loss")) {
        seen = line.path("samples").asLong();
        rounds = line.path("round").asLong();
        seconds = line.path("seconds").asDouble();
      }
    }
    if (samples.isEmpty()) {
      throw new IllegalArgumentException(
          "%s: metrics.jsonl has no evaluation with %s. Train with data.test-fraction above 0."
              .formatted(run, metric));
    }
    return new LearningCurve(label, samples, accuracies, rounds, seconds);
  }

  double last() {
    return accuracies.get(accuracies.size() - 1);
  }

  double least() {
    return accuracies.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
  }

  double best() {
    return accuracies.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
  }

  /** The samples after which an evaluation first reached an accuracy; -1 if none did. */
  long samplesTo(double accuracy) {
    for (int i = 0; i < samples.size(); i++) {
      if (accuracies.get(i) >= accuracy) {
        return samples.get(i);
      }
    }
    return -1;
  }
}
