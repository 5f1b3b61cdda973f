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
    List<Long> samples = new ArrayList<>();
    List<Double> accuracies = new ArrayList<>();
    long seen = 0;
    long rounds = 0;
    double seconds = 0;
    for (String text : Files.readAllLines(run.resolve("metrics.jsonl"))) {
      JsonNode line = MAPPER.readTree(text);
      if (line.has("test.accuracy")) {
        samples.add(seen);
        accuracies.add(line.path("test.accuracy").asDouble());
      } else {
        seen = line.path("samples").asLong();
        rounds = line.path("round").asLong();
        seconds = line.path("seconds").asDouble();
      }
    }
    if (samples.isEmpty()) {
      throw new IllegalArgumentException(
          "%s: metrics.jsonl has no evaluation. Train with data.test-fraction above 0."
              .formatted(run));
    }
    return new LearningCurve(label, samples, accuracies, rounds, seconds);
  }

  double last() {
    return accuracies.get(accuracies.size() - 1);
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
