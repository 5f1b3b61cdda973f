package org.anabranch.spark.job;

import java.util.Comparator;

/**
 * Something wrong with a configuration.
 *
 * @param fact what was met and what was expected, without a full stop
 * @param remedy what to do, a sentence
 */
record Complaint(Place place, String fact, String remedy) implements Comparable<Complaint> {
  @Override
  public int compareTo(Complaint other) {
    return Comparator.comparing(Complaint::place)
        .thenComparing(Complaint::fact)
        .thenComparing(Complaint::remedy)
        .compare(this, other);
  }

  @Override
  public String toString() {
    return place + ": " + fact + ". " + remedy;
  }
}
