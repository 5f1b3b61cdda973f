package org.anabranch.model.gan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.anabranch.backend.Accumulators;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.Parameters;
import org.anabranch.control.brownian.BrownianGrid;
import org.anabranch.gradient.Demands;
import org.anabranch.gradient.SolveGradient;
import org.anabranch.graph.Type;
import org.anabranch.model.paths.BoundNetwork;
import org.anabranch.random.CounterRandom;
import org.anabranch.random.Stream;
import org.anabranch.solver.BrownianDrive;
import org.anabranch.solver.DrivenMethod;
import org.anabranch.solver.Interruptions;
import org.anabranch.solver.StochasticMethod;
import org.anabranch.solver.TimeGrid;

/** The generator compiled for a tile of paths, forward and back. */
final class GeneratorTile {
  private final SdeGan model;
  private final int rows;
  private final BrownianDrive drive;
  private final SolveGradient solve;
  private final Buffer covariates;
  private final Buffer startInput;
  private final Buffer startCotangent;
  private final Buffer ofStartOutput;
  private final BoundNetwork.Link start;
  private final List<BoundNetwork.Link> readouts = new ArrayList<>();
  private final List<Buffer> cotangents = new ArrayList<>();
  private final double[] inputs;
  private final double[] a;
  private final double[] b;
  private final long seed;

  /**
   * @param seed of the noise
   * @param values where the path's values at each time go: [rows × channels]
   */
  GeneratorTile(
      SdeGan model,
      Backend backend,
      long seed,
      IntFunction<Buffer> values,
      Parameters parameters,
      Accumulators accumulators,
      int rows) {
    this.model = model;
    this.rows = rows;
    this.seed = seed;
    GeneratorSettings sizes = model.generator();
    int others = model.shape().covariates().size();
    TimeGrid grid = model.grid();
    DrivenMethod driven = StochasticMethod.named(model.method()).on(model.field()).overOneGrid();
    drive =
        new BrownianDrive(
            BrownianGrid.equal(seed, 0, grid.end(), grid.steps(), sizes.motions()),
            driven.need(),
            rows);
    covariates = backend.buffer(Type.perSample(Math.max(1, others)), rows);
    solve =
        new SolveGradient(
            backend,
            driven.method(),
            driven.field(),
            others == 0 ? Map.of() : Map.of(SdeGan.COVARIATES, covariates),
            parameters,
            accumulators,
            grid,
            Interruptions.none(),
            model.mode(),
            Demands.none().withEvery(model.stepsPerInterval(), grid.steps()),
            drive,
            rows);
    startInput = backend.buffer(Type.perSample(sizes.initialNoise() + others), rows);
    startCotangent = backend.buffer(Type.perSample(sizes.state()), rows);
    ofStartOutput = backend.buffer(Type.perSample(sizes.state()), rows);
    BoundNetwork initial =
        new BoundNetwork(
            backend, model::start, sizes.initialNoise() + others, parameters, accumulators, rows);
    Buffer unread = backend.buffer(startInput.type(), rows);
    start = initial.between(startInput, solve.solve().initialValue(), startCotangent, unread);
    BoundNetwork readout =
        new BoundNetwork(backend, model::read, sizes.state(), parameters, accumulators, rows);
    int last = model.shape().length() - 1;
    for (int time = 0; time <= last; time++) {
      Buffer cotangent = backend.buffer(Type.perSample(model.shape().width()), rows);
      cotangents.add(cotangent);
      readouts.add(
          time == 0
              ? readout.between(
                  solve.solve().initialValue(), values.apply(0), cotangent, ofStartOutput)
              : time == last
                  ? readout.between(
                      solve.solve().solution(),
                      values.apply(last),
                      cotangent,
                      solve.solutionCotangent())
                  : readout.between(
                      solve.pointValue(time - 1),
                      values.apply(time),
                      cotangent,
                      solve.pointCotangent(time - 1)));
    }
    inputs = new double[startInput.count()];
    a = new double[startCotangent.count()];
    b = new double[startCotangent.count()];
  }

  /**
   * Draws paths and writes their values.
   *
   * @param ids of the rows' noise, of which everything random is a function
   * @param given covariates as the model sees them: [rows × covariates]
   */
  void forward(long[] ids, float[] given) {
    int noise = model.generator().initialNoise();
    int others = model.shape().covariates().size();
    int width = noise + others;
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < noise; i++) {
        inputs[row * width + i] = CounterRandom.normal(seed, Stream.INITIAL_NOISE, ids[row], 0, i);
      }
      for (int i = 0; i < others; i++) {
        inputs[row * width + noise + i] = given[row * others + i];
      }
    }
    startInput.set(inputs);
    if (others > 0) {
      covariates.set(given);
    }
    drive.samples(ids);
    start.forward().run();
    solve.forward();
    readouts.forEach(readout -> readout.forward().run());
  }

  /** Where the cotangent of the values at a time goes before {@link #backward}. */
  Buffer cotangent(int time) {
    return cotangents.get(time);
  }

  /** Adds the gradient by the generator's parameters to the accumulators. */
  void backward() {
    readouts.forEach(readout -> readout.backward().run());
    solve.backward();
    solve.initialCotangent().get(a);
    ofStartOutput.get(b);
    for (int i = 0; i < a.length; i++) {
      a[i] += b[i];
    }
    startCotangent.set(a);
    start.backward().run();
  }

  SolveGradient solve() {
    return solve;
  }
}
