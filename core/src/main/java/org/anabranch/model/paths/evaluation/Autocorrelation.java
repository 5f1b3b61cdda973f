package org.anabranch.model.paths.evaluation;

import java.util.ArrayList;
import java.util.List;
import org.anabranch.model.paths.PathSet;

/**
 * Correlations of a channel with itself some values later, over all paths and all pairs of values
 * of which both are known:
 *
 * <pre>
 *   r(k) = Σ z(t) z(t+k) / √(Σ z(t)² Σ z(t+k)²),     z(t) = x(t) − mean over paths of x(t)
 * </pre>
 *
 * <p>What is taken away is the mean of all paths at each time, so a common trend does not count as
 * correlation, and short paths do not lower it as their own means would.
 */
final class Autocorrelation {
  private Autocorrelation() {}

  /**
   * The correlations at lags 0 to {@code maxLag}, counted in values.
   *
   * @return NaN at lags where nothing varies
   */
  static List<Double> of(PathSet paths, int channel, int maxLag) {
    int length = paths.shape().length();
    double[][] centred = new double[paths.size()][length];
    for (int time = 0; time < length; time++) {
      double[] marginal = paths.marginal(time, channel);
      double sum = 0;
      for (double value : marginal) {
        sum += value;
      }
      for (int path = 0; path < paths.size(); path++) {
        centred[path][time] = paths.value(path, time, channel) - sum / marginal.length;
      }
    }
    List<Double> correlations = new ArrayList<>();
    for (int lag = 0; lag <= Math.min(maxLag, length - 1); lag++) {
      correlations.add(correlation(centred, lag));
    }
    return correlations;
  }

  private static double correlation(double[][] centred, int lag) {
    double both = 0;
    double early = 0;
    double late = 0;
    for (double[] path : centred) {
      for (int time = 0; time + lag < path.length; time++) {
        double x = path[time];
        double y = path[time + lag];
        if (!Double.isNaN(x) && !Double.isNaN(y)) {
          both += x * y;
          early += x * x;
          late += y * y;
        }
      }
    }
    return both / Math.sqrt(early * late);
  }
}
