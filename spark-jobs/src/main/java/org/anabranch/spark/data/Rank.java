package org.anabranch.spark.data;

import java.io.Serializable;
import org.anabranch.random.CounterRandom;
import org.anabranch.random.Stream;

/**
 * A sample's place in a random order that depends on a seed and the sample's identity alone. Keys
 * are uniform in 0 to 2⁶³ - 1; equal keys are ordered by identity.
 */
record Rank(long key, long id) implements Comparable<Rank>, Serializable {
  /** Samples of lower rank within their class are for testing. */
  static Rank forSplit(long seed, long id) {
    return new Rank(CounterRandom.bits(seed, Stream.SPLIT, id, 0, 0) >>> 1, id);
  }

  /** Samples of neighbouring ranks share a block. */
  static Rank forBlocks(long seed, long id) {
    return new Rank(CounterRandom.bits(seed, Stream.BLOCKS, id, 0, 0) >>> 1, id);
  }

  /** Which of {@code ranges} equal ranges of keys this one lies in: ascending with the rank. */
  int range(int ranges) {
    return (int) Math.multiplyHigh(key, 2L * ranges);
  }

  @Override
  public int compareTo(Rank other) {
    int byKey = Long.compare(key, other.key);
    return byKey != 0 ? byKey : Long.compare(id, other.id);
  }
}
