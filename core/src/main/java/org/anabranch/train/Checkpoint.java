package org.anabranch.train;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that a run needs to go on after a round: named arrays of doubles (parameters, the optimiser's
 * state, scales) and a description in strings. The description's {@code fingerprint} says which
 * model, data and configuration the checkpoint belongs to.
 */
public final class Checkpoint {
  /** The key of the description that says to what the checkpoint belongs. */
  public static final String FINGERPRINT = "fingerprint";

  /** Keys of this prefix are written by {@link Checkpoints} and cannot be given. */
  static final String RESERVED = "anabranch.";

  private final long round;
  private final SortedMap<String, double[]> arrays;
  private final SortedMap<String, String> metadata;

  private Checkpoint(
      long round, SortedMap<String, double[]> arrays, SortedMap<String, String> metadata) {
    this.round = round;
    this.arrays = arrays;
    this.metadata = metadata;
  }

  /**
   * A checkpoint of copies.
   *
   * @param round the rounds that are done, at least 0
   * @param arrays by name
   * @param metadata by key, with a {@link #FINGERPRINT}
   * @throws IllegalArgumentException if the round is negative, the fingerprint is missing or empty,
   *     or a key starts with "anabranch."
   */
  public static Checkpoint of(
      long round, Map<String, double[]> arrays, Map<String, String> metadata) {
    if (round < 0) {
      throw new IllegalArgumentException(
          "Checkpoint: round is %d; it must not be negative. Pass the number of rounds done."
              .formatted(round));
    }
    if (metadata.getOrDefault(FINGERPRINT, "").isEmpty()) {
      throw new IllegalArgumentException(
          "Checkpoint of round %d: its metadata %s have no '%s'. Say which model, data and"
                  .formatted(round, metadata.keySet(), FINGERPRINT)
              + " configuration it belongs to.");
    }
    for (String key : metadata.keySet()) {
      if (key.startsWith(RESERVED)) {
        throw new IllegalArgumentException(
            "Checkpoint of round %d: the key '%s' starts with '%s', which is reserved. Rename it."
                .formatted(round, key, RESERVED));
      }
    }
    SortedMap<String, double[]> copies = new TreeMap<>();
    arrays.forEach((name, values) -> copies.put(name, values.clone()));
    return new Checkpoint(
        round,
        Collections.unmodifiableSortedMap(copies),
        Collections.unmodifiableSortedMap(new TreeMap<>(metadata)));
  }

  /** The rounds that are done. */
  public long round() {
    return round;
  }

  /** The arrays by name: not copies. Do not write to them. */
  public SortedMap<String, double[]> arrays() {
    return arrays;
  }

  /**
   * A copy of an array.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public double[] array(String name) {
    double[] values = arrays.get(name);
    if (values == null) {
      throw new IllegalArgumentException(
          "Checkpoint of round %d: there is no array '%s', only %s. Resume with the configuration"
                  .formatted(round, name, arrays.keySet())
              + " that the run was started with.");
    }
    return values.clone();
  }

  public SortedMap<String, String> metadata() {
    return metadata;
  }

  /** Which model, data and configuration this belongs to. */
  public String fingerprint() {
    return metadata.getOrDefault(FINGERPRINT, "");
  }

  @Override
  public String toString() {
    return "Checkpoint of round %d (%s)".formatted(round, fingerprint());
  }
}
