package org.anabranch.spark.data;

import java.io.Serializable;
import java.util.List;

/**
 * Which samples are for testing: those that were declared so, and a share of the others.
 *
 * @param last for each class the last rank that is; nothing ranks below {@code (-1, …)}
 */
record TestSplit(long seed, List<Rank> last) implements Serializable {
  TestSplit {
    last = List.copyOf(last);
  }

  boolean isTest(Sample sample) {
    return sample.declaredTest || isTest(sample.label, Rank.forSplit(seed, sample.id));
  }

  boolean isTest(int label, Rank rank) {
    return rank.compareTo(last.get(label)) <= 0;
  }
}
