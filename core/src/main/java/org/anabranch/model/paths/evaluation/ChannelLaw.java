package org.anabranch.model.paths.evaluation;

import java.util.Arrays;
import java.util.List;
import org.anabranch.model.paths.PathSet;

/**
 * What is shown of a channel's law, of real test paths and of drawn ones.
 *
 * @param channel its name
 * @param realAutocorrelation at lags from 0 on, counted in values
 * @param fakeAutocorrelation at the same lags
 * @param histograms at some times
 */
public record ChannelLaw(
    String channel,
    QuantileFan realFan,
    QuantileFan fakeFan,
    List<Double> realAutocorrelation,
    List<Double> fakeAutocorrelation,
    List<MarginalHistogram> histograms) {
  public ChannelLaw {
    realAutocorrelation = List.copyOf(realAutocorrelation);
    fakeAutocorrelation = List.copyOf(fakeAutocorrelation);
    histograms = List.copyOf(histograms);
  }

  static ChannelLaw of(
      PathSet real, PathSet fake, int channel, int[] times, EvaluationOptions options) {
    return new ChannelLaw(
        real.shape().channels().get(channel),
        QuantileFan.of(real, channel),
        QuantileFan.of(fake, channel),
        Autocorrelation.of(real, channel, options.maxLag()),
        Autocorrelation.of(fake, channel, options.maxLag()),
        Arrays.stream(times)
            .mapToObj(time -> MarginalHistogram.of(real, fake, time, channel, options.bins()))
            .toList());
  }
}
