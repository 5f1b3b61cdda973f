package org.anabranch.train;

import java.util.List;

/**
 * How long to wait for a better score. It ends with the evaluation that is the {@code
 * evaluations}-th in a row without improvement, and then begins again.
 *
 * @param evaluations at least 1
 * @param improvement by more than which a score must lie below the best so far; NaN is never better
 */
public record Patience(int evaluations, double improvement) {
  public Patience {
    if (evaluations < 1 || !(improvement >= 0)) {
      throw new IllegalArgumentException(
          "Patience: %d evaluations, an improvement of %s. Use at least 1, and no negative improvement."
              .formatted(evaluations, improvement));
    }
  }

  /**
   * How often it ended.
   *
   * @param scores in the order of the evaluations; less is better
   */
  public int ends(List<Double> scores) {
    double best = Double.POSITIVE_INFINITY;
    int waited = 0;
    int ends = 0;
    for (double score : scores) {
      if (score < best - improvement) {
        best = score;
        waited = 0;
      } else if (++waited == evaluations) {
        ends++;
        waited = 0;
      }
    }
    return ends;
  }
}
