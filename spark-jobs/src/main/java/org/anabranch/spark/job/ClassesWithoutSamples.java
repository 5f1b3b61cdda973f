package org.anabranch.spark.job;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Classes that a model cannot learn, since the training samples have none of them.
 *
 * @param samples for training, of each class
 */
record ClassesWithoutSamples(List<Long> samples) {
  private static final int NAMED = 10;

  ClassesWithoutSamples {
    samples = List.copyOf(samples);
  }

  /** The warning; empty if every class has samples. */
  Optional<String> sentence() {
    List<Integer> missing =
        IntStream.range(0, samples.size()).filter(c -> samples.get(c) == 0).boxed().toList();
    if (missing.isEmpty()) {
      return Optional.empty();
    }
    String named =
        missing.stream().limit(NAMED).map(String::valueOf).collect(Collectors.joining(", "));
    return Optional.of(
        "warning: no training sample has the label %s%s, but data.classes is %d. Lower it, or look at the labels."
            .formatted(named, missing.size() > NAMED ? ", ..." : "", samples.size()));
  }
}
