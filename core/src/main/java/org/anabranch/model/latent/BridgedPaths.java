package org.anabranch.model.latent;

import java.util.function.IntFunction;
import org.anabranch.backend.Buffer;

/**
 * The paths of a block from the last time to the first, without gaps: what is missing lies on a
 * straight line between its neighbours in time, before the first and behind the last value that is
 * there it is that one, and 0 where there is none. Behind them, if wanted, 1 or 0 for each value
 * that is there or not.
 */
final class BridgedPaths {
  private final Observations observations;
  private final int times;
  private final int channels;
  private final boolean masked;
  private final int rows;
  private final float[] numbers;
  private final float[] ofTime;

  BridgedPaths(Observations observations, int times, int channels, boolean masked, int rows) {
    this.observations = observations;
    this.times = times;
    this.channels = channels;
    this.masked = masked;
    this.rows = rows;
    numbers = new float[rows * times * width()];
    ofTime = new float[rows * width()];
  }

  /** The numbers of a sample at a time. */
  int width() {
    return masked ? 2 * channels : channels;
  }

  /** Sets the buffer of each place, of which the first is the last time: [rows × width]. */
  void store(IntFunction<Buffer> places) {
    for (int row = 0; row < rows; row++) {
      for (int channel = 0; channel < channels; channel++) {
        bridge(row, channel);
      }
    }
    for (int place = 0; place < times; place++) {
      for (int row = 0; row < rows; row++) {
        System.arraycopy(numbers, at(row, place, 0), ofTime, row * width(), width());
      }
      places.apply(place).set(ofTime);
    }
  }

  private int at(int row, int place, int number) {
    return (row * times + place) * width() + number;
  }

  private void bridge(int row, int channel) {
    int last = -1;
    for (int place = 0; place < times; place++) {
      float value = observations.value(row, times - 1 - place, channel);
      boolean missing = Float.isNaN(value);
      if (masked) {
        numbers[at(row, place, channels + channel)] = missing ? 0 : 1;
      }
      if (!missing) {
        numbers[at(row, place, channel)] = value;
        fill(row, channel, last, place);
        last = place;
      }
    }
    for (int place = last + 1; place < times; place++) {
      numbers[at(row, place, channel)] = last < 0 ? 0 : numbers[at(row, last, channel)];
    }
  }

  /** What lies between two places that have values, or before the first of them. */
  private void fill(int row, int channel, int from, int to) {
    float end = numbers[at(row, to, channel)];
    float start = from < 0 ? end : numbers[at(row, from, channel)];
    for (int place = from + 1; place < to; place++) {
      float share = (place - from) / (float) (to - from);
      numbers[at(row, place, channel)] = start + share * (end - start);
    }
  }
}
