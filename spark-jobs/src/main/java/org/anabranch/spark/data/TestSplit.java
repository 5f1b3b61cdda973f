package org.anabranch.spark.data;

import java.io.Serializable;
import java.util.List;

/**
 * Which samples are for testing, those that were declared so among them, and which of the others
 * for validation: within a class, those of lowest rank and those that follow them.
 *
 * @param last for each class the last rank that is for testing; nothing ranks below {@code (-1, …)}
 * @param lastHeld for each class the last rank that is not for training
 */
record TestSplit(long seed, List<Rank> last, List<Rank> lastHeld) implements Serializable {
  TestSplit {
    last = List.copyOf(last);
    lastHeld = List.copyOf(lastHeld);
  }

  Part part(Sample sample) {
    return sample.declared != null
        ? sample.declared
        : part(sample.label, Rank.forSplit(seed, sample.id));
  }

  Part part(int label, Rank rank) {
    if (rank.compareTo(last.get(label)) <= 0) {
      return Part.TEST;
    }
    return rank.compareTo(lastHeld.get(label)) <= 0 ? Part.VALIDATION : Part.TRAIN;
  }
}
