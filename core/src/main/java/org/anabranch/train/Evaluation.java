package org.anabranch.train;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * How well a model does on test data. {@link #merge} commutes and associates exactly: the loss of
 * each part is rounded to a multiple of 2⁻²⁴ when it is made, and doubles on that grid add without
 * error as long as their sum stays below 2²⁹.
 *
 * @param loss the sum over the samples that completed, on the grid; not finite if one's loss is not
 * @param weight the number of samples that completed
 * @param correct how many of them were classified correctly
 * @param confusion how often class [row] was taken for class [column]; empty without classes
 */
public record Evaluation(double loss, long weight, long correct, List<List<Long>> confusion)
    implements Serializable {
  private static final double GRID = 0x1p-24;

  /** Doubles of this size and more lie on the grid anyway. */
  private static final double COARSE = 0x1p29;

  public Evaluation {
    if (Math.abs(loss) < COARSE) {
      loss = Math.rint(loss / GRID) * GRID;
    }
    if (weight < 0 || correct < 0 || correct > weight) {
      throw new IllegalArgumentException(
          "Evaluation: %d correct of weight %d; expected 0 <= correct <= weight. Count completed"
                  .formatted(correct, weight)
              + " samples only.");
    }
    confusion = confusion.stream().map(List::copyOf).toList();
    for (List<Long> row : confusion) {
      if (row.size() != confusion.size()) {
        throw new IllegalArgumentException(
            "Evaluation: the confusion matrix has %d rows, and a row of %d. Make it square."
                .formatted(confusion.size(), row.size()));
      }
    }
  }

  /**
   * No sample yet, for a model of so many classes (0 without classes): what merging starts from.
   */
  public static Evaluation none(int classes) {
    List<Long> row = Collections.nCopies(classes, 0L);
    return new Evaluation(0, 0, 0, Collections.nCopies(classes, row));
  }

  /** One block's result and its counts, which are copied. */
  public static Evaluation of(BlockResult result, long[][] confusion) {
    List<List<Long>> rows =
        Arrays.stream(confusion).map(row -> Arrays.stream(row).boxed().toList()).toList();
    return new Evaluation(result.loss(), result.weight(), result.correct(), rows);
  }

  /** Both together. */
  public Evaluation merge(Evaluation other) {
    if (confusion.size() != other.confusion.size()) {
      throw new IllegalArgumentException(
          "Evaluation: %d classes meet %d. Merge evaluations of one model."
              .formatted(confusion.size(), other.confusion.size()));
    }
    List<List<Long>> sums = new ArrayList<>(confusion.size());
    for (int truth = 0; truth < confusion.size(); truth++) {
      List<Long> row = new ArrayList<>(confusion.size());
      for (int said = 0; said < confusion.size(); said++) {
        row.add(confusion.get(truth).get(said) + other.confusion.get(truth).get(said));
      }
      sums.add(row);
    }
    return new Evaluation(loss + other.loss, weight + other.weight, correct + other.correct, sums);
  }

  /** The loss of a sample on average; NaN without samples. */
  public double meanLoss() {
    return loss / weight;
  }

  /** The fraction that was classified correctly, from 0 to 1; NaN without samples or classes. */
  public double accuracy() {
    return confusion.isEmpty() ? Double.NaN : (double) correct / weight;
  }
}
