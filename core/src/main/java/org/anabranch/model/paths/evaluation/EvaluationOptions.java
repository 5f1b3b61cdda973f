package org.anabranch.model.paths.evaluation;

/**
 * What an evaluation looks at.
 *
 * @param depth of signatures; 0 for 5 of one channel, 4 of two and three, 3 of up to ten, then 2
 * @param times at which marginals are compared, evenly chosen, first and last among them
 * @param bins of histograms
 * @param maxLag of autocorrelations, in values
 * @param networks which tell real from drawn paths and learn to predict
 */
public record EvaluationOptions(
    int depth, int times, int bins, int maxLag, NetworkOptions networks) {
  public EvaluationOptions {
    if (depth < 0 || times < 1 || bins < 1 || maxLag < 0) {
      throw new IllegalArgumentException(
          "Evaluation options: depth %d, %d times, %d bins, lag %d. Give at least 0, 1, 1, 0."
              .formatted(depth, times, bins, maxLag));
    }
  }

  public static EvaluationOptions defaults() {
    return new EvaluationOptions(0, 5, 30, 32, NetworkOptions.defaults());
  }

  public EvaluationOptions withNetworks(NetworkOptions other) {
    return new EvaluationOptions(depth, times, bins, maxLag, other);
  }

  /** The depth for paths of some channels, time not counted. */
  int depth(int channels) {
    return depth > 0 ? depth : Signature.usualDepth(1 + channels);
  }
}
