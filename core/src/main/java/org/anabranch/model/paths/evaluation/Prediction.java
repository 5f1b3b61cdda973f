package org.anabranch.model.paths.evaluation;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.anabranch.model.paths.ChannelScales;
import org.anabranch.model.paths.PathSet;

/**
 * Training on drawn paths and testing on real ones (Esteban et al. 2017, arXiv:1706.02633): a
 * network reads the first four fifths of a path and predicts the rest. All errors are mean squares
 * over real test paths, in units of the real data's variance.
 *
 * @param trainedOnFake the error of a network trained on drawn paths
 * @param trainedOnReal of one trained on equally many real paths: what the first should come near
 * @param lastValue of the last value read, kept: what is possible without a network
 * @param readTimes times that a network reads
 * @param predictedTimes times that it predicts
 * @param trainPaths of each training
 */
public record Prediction(
    double trainedOnFake,
    double trainedOnReal,
    double lastValue,
    int readTimes,
    int predictedTimes,
    int trainPaths) {

  /** One network, the data that it learns from and what it is tested on. */
  static final class Task {
    private final int[] read;
    private final int[] later;
    private final PathSet test;
    private final ChannelScales scales;
    private final NetworkOptions options;

    Task(PathSet test, ChannelScales scales, NetworkOptions options) {
      this.test = PickedPaths.first(test, options.paths());
      this.scales = scales;
      this.options = options;
      int[] times = ReadPaths.evenly(test.shape().length(), options.times());
      int split = Math.max(1, Math.min(times.length - 1, (int) Math.round(0.8 * times.length)));
      read = Arrays.copyOfRange(times, 0, split);
      later = Arrays.copyOfRange(times, split, times.length);
    }

    int readTimes() {
      return read.length;
    }

    int predictedTimes() {
      return later.length;
    }

    /** The error on test paths after training on others. */
    double error(PathSet train, long seed) {
      PathLearner learner =
          new PathLearner(
              options, read.length, test.shape().width(), later.length * test.shape().width());
      learner.train(ReadPaths.of(train, scales, read), changes(train), seed);
      Changes changes = changes(test);
      learner.loss(ReadPaths.of(test, scales, read), changes);
      return changes.meanSquare();
    }

    /** The error of predicting no change. */
    double lastValueError() {
      Changes changes = changes(test);
      double[] none = new double[later.length * test.shape().width()];
      IntStream.range(0, test.size())
          .forEach(path -> changes.loss(path, none, 0, new double[none.length]));
      return changes.meanSquare();
    }

    private Changes changes(PathSet paths) {
      return new Changes(ReadPaths.of(paths, scales, read), ReadPaths.of(paths, scales, later));
    }
  }

  /**
   * Squared errors of changes since the last time read, summed over what is known and, for a path's
   * loss, divided by the number of all predictions.
   */
  static final class Changes implements PathLearner.Objective {
    private final ReadPaths read;
    private final ReadPaths later;
    private double squares;
    private long known;

    Changes(ReadPaths read, ReadPaths later) {
      this.read = read;
      this.later = later;
    }

    @Override
    public double loss(int path, double[] output, int offset, double[] cotangent) {
      int width = later.width();
      int count = later.length() * width;
      double sum = 0;
      for (int i = 0; i < count; i++) {
        int channel = i % width;
        double error = 0;
        if (later.isKnown(path, i / width, channel)) {
          double last = read.value(path, read.length() - 1, channel);
          error = output[offset + i] + last - later.value(path, i / width, channel);
          known++;
        }
        cotangent[offset + i] = 2 * error / count;
        sum += error * error;
      }
      squares += sum;
      return sum / count;
    }

    /** Over all that was known of all paths so far. */
    double meanSquare() {
      return squares / known;
    }
  }
}
