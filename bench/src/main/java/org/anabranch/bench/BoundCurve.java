package org.anabranch.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * −ELBO on held-out paths along a training, from the lines that it printed.
 *
 * @param steps at each evaluation
 * @param seconds of all steps up to it
 */
record BoundCurve(String label, List<Double> steps, List<Double> seconds, List<Double> bounds) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  BoundCurve {
    steps = List.copyOf(steps);
    seconds = List.copyOf(seconds);
    bounds = List.copyOf(bounds);
  }

  /**
   * Reads the lines of {@code anabranch bench latent-training}, or of its peer's script.
   *
   * @param stepSeconds what a step takes, where it was measured apart; 0 for what the lines say
   * @throws IllegalArgumentException if there are none
   */
  static BoundCurve read(String label, Path file, double stepSeconds) throws IOException {
    List<Double> steps = new ArrayList<>();
    List<Double> seconds = new ArrayList<>();
    List<Double> bounds = new ArrayList<>();
    for (String text : Files.readAllLines(file)) {
      if (!text.startsWith("{")) {
        continue; // a warning of the machine's, say
      }
      JsonNode line = MAPPER.readTree(text);
      double step = line.path("step").asDouble();
      steps.add(step);
      seconds.add(stepSeconds > 0 ? step * stepSeconds : line.path("seconds").asDouble());
      bounds.add(line.path("loss").asDouble());
    }
    if (steps.isEmpty()) {
      throw new IllegalArgumentException(
          "%s: it has no evaluation. Give what anabranch bench latent-training printed."
              .formatted(file));
    }
    return new BoundCurve(label, steps, seconds, bounds);
  }

  /** The lowest bound up to a step. */
  double bestUntil(double step) {
    double best = Double.POSITIVE_INFINITY;
    for (int i = 0; i < steps.size(); i++) {
      best = steps.get(i) <= step ? Math.min(best, bounds.get(i)) : best;
    }
    return best;
  }

  /** The seconds after which an evaluation first reached a bound; NaN if none did. */
  double secondsTo(double bound) {
    for (int i = 0; i < steps.size(); i++) {
      if (bounds.get(i) <= bound) {
        return seconds.get(i);
      }
    }
    return Double.NaN;
  }
}
