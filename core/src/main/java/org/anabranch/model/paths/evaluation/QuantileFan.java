package org.anabranch.model.paths.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.anabranch.model.paths.PathSet;

/**
 * Quantiles of a channel over all times.
 *
 * @param lines for each of {@link #SHARES} the quantile at every time, in the units of the data;
 *     NaN at times at which no path has a value
 */
public record QuantileFan(List<List<Double>> lines) {
  /** What share of values lies below each line. */
  public static final List<Double> SHARES = List.of(0.05, 0.25, 0.5, 0.75, 0.95);

  public QuantileFan {
    lines = lines.stream().map(List::copyOf).toList();
  }

  static QuantileFan of(PathSet paths, int channel) {
    List<List<Double>> lines = new ArrayList<>();
    SHARES.forEach(share -> lines.add(new ArrayList<>()));
    for (int time = 0; time < paths.shape().length(); time++) {
      double[] sorted = paths.marginal(time, channel);
      Arrays.sort(sorted);
      for (int i = 0; i < lines.size(); i++) {
        lines.get(i).add(quantile(sorted, SHARES.get(i)));
      }
    }
    return new QuantileFan(lines);
  }

  /** Straight between the order statistics at (n − 1) share: R's type 7, NumPy's default. */
  static double quantile(double[] sorted, double share) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    double at = (sorted.length - 1) * share;
    int below = (int) at;
    double rest = at - below;
    return rest == 0 ? sorted[below] : (1 - rest) * sorted[below] + rest * sorted[below + 1];
  }
}
