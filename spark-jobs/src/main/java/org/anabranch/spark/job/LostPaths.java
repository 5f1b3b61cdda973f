package org.anabranch.spark.job;

import java.io.Serializable;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.CollectionAccumulator;

/**
 * How many drawn paths hold numbers that are not finite, counted as they are drawn, so that none
 * need be kept for it. What a task that runs twice counts again is the same and counts once.
 */
final class LostPaths implements Serializable {
  private static final long serialVersionUID = 1;

  private final CollectionAccumulator<Lost> found;

  /**
   * @param first number of the first path of those that were drawn together
   */
  private record Lost(long first, long count) implements Serializable {}

  LostPaths(JavaSparkContext spark) {
    found = spark.sc().collectionAccumulator("lost paths");
  }

  void add(long first, long count) {
    if (count > 0) {
      found.add(new Lost(first, count));
    }
  }

  /** After the job that draws them. */
  long total() {
    return found.value().stream().distinct().mapToLong(Lost::count).sum();
  }
}
