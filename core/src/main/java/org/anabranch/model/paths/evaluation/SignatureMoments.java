package org.anabranch.model.paths.evaluation;

import java.util.Arrays;

/**
 * The mean features of a sample of paths, and the maximum mean discrepancy of two samples with the
 * linear kernel on features (Gretton et al. 2012; Király and Oberhauser 2019 for signatures).
 */
final class SignatureMoments {
  private final double[] mean;
  private final double variance;
  private final int size;

  private SignatureMoments(double[] mean, double variance, int size) {
    this.mean = mean;
    this.variance = variance;
    this.size = size;
  }

  /**
   * From the features' sums and sums of squares. The variances are means of squares less squares of
   * means, floored at 0: where that rounds badly they are small beside what they are taken from.
   */
  static SignatureMoments ofSums(double[] sum, double[] squares, int size) {
    double[] mean = Arrays.stream(sum).map(s -> s / size).toArray();
    double variance = 0;
    for (int i = 0; i < mean.length; i++) {
      variance += Math.max(0, squares[i] - size * mean[i] * mean[i]) / (size - 1);
    }
    return new SignatureMoments(mean, variance, size);
  }

  /** ‖mean φ(X) − mean φ(Y)‖₂, which is biased upwards: equal laws give √(Var (1/n + 1/m)). */
  double distance(SignatureMoments other) {
    return Math.sqrt(square(other));
  }

  /**
   * The square without its bias, ‖mean φ(X) − mean φ(Y)‖² − Var φ(X)/n − Var φ(Y)/m with the
   * variances' sums over features: the U-statistic of Gretton et al. 2012, lemma 6, for the linear
   * kernel. Below 0 about half of the time for equal laws.
   */
  double unbiasedSquare(SignatureMoments other) {
    return square(other) - variance / size - other.variance / other.size;
  }

  private double square(SignatureMoments other) {
    double sum = 0;
    for (int i = 0; i < mean.length; i++) {
      double gap = mean[i] - other.mean[i];
      sum += gap * gap;
    }
    return sum;
  }
}
