package org.anabranch.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Selection} has gathered so far: the scores, the best parameters, the sum of those
 * that enter the mean. It is part of a checkpoint.
 */
final class Selected {
  private static final String SCORES = "validation.scores";
  private static final String BEST = "best.parameters";
  private static final String SUM = "average.sum";
  private static final String COUNT = "average.count";

  private final Selection selection;
  private List<Double> scores = new ArrayList<>();
  private double @Nullable [] best;
  private double @Nullable [] sum;
  private long summands;

  Selected(Selection selection) {
    this.selection = selection;
  }

  /** Of the evaluations so far, in their order. */
  List<Double> scores() {
    return scores;
  }

  void validated(double[] parameters, Evaluation evaluation) {
    double score = selection.metric().score(evaluation);
    if (selection.keepBest() && (best == null || score < least())) {
      best = parameters.clone();
    }
    scores.add(score);
  }

  /** Takes parameters into the mean, at the end of an epoch that counts from 1. */
  void epochEnded(long epoch, double[] parameters) {
    if (selection.averageFrom() == 0 || epoch < selection.averageFrom()) {
      return;
    }
    if (sum == null) {
      sum = new double[parameters.length];
    }
    for (int i = 0; i < parameters.length; i++) {
      sum[i] += parameters[i];
    }
    summands++;
  }

  /** Drops all that was seen: it is no measure for what comes with another method. */
  void forget() {
    scores = new ArrayList<>();
    best = null;
    sum = null;
    summands = 0;
  }

  /** Whether the run has waited long enough. */
  boolean stops() {
    return selection.stopping() > 0
        && new Patience(selection.stopping(), selection.improvement()).ends(scores) > 0;
  }

  /** The result, if the run ended here: a copy. */
  double[] result(double[] last) {
    if (sum != null) {
      double[] mean = sum.clone();
      Arrays.setAll(mean, i -> mean[i] / summands);
      return mean;
    }
    return (best == null ? last : best).clone();
  }

  private double least() {
    double least = Double.POSITIVE_INFINITY;
    for (double score : scores) {
      least = score < least ? score : least; // NaN is never less
    }
    return least;
  }

  void save(Map<String, double[]> arrays) {
    if (!scores.isEmpty()) {
      arrays.put(SCORES, scores.stream().mapToDouble(Double::doubleValue).toArray());
    }
    if (best != null) {
      arrays.put(BEST, best);
    }
    if (sum != null) {
      arrays.put(SUM, sum);
      arrays.put(COUNT, new double[] {summands});
    }
  }

  void restore(Checkpoint checkpoint) {
    Map<String, double[]> arrays = checkpoint.arrays();
    scores = new ArrayList<>();
    if (arrays.containsKey(SCORES)) {
      Arrays.stream(checkpoint.array(SCORES)).forEach(scores::add);
    }
    best = arrays.containsKey(BEST) ? checkpoint.array(BEST) : null;
    sum = arrays.containsKey(SUM) ? checkpoint.array(SUM) : null;
    summands = sum == null ? 0 : (long) checkpoint.array(COUNT)[0];
  }
}
