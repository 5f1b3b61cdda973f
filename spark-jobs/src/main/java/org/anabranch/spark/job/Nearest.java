package org.anabranch.spark.job;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** The word that a user probably meant. */
final class Nearest {
  private Nearest() {}

  /** The candidate with the fewest edits, if they are at most a third of the word's letters. */
  static Optional<String> to(String word, Collection<String> candidates) {
    int limit = Math.max(2, word.length() / 3);
    LevenshteinDistance distance = new LevenshteinDistance(limit);
    return candidates.stream()
        .filter(candidate -> distance.apply(word, candidate) >= 0)
        .min(
            Comparator.<String>comparingInt(candidate -> distance.apply(word, candidate))
                .thenComparing(Comparator.naturalOrder()));
  }

  /**
   * Of keys {@code section.name}: as above, or one of the same last name in another section, as
   * somebody writes who forgot the section.
   */
  static Optional<String> key(String key, Collection<String> keys) {
    Optional<String> close = to(key, keys);
    if (close.isPresent()) {
      return close;
    }
    String name = key.substring(key.lastIndexOf('.') + 1);
    return keys.stream()
        .filter(candidate -> candidate.substring(candidate.lastIndexOf('.') + 1).equals(name))
        .findFirst();
  }
}
