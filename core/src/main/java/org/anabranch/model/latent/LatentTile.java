package org.anabranch.model.latent;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.anabranch.backend.Accumulators;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.Parameters;
import org.anabranch.control.brownian.BrownianGrid;
import org.anabranch.gradient.Demands;
import org.anabranch.gradient.SolveGradient;
import org.anabranch.graph.Type;
import org.anabranch.model.paths.GridKnots;
import org.anabranch.random.CounterRandom;
import org.anabranch.random.Stream;
import org.anabranch.solver.BrownianDrive;
import org.anabranch.solver.DrivenMethod;
import org.anabranch.solver.Interruptions;
import org.anabranch.solver.PiecewiseContext;
import org.anabranch.solver.TimeGrid;

/**
 * The negative evidence lower bound of a tile of paths and its gradient, each sample's by one path
 * of the posterior. Not for several threads at a time.
 */
final class LatentTile {
  private final int rows;
  private final int state;
  private final long seed;
  private final Parameters parameters;
  private final Accumulators accumulators;
  private final Observations observations;
  private final BrownianDrive drive;
  private final PiecewiseContext context;
  private final SolveGradient solve;
  private final Encoder encoder;
  private final LatentStart start;
  private final Likelihood likelihood;
  private final Buffer weights;
  private final Buffer divergenceWeights;
  private final double[] normals;
  private final double[] states;
  private final double[] weighed;
  private final double[] misfits;
  private final double[] pathDivergences;
  private final double[] startDivergences;

  LatentTile(LatentSde model, Backend backend, long seed, int rows) {
    this.rows = rows;
    this.seed = seed;
    state = model.equation().state();
    parameters = backend.parameters(model.layout());
    accumulators = backend.accumulators(model.layout());
    observations = new Observations(model, backend, rows);
    weights = backend.buffer(Type.perSampleScalar(), rows);
    divergenceWeights = backend.buffer(Type.perSampleScalar(), rows);
    TimeGrid grid = model.grid();
    double[] knots = GridKnots.times(grid, model.shape().length());
    Type told = Type.perSample(model.encoder().context());
    double[] starts = Arrays.copyOf(knots, knots.length - 1);
    context = new PiecewiseContext(backend, LatentNetworks.CONTEXT, told, starts, rows);
    DrivenMethod driven = model.driven();
    drive =
        new BrownianDrive(
                BrownianGrid.equal(seed, 0, grid.end(), grid.steps(), state), driven.need(), rows)
            .holding(context);
    solve =
        new SolveGradient(
            backend,
            driven.method(),
            driven.field(),
            model.networks().covariateInput().isPresent()
                ? Map.of(LatentNetworks.COVARIATES, observations.covariates())
                : Map.of(),
            parameters,
            accumulators,
            grid,
            Interruptions.none(),
            model.mode(driven),
            Demands.none().withEvery(model.stepsPerInterval(), grid.steps()),
            drive,
            rows);
    likelihood =
        new Likelihood(
            backend,
            model,
            observations,
            solve,
            weights,
            divergenceWeights,
            parameters,
            accumulators,
            rows);
    Told all = told(backend.buffer(told, rows), backend.buffer(told, rows), knots.length);
    encoder = encoder(model, backend, all);
    start =
        new LatentStart(
            backend,
            model,
            new LatentStart.Buffers(
                all.context().get(0),
                all.cotangents().get(0),
                observations.covariates(),
                solve.solve().initialValue(),
                List.of(solve.initialCotangent(), likelihood.ofStart()),
                divergenceWeights),
            parameters,
            accumulators,
            rows);
    normals = new double[rows * state];
    states = new double[rows * (state + 1)];
    weighed = new double[rows];
    misfits = new double[rows];
    pathDivergences = new double[rows];
    startDivergences = new double[rows];
  }

  /** The context of the first time is q's alone, that of another holds over the interval to it. */
  private Told told(Buffer first, Buffer ofFirst, int times) {
    List<Buffer> values = new ArrayList<>(List.of(first));
    List<Buffer> cotangents = new ArrayList<>(List.of(ofFirst));
    for (int interval = 0; interval < times - 1; interval++) {
      values.add(context.value(interval));
      cotangents.add(context.cotangent(interval));
    }
    return new Told(values, cotangents);
  }

  private Encoder encoder(LatentSde model, Backend backend, Told told) {
    return switch (model.encoder().kind()) {
      case GRU ->
          new GruEncoder(
              backend, model.networks(), observations, told, parameters, accumulators, rows);
      case CDE ->
          new CdeEncoder(backend, model, observations, told, parameters, accumulators, rows);
    };
  }

  void load(double[] of) {
    parameters.load(of);
  }

  /** What is observed, to be taken before {@link #forward}. */
  Observations observations() {
    return observations;
  }

  /**
   * Computes {@link #misfits} and the divergences.
   *
   * @param ids of the rows' noise, of which all that is random is a function
   * @param of what each row counts in a gradient
   * @param divergenceWeight of the divergences beside the misfits
   */
  void forward(long[] ids, double[] of, double divergenceWeight) {
    for (int row = 0; row < rows; row++) {
      weighed[row] = divergenceWeight * of[row];
      for (int i = 0; i < state; i++) {
        normals[row * state + i] = CounterRandom.normal(seed, Stream.INITIAL_NOISE, ids[row], 0, i);
      }
    }
    weights.set(of);
    divergenceWeights.set(weighed);
    observations.store();
    start.normal().set(normals);
    drive.samples(ids);
    accumulators.clear(); // the likelihood adds to them
    encoder.forward();
    start.forward();
    solve.forward();
    likelihood.run(misfits);
    start.divergence().get(startDivergences);
    solve.solve().solution().get(states);
    for (int row = 0; row < rows; row++) {
      pathDivergences[row] = states[row * (state + 1) + state];
    }
  }

  /** The gradient of the rows' weighed sum after {@link #forward}, the tile's until the next. */
  double[] backward() {
    solve.backward();
    start.backward();
    accumulators.fold();
    encoder.backward();
    return accumulators.totals();
  }

  /** −log of the likelihood of each row. */
  double[] misfits() {
    return misfits;
  }

  /** Of each row's path from the prior's. */
  double[] pathDivergences() {
    return pathDivergences;
  }

  /** KL(q ‖ p) of each row. */
  double[] startDivergences() {
    return startDivergences;
  }

  /** For judging whether it stayed finite and came back to its start. */
  SolveGradient solve() {
    return solve;
  }

  long bytes() {
    return solve.bytes()
        + encoder.bytes()
        + start.bytes()
        + likelihood.bytes()
        + context.bytes()
        + observations.bytes()
        + parameters.bytes()
        + accumulators.bytes();
  }
}
