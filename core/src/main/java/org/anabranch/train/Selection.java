package org.anabranch.train;

/**
 * Which of the parameters that a run passes through are its result, and when it may stop: judged on
 * validation data, never on test data.
 *
 * @param metric what validation is judged by
 * @param every epochs between two evaluations on validation data; 0 for none
 * @param stopping evaluations without improvement after which the run stops; 0 for never
 * @param improvement the least that counts as one, in units of the metric's score
 * @param keepBest whether the result is the parameters with the best score
 * @param averageFrom the first epoch, from 1, at whose end parameters enter the mean that is the
 *     result; 0 for no mean
 */
public record Selection(
    Metric metric, int every, int stopping, double improvement, boolean keepBest, int averageFrom) {
  /** The score of an evaluation; less is better. */
  public enum Metric {
    /** The mean loss of a sample. */
    LOSS {
      @Override
      public double score(Evaluation evaluation) {
        return evaluation.meanLoss();
      }
    },
    /** The share of samples that are classified wrongly. */
    ACCURACY {
      @Override
      public double score(Evaluation evaluation) {
        return 1 - evaluation.accuracy();
      }
    };

    public abstract double score(Evaluation evaluation);
  }

  public Selection {
    if (every < 0 || stopping < 0 || averageFrom < 0 || !(improvement >= 0)) {
      throw new IllegalArgumentException(
          "Selection: every %d epochs, stopping after %d evaluations, mean from epoch %d, improvement %s. None may be negative."
              .formatted(every, stopping, averageFrom, improvement));
    }
    if (every == 0 && (stopping > 0 || keepBest)) {
      throw new IllegalArgumentException(
          "Selection: stopping after %d evaluations, keeping the best: %s, but nothing is evaluated. Keep samples for validation."
              .formatted(stopping, keepBest));
    }
    if (keepBest && averageFrom > 0) {
      throw new IllegalArgumentException(
          "Selection: the result cannot be both the best parameters and the mean from epoch %d. Choose one."
              .formatted(averageFrom));
    }
  }

  /** The last parameters, after all rounds. */
  public static Selection last() {
    return new Selection(Metric.LOSS, 0, 0, 0, false, 0);
  }
}
