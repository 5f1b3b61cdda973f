package org.anabranch.model.paths.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.anabranch.model.paths.ChannelScales;
import org.anabranch.model.paths.PathSet;

/**
 * How far the laws of two sets of paths lie apart.
 *
 * @param ksLargest the largest of Kolmogorov's and Smirnov's statistics over channels and times
 * @param ksMean their mean
 * @param mmd ‖mean φ(X) − mean φ(Y)‖₂ of signature features φ, biased upwards by the samples' size
 * @param mmdUnbiasedSquare its square less that bias, which may be below 0
 */
public record Distances(double ksLargest, double ksMean, double mmd, double mmdUnbiasedSquare) {
  private static final Distances UNKNOWN =
      new Distances(Double.NaN, Double.NaN, Double.NaN, Double.NaN);

  /**
   * Compares two sets; NaN where one has fewer than two paths.
   *
   * @param times numbers of the times at which marginals are compared
   * @param depth of the signatures
   */
  static Distances of(PathSet a, PathSet b, int[] times, int depth, ChannelScales scales) {
    if (a.size() < 2 || b.size() < 2) {
      return UNKNOWN;
    }
    double[] statistics =
        Arrays.stream(times)
            .mapToObj(time -> statistics(a, b, time))
            .flatMapToDouble(DoubleStream::of)
            .filter(Double::isFinite)
            .toArray();
    Signature signature = new Signature(1 + a.shape().width(), depth);
    SignatureMoments first = signature.moments(ReadPaths.of(a, scales));
    SignatureMoments second = signature.moments(ReadPaths.of(b, scales));
    return new Distances(
        Arrays.stream(statistics).max().orElse(Double.NaN),
        Arrays.stream(statistics).average().orElse(Double.NaN),
        first.distance(second),
        first.unbiasedSquare(second));
  }

  /** Of each figure the mean. */
  static Distances mean(List<Distances> all) {
    return new Distances(
        mean(all, Distances::ksLargest),
        mean(all, Distances::ksMean),
        mean(all, Distances::mmd),
        mean(all, Distances::mmdUnbiasedSquare));
  }

  private static double mean(List<Distances> all, ToDoubleFunction<Distances> figure) {
    return all.stream().mapToDouble(figure).average().orElse(Double.NaN);
  }

  private static double[] statistics(PathSet a, PathSet b, int time) {
    return IntStream.range(0, a.shape().width())
        .mapToDouble(
            channel ->
                KolmogorovSmirnov.statistic(a.marginal(time, channel), b.marginal(time, channel)))
        .toArray();
  }
}
