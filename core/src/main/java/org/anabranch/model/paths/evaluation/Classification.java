package org.anabranch.model.paths.evaluation;

import org.anabranch.model.paths.ChannelScales;
import org.anabranch.model.paths.PathSet;

/**
 * How well a network tells real from drawn paths after training on others of both, equally many.
 *
 * @param accuracy share of test paths that it names rightly: 0.5 if it cannot tell, 1 if it always
 *     can
 * @param loss mean cross-entropy on test paths: ln 2 = 0.693 if it cannot tell and knows it
 * @param trainPaths of each kind
 * @param testPaths of each kind
 */
public record Classification(double accuracy, double loss, int trainPaths, int testPaths) {
  /** What an accuracy of 0.5 is known to: one standard error. */
  public double standardError() {
    return Math.sqrt(0.125 / testPaths);
  }

  /**
   * Trains and tests a network. Of each set as many of the first paths are taken as both kinds
   * have.
   *
   * @param realTrain real paths to train on
   * @param realTest real paths to test on
   * @param fakeTrain drawn paths to train on
   * @param fakeTest others to test on
   */
  static Classification of(
      PathSet realTrain,
      PathSet realTest,
      PathSet fakeTrain,
      PathSet fakeTest,
      ChannelScales scales,
      NetworkOptions options,
      long seed) {
    int train = Math.min(options.paths(), Math.min(realTrain.size(), fakeTrain.size()));
    int test = Math.min(options.paths(), Math.min(realTest.size(), fakeTest.size()));
    int[] times = ReadPaths.evenly(realTrain.shape().length(), options.times());
    PathLearner learner = new PathLearner(options, times.length, realTrain.shape().width(), 1);
    learner.train(
        ReadPaths.of(PickedPaths.joined(realTrain, fakeTrain, train), scales, times),
        new Logits(train),
        seed);
    Logits logits = new Logits(test);
    double loss =
        learner.loss(
            ReadPaths.of(PickedPaths.joined(realTest, fakeTest, test), scales, times), logits);
    return new Classification(logits.right / (2.0 * test), loss, train, test);
  }

  /** Cross-entropy of the logit of being real, which the first so many paths are. */
  static final class Logits implements PathLearner.Objective {
    private final int real;
    private int right;

    Logits(int real) {
      this.real = real;
    }

    @Override
    public double loss(int path, double[] output, int offset, double[] cotangent) {
      double logit = path < real ? output[offset] : -output[offset];
      double wrong = 1 / (1 + StrictMath.exp(logit));
      cotangent[offset] = path < real ? -wrong : wrong;
      right += logit > 0 ? 1 : 0;
      return StrictMath.log1p(StrictMath.exp(-Math.abs(logit))) + Math.max(0, -logit);
    }
  }
}
