package org.anabranch.model.paths;

import org.anabranch.backend.Accumulators;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.Parameters;
import org.anabranch.gradient.Demands;
import org.anabranch.gradient.GradientMode;
import org.anabranch.gradient.SolveGradient;
import org.anabranch.graph.Type;
import org.anabranch.solver.PathDrive;
import org.anabranch.solver.StochasticMethod;
import org.anabranch.solver.TimeGrid;

/**
 * A {@link PathReader} compiled for a tile of paths, forward and back: what it makes of them, and
 * the cotangents of the paths themselves. Not for several threads at a time.
 */
public final class NeuralCdeTile {
  private final int channels;
  private final int rows;
  private final PathDrive path;
  private final SolveGradient solve;
  private final Buffer covariates;
  private final Buffer firstInput;
  private final Buffer ofFirst;
  private final Buffer output;
  private final Buffer outputCotangent;
  private final BoundNetwork.Link first;
  private final BoundNetwork.Link readout;
  private final double[] values;
  private final double[] ofCovariates;
  private final double[] joined;
  private final double[] ofJoined;
  private final long bytes;

  /**
   * @param knots the places on the grid at which paths are given: every so many steps
   * @param grid the steps, a multiple of the intervals between paths' values
   */
  public NeuralCdeTile(
      Backend backend,
      PathReader network,
      int knots,
      TimeGrid grid,
      StochasticMethod method,
      GradientMode mode,
      Parameters parameters,
      Accumulators accumulators,
      int rows) {
    channels = network.channels();
    this.rows = rows;
    path = new PathDrive(backend, GridKnots.times(grid, knots), channels, true, rows);
    solve =
        SolveGradient.driven(
            backend,
            method.on(network.field()).overOneGrid(),
            parameters,
            accumulators,
            grid,
            mode,
            Demands.none(),
            path,
            rows);
    int inputs = channels + network.covariates();
    covariates = backend.buffer(Type.perSample(Math.max(1, network.covariates())), rows);
    firstInput = backend.buffer(Type.perSample(inputs), rows);
    ofFirst = backend.buffer(Type.perSample(inputs), rows);
    output = backend.buffer(Type.perSample(network.outputs()), rows);
    outputCotangent = backend.buffer(output.type(), rows);
    BoundNetwork initial =
        new BoundNetwork(backend, network::first, inputs, parameters, accumulators, rows);
    first =
        initial.between(
            firstInput, solve.solve().initialValue(), solve.initialCotangent(), ofFirst);
    BoundNetwork last =
        new BoundNetwork(backend, network::output, network.state(), parameters, accumulators, rows);
    readout =
        last.between(solve.solve().solution(), output, outputCotangent, solve.solutionCotangent());
    values = new double[rows * channels];
    ofCovariates = new double[covariates.count()];
    joined = new double[rows * inputs];
    ofJoined = new double[rows * inputs];
    bytes = initial.bytes() + last.bytes();
  }

  /** The paths at one of their times, to be set before {@link #forward}: [rows × channels]. */
  public Buffer value(int time) {
    return path.value(time);
  }

  /** To be set before {@link #forward}: [rows × covariates], where there are any. */
  public Buffer covariates() {
    return covariates;
  }

  /** Set by {@link #forward}: [rows × outputs]. */
  public Buffer output() {
    return output;
  }

  /** To be set before {@link #backward}. */
  public Buffer outputCotangent() {
    return outputCotangent;
  }

  /** The state at the end, for judging whether the solve stayed finite. */
  public SolveGradient solve() {
    return solve;
  }

  public void forward() {
    path.value(0).get(values);
    int inputs = joined.length / rows;
    if (inputs > channels) {
      covariates.get(ofCovariates);
    }
    for (int row = 0; row < rows; row++) {
      System.arraycopy(values, row * channels, joined, row * inputs, channels);
      int more = inputs - channels;
      System.arraycopy(ofCovariates, row * more, joined, row * inputs + channels, more);
    }
    firstInput.set(joined);
    first.forward().run();
    solve.forward();
    readout.forward().run();
  }

  /** Adds the gradient by the parameters to the accumulators. */
  public void backward() {
    readout.backward().run();
    solve.backward();
    first.backward().run();
  }

  /** Sets a buffer to the cotangents of {@link #value} after {@link #backward}. */
  public void cotangent(int time, Buffer target) {
    path.cotangent(time, target);
    if (time == 0) {
      target.get(values);
      ofFirst.get(ofJoined);
      int inputs = joined.length / rows;
      for (int row = 0; row < rows; row++) {
        for (int i = 0; i < channels; i++) {
          values[row * channels + i] += ofJoined[row * inputs + i];
        }
      }
      target.set(values);
    }
  }

  /** The bytes that it reserves, parameters and accumulators aside. */
  public long bytes() {
    return bytes + solve.bytes();
  }
}
