package org.anabranch.train;

import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.graph.Type;

/** The logits of a tile, and what follows from them for each sample. */
final class Logits {
  private final Buffer buffer;
  private final int classes;
  private final double[] numbers;

  Logits(Backend backend, int classes, int rows) {
    this.classes = classes;
    buffer = backend.buffer(Type.perSample(classes), rows);
    numbers = new double[rows * classes];
  }

  /** Where an objective writes them: [rows × classes]. */
  Buffer buffer() {
    return buffer;
  }

  /** Takes what the buffer holds now; what follows is about that. */
  void read() {
    buffer.get(numbers);
  }

  /** The class with the largest logit, the first of equals. */
  int largest(int row) {
    int best = 0;
    for (int k = 1; k < classes; k++) {
      best = logit(row, k) > logit(row, best) ? k : best;
    }
    return best;
  }

  /** Softmax, shifted by the largest logit so that none overflows. */
  double[] probabilities(int row) {
    double[] values = new double[classes];
    double largest = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < classes; k++) {
      largest = Math.max(largest, logit(row, k));
    }
    double sum = 0;
    for (int k = 0; k < classes; k++) {
      values[k] = Math.exp(logit(row, k) - largest);
      sum += values[k];
    }
    for (int k = 0; k < classes; k++) {
      values[k] /= sum;
    }
    return values;
  }

  private double logit(int row, int k) {
    return numbers[row * classes + k];
  }
}
