package org.anabranch.model.paths.evaluation;

import org.anabranch.model.paths.NeuralCde;

/**
 * The networks that tell real from drawn paths and that learn to predict from them: {@link
 * NeuralCde}s, trained by Adam on batches of equal size with a rate that falls to 0 like a cosine.
 *
 * @param backend a name that {@link org.anabranch.train.Backends} knows
 * @param epochs at most, over the training paths; 0 for no networks
 * @param steps of Adam at most, whatever the number of paths: they bound the time
 * @param paths of each kind at most in training, and in testing
 * @param times of a path at most, evenly chosen
 * @param state width of the state
 * @param hidden width of the one hidden layer of each network
 * @param batch paths of a batch
 * @param learningRate of the first step
 * @param threads networks trained at a time: there are three; the scores do not depend on it
 */
public record NetworkOptions(
    String backend,
    int epochs,
    int steps,
    int paths,
    int times,
    int state,
    int hidden,
    int batch,
    double learningRate,
    int threads) {
  public NetworkOptions {
    if (epochs < 0
        || steps < 1
        || paths < 2
        || times < 5
        || state < 1
        || hidden < 1
        || batch < 1
        || !(learningRate > 0)
        || threads < 1) {
      throw new IllegalArgumentException(
          "Network options: %d epochs, %d steps, %d paths, %d times, state %d, hidden %d, batch %d, rate %s, %d threads. Give at least 0, 1, 2, 5, 1, 1, 1, above 0, 1."
              .formatted(epochs, steps, paths, times, state, hidden, batch, learningRate, threads));
    }
  }

  /** Some seconds a network, whatever the data. */
  public static NetworkOptions defaults() {
    return new NetworkOptions("simd", 60, 800, 2000, 64, 16, 32, 64, 0.01, 1);
  }

  public NetworkOptions withEpochs(int other) {
    return new NetworkOptions(
        backend, other, steps, paths, times, state, hidden, batch, learningRate, threads);
  }

  public NetworkOptions withSteps(int other) {
    return new NetworkOptions(
        backend, epochs, other, paths, times, state, hidden, batch, learningRate, threads);
  }

  public NetworkOptions withThreads(int other) {
    return new NetworkOptions(
        backend, epochs, steps, paths, times, state, hidden, batch, learningRate, other);
  }

  public NetworkOptions withBackend(String other) {
    return new NetworkOptions(
        other, epochs, steps, paths, times, state, hidden, batch, learningRate, threads);
  }
}
