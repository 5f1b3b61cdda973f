package org.anabranch.spark.job;

import java.util.List;

/**
 * What samples of each class count in the training.
 *
 * @param balanced whether the data decide
 * @param written one for each class; empty if nobody wrote any
 */
record ClassWeighting(boolean balanced, List<Double> written) {
  ClassWeighting {
    written = List.copyOf(written);
  }

  /** All count alike. */
  static ClassWeighting none() {
    return new ClassWeighting(false, List.of());
  }

  /**
   * The weights, empty if all are 1.
   *
   * @param samples for training, of each class
   */
  List<Double> weights(List<Long> samples) {
    if (!balanced) {
      return written;
    }
    double all = samples.stream().mapToLong(Long::longValue).sum();
    long classes = samples.stream().filter(count -> count > 0).count();
    return samples.stream().map(count -> count == 0 ? 1 : all / (classes * count)).toList();
  }
}
