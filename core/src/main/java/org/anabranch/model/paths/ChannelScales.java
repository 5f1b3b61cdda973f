package org.anabranch.model.paths;

import java.util.Collections;
import java.util.List;

/**
 * What is taken from the values of each channel, and what the rest is divided by, before a model
 * sees them; what it draws goes the way back. The numbers are the same at all times.
 *
 * @param means one a channel
 * @param deviations one a channel, above 0
 */
public record ChannelScales(List<Double> means, List<Double> deviations) {
  public ChannelScales {
    means = List.copyOf(means);
    deviations = List.copyOf(deviations);
    if (means.size() != deviations.size()) {
      throw new IllegalArgumentException(
          "Channel scales: %d means and %d deviations. Give one of each for every channel."
              .formatted(means.size(), deviations.size()));
    }
    for (int i = 0; i < means.size(); i++) {
      if (!Double.isFinite(means.get(i)) || !(deviations.get(i) > 0)) {
        throw new IllegalArgumentException(
            "Channel scales: channel %d has the mean %s and the deviation %s. The mean must be finite and the deviation above 0."
                .formatted(i, means.get(i), deviations.get(i)));
      }
    }
  }

  /** Values stay as they are. */
  public static ChannelScales none(int channels) {
    return new ChannelScales(
        Collections.nCopies(channels, 0.0), Collections.nCopies(channels, 1.0));
  }

  /** The value that a model sees. */
  public float seen(float value, int channel) {
    return (float) ((value - means.get(channel)) / deviations.get(channel));
  }

  /** The value in the units of the data. */
  public float told(double seen, int channel) {
    return (float) (seen * deviations.get(channel) + means.get(channel));
  }
}
