package org.anabranch.model.paths.evaluation;

import java.util.List;
import org.anabranch.backend.Accumulators;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Parameters;
import org.anabranch.gradient.GradientMode;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.model.paths.NeuralCde;
import org.anabranch.model.paths.NeuralCdeTile;
import org.anabranch.nn.Activation;
import org.anabranch.nn.Initialiser;
import org.anabranch.random.KeyedPermutation;
import org.anabranch.random.Stream;
import org.anabranch.solver.StochasticMethod;
import org.anabranch.solver.TimeGrid;
import org.anabranch.train.Backends;
import org.anabranch.train.Optimiser;
import org.anabranch.train.Schedule;
import org.anabranch.train.Updates;

/**
 * A network that reads paths and is trained on some of them, a pure function of options, paths and
 * seed. A step of reversible Heun goes from each time to the next; the network's time runs from 0
 * to 1 over them, equal apart, which all paths have in common. Values are brought to within 20
 * deviations of the mean first. Not for several threads at a time.
 */
final class PathLearner {
  private static final double LIMIT = 20;

  /** What is wanted of the outputs for a path. */
  interface Objective {
    /**
     * The loss of one path.
     *
     * @param output of the network, from an offset on
     * @param cotangent to be set to the loss's derivative, at the same places
     */
    double loss(int path, double[] output, int offset, double[] cotangent);
  }

  private final NetworkOptions options;
  private final Backend backend;
  private final ParameterLayout layout;
  private final Parameters parameters;
  private final Accumulators accumulators;
  private final NeuralCdeTile tile;
  private final int outputs;
  private final double[] output;
  private final double[] cotangent;

  /**
   * Compiles it.
   *
   * @param length times of the paths
   * @param width channels of the paths
   */
  PathLearner(NetworkOptions options, int length, int width, int outputs) {
    this.options = options;
    this.outputs = outputs;
    NeuralCde network =
        new NeuralCde(
            "reader",
            width,
            0,
            options.state(),
            List.of(options.hidden()),
            Activation.SWISH,
            outputs,
            1,
            1);
    backend = Backends.named(options.backend());
    layout = ParameterLayout.of(network.parameters());
    parameters = backend.parameters(layout);
    accumulators = backend.accumulators(layout);
    tile =
        new NeuralCdeTile(
            backend,
            network,
            length,
            new TimeGrid(0, 1, length - 1),
            StochasticMethod.reversibleHeun(false),
            GradientMode.direct(),
            parameters,
            accumulators,
            options.batch());
    output = new double[options.batch() * outputs];
    cotangent = new double[options.batch() * outputs];
  }

  ParameterLayout layout() {
    return layout;
  }

  /** Trains it from the beginning. */
  void train(ReadPaths paths, Objective objective, long seed) {
    double[] values = Initialiser.glorot(layout, seed);
    double[] gradient = new double[layout.size()];
    int batches = (paths.size() + options.batch() - 1) / options.batch();
    int steps = (int) Math.min(options.steps(), (long) options.epochs() * batches);
    Updates updates =
        new Updates(backend, Optimiser.adam(options.learningRate(), 0.9, 0.999, 1e-8), values);
    Schedule schedule = Schedule.cosine(0, steps);
    int[] order = {};
    for (int step = 0; step < steps; step++) {
      if (step % batches == 0) {
        order = KeyedPermutation.of(seed, Stream.EPOCH, step / batches, paths.size());
      }
      int batch = step % batches;
      int from = batch * paths.size() / batches;
      int to = (batch + 1) * paths.size() / batches;
      parameters.load(values);
      loss(paths, order, from, to, objective, gradient);
      updates.apply(gradient, schedule.factor(step, List.of()));
      updates.parameters(values);
    }
    parameters.load(values);
  }

  /** Takes parameters as they are. */
  void load(double[] values) {
    parameters.load(values);
  }

  /**
   * The mean loss of some paths and its gradient.
   *
   * @param order of paths, of which those from {@code from} to before {@code to}: at most a batch
   * @param gradient set to the gradient by the parameters
   */
  double loss(
      ReadPaths paths, int[] order, int from, int to, Objective objective, double[] gradient) {
    accumulators.clear();
    double loss = forward(paths, order, from, to, objective);
    for (int i = 0; i < cotangent.length; i++) {
      cotangent[i] = i < (to - from) * outputs ? cotangent[i] / (to - from) : 0;
    }
    tile.outputCotangent().set(cotangent);
    tile.backward();
    accumulators.total(gradient);
    return loss / (to - from);
  }

  /** The mean loss over all paths. */
  double loss(ReadPaths paths, Objective objective) {
    int[] order = new int[paths.size()];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    double sum = 0;
    for (int from = 0; from < order.length; from += options.batch()) {
      int to = Math.min(order.length, from + options.batch());
      sum += forward(paths, order, from, to, objective);
    }
    return sum / paths.size();
  }

  private double forward(ReadPaths paths, int[] order, int from, int to, Objective objective) {
    int rows = options.batch();
    int width = paths.width();
    double[] values = new double[rows * width];
    for (int time = 0; time < paths.length(); time++) {
      for (int row = 0; row < rows; row++) {
        // Rows without a path read the last one again, and count for nothing.
        int path = order[Math.min(from + row, to - 1)];
        for (int channel = 0; channel < width; channel++) {
          double value = paths.value(path, time, channel);
          values[row * width + channel] = Math.max(-LIMIT, Math.min(LIMIT, value));
        }
      }
      tile.value(time).set(values);
    }
    tile.forward();
    tile.output().get(output);
    double sum = 0;
    for (int row = 0; row < to - from; row++) {
      sum += objective.loss(order[from + row], output, row * outputs, cotangent);
    }
    return sum;
  }
}
