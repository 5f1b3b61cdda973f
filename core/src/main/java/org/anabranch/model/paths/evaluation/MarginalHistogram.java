package org.anabranch.model.paths.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.anabranch.model.paths.PathSet;

/**
 * How the values of a channel are distributed at one time, real and drawn ones in the same bins.
 *
 * @param time its number
 * @param from where the first bin begins, in the units of the data: a quarter of the real values'
 *     range below the least
 * @param to where the last one ends: as much above the greatest
 * @param real shares of the known real values, one a bin
 * @param fake shares of the known drawn values; what is missing from 1 lies outside
 * @param distance Kolmogorov's and Smirnov's between both
 */
public record MarginalHistogram(
    int time, double from, double to, List<Double> real, List<Double> fake, double distance) {
  public MarginalHistogram {
    real = List.copyOf(real);
    fake = List.copyOf(fake);
  }

  static MarginalHistogram of(PathSet real, PathSet fake, int time, int channel, int bins) {
    double[] realValues = real.marginal(time, channel);
    double[] fakeValues = fake.marginal(time, channel);
    double least = Arrays.stream(realValues).min().orElse(0);
    double greatest = Arrays.stream(realValues).max().orElse(0);
    double margin = greatest > least ? (greatest - least) / 4 : 0.5;
    return new MarginalHistogram(
        time,
        least - margin,
        greatest + margin,
        shares(realValues, least - margin, greatest + margin, bins),
        shares(fakeValues, least - margin, greatest + margin, bins),
        KolmogorovSmirnov.statistic(realValues, fakeValues));
  }

  private static List<Double> shares(double[] values, double from, double to, int bins) {
    int[] counts = new int[bins];
    for (double value : values) {
      if (value >= from && value < to) {
        counts[Math.min(bins - 1, (int) ((value - from) / (to - from) * bins))]++;
      }
    }
    int all = Math.max(1, values.length);
    return IntStream.of(counts).mapToObj(count -> (double) count / all).toList();
  }
}
