package org.anabranch.model.latent;

import java.util.ArrayList;
import java.util.List;
import org.anabranch.backend.Accumulators;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.Parameters;
import org.anabranch.gradient.Demands;
import org.anabranch.gradient.GradientMode;
import org.anabranch.gradient.SolveGradient;
import org.anabranch.graph.Type;
import org.anabranch.model.paths.BoundNetwork;
import org.anabranch.model.paths.GridKnots;
import org.anabranch.model.paths.NeuralCde;
import org.anabranch.solver.PathDrive;
import org.anabranch.solver.StochasticMethod;
import org.anabranch.solver.TimeGrid;

/**
 * A neural controlled equation that the path drives from its last time to its first, straight from
 * value to value, by a step of Heun's method for each. Its read-out at a time is the context there.
 */
final class CdeEncoder implements Encoder {
  private static final String METHOD = "heun";

  private final Observations observations;
  private final BridgedPaths paths;
  private final PathDrive drive;
  private final SolveGradient solve;
  private final Buffer firstInput;
  private final Buffer firstCotangent;
  private final Buffer ofFirst;
  private final BoundNetwork.Link first;
  private final List<BoundNetwork.Link> readouts = new ArrayList<>();
  private final int rows;
  private final int channels;
  private final int covariates;
  private final double[] joined;
  private final double[] values;
  private final double[] others;
  private final double[] a;
  private final double[] b;
  private final long bytes;

  CdeEncoder(
      Backend backend,
      LatentSde model,
      Observations observations,
      Told told,
      Parameters parameters,
      Accumulators accumulators,
      int rows) {
    this.observations = observations;
    this.rows = rows;
    NeuralCde network = model.networks().cde();
    int times = model.shape().length();
    channels = network.channels();
    covariates = network.covariates();
    boolean masked = model.encoder().masked();
    paths = new BridgedPaths(observations, times, model.shape().width(), masked, rows);
    TimeGrid grid = new TimeGrid(0, model.grid().end(), times - 1);
    drive = new PathDrive(backend, GridKnots.times(grid, times), channels, true, rows);
    solve =
        SolveGradient.driven(
            backend,
            StochasticMethod.named(METHOD).on(network.field()),
            parameters,
            accumulators,
            grid,
            GradientMode.direct(),
            Demands.none().withEveryStep(times - 1),
            drive,
            rows);
    int inputs = channels + covariates;
    firstInput = backend.buffer(Type.perSample(inputs), rows);
    firstCotangent = backend.buffer(Type.perSample(network.state()), rows);
    ofFirst = backend.buffer(firstCotangent.type(), rows);
    BoundNetwork initial =
        new BoundNetwork(backend, network::first, inputs, parameters, accumulators, rows);
    Buffer unread = backend.buffer(firstInput.type(), rows);
    first = initial.between(firstInput, solve.solve().initialValue(), firstCotangent, unread);
    BoundNetwork readout =
        new BoundNetwork(backend, network::output, network.state(), parameters, accumulators, rows);
    for (int place = 0; place < times; place++) {
      int time = times - 1 - place;
      readouts.add(
          readout.between(
              state(place, times - 1),
              told.context().get(time),
              told.cotangents().get(time),
              cotangent(place, times - 1)));
    }
    joined = new double[rows * inputs];
    values = new double[rows * channels];
    others = new double[rows * Math.max(1, covariates)];
    a = new double[firstCotangent.count()];
    b = new double[a.length];
    bytes = initial.bytes() + readout.bytes();
  }

  private Buffer state(int place, int last) {
    return place == 0
        ? solve.solve().initialValue()
        : place == last ? solve.solve().solution() : solve.pointValue(place - 1);
  }

  private Buffer cotangent(int place, int last) {
    return place == 0
        ? ofFirst
        : place == last ? solve.solutionCotangent() : solve.pointCotangent(place - 1);
  }

  @Override
  public void forward() {
    paths.store(drive::value);
    drive.value(0).get(values);
    observations.covariates().get(others);
    int inputs = channels + covariates;
    for (int row = 0; row < rows; row++) {
      System.arraycopy(values, row * channels, joined, row * inputs, channels);
      System.arraycopy(others, row * covariates, joined, row * inputs + channels, covariates);
    }
    firstInput.set(joined);
    first.forward().run();
    solve.forward();
    readouts.forEach(readout -> readout.forward().run());
  }

  @Override
  public void backward() {
    readouts.forEach(readout -> readout.backward().run());
    solve.backward();
    solve.initialCotangent().get(a);
    ofFirst.get(b);
    for (int i = 0; i < a.length; i++) {
      a[i] += b[i];
    }
    firstCotangent.set(a);
    first.backward().run();
  }

  @Override
  public long bytes() {
    return bytes + solve.bytes();
  }
}
