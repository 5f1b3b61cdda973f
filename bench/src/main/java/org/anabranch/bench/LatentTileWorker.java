package org.anabranch.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anabranch.backend.Accumulators;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.Parameters;
import org.anabranch.backend.Program;
import org.anabranch.field.Calculus;
import org.anabranch.gradient.Demands;
import org.anabranch.gradient.GradientMode;
import org.anabranch.gradient.SolveGradient;
import org.anabranch.graph.Differentiation;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Pullback;
import org.anabranch.graph.Type;
import org.anabranch.graph.Value;
import org.anabranch.solver.DrivenMethod;
import org.anabranch.solver.PiecewiseContext;
import org.anabranch.solver.StochasticMethod;
import org.anabranch.solver.TimeGrid;

/** Loss and gradient of a tile of workload W3's solve: weights, initial state and context. */
final class LatentTileWorker implements TiledSolveOptions.Worker {
  private final LatentProblem problem;
  private final int rows;
  private final Parameters parameters;
  private final Accumulators accumulators;
  private final SolveGradient solve;
  private final PiecewiseContext context;
  private final TileDrive drive;
  private final List<Buffer> data = new ArrayList<>();
  private final List<Program.Execution> losses = new ArrayList<>();
  private final Buffer lossNow;
  private final double[] numbers;

  /** What the observation at the start has to do with the initial state. */
  private final Buffer atStart;

  /**
   * @param steps a multiple of the intervals between observations
   */
  LatentTileWorker(
      Backend backend,
      LatentProblem problem,
      StochasticMethod method,
      GradientMode mode,
      int steps,
      int rows) {
    this.problem = problem;
    this.rows = rows;
    int intervals = LatentProblem.TIMES - 1;
    parameters = backend.parameters(problem.layoutOfAll());
    accumulators = backend.accumulators(problem.layoutOfAll());
    Type ofContext = Type.perSample(LatentProblem.CONTEXT);
    context = new PiecewiseContext(backend, "context", ofContext, times(intervals), rows);
    drive = problem.drive(steps, rows);
    drive.hold(context);
    Calculus calculus =
        method.calculi().contains(Calculus.ITO) ? Calculus.ITO : Calculus.STRATONOVICH;
    DrivenMethod driven = method.on(problem.field(calculus)).overOneGrid();
    solve =
        SolveGradient.driven(
            backend,
            driven,
            parameters,
            accumulators,
            new TimeGrid(0, problem.end(), steps),
            mode,
            Demands.none().withEvery(steps / intervals, steps),
            drive.drive(),
            rows);
    lossNow = backend.buffer(Type.perSampleScalar(), rows);
    numbers = new double[rows];
    atStart = backend.buffer(Type.perSample(LatentProblem.LATENT + 1), rows);
    bindLosses(backend, intervals);
  }

  private double[] times(int intervals) {
    double[] times = new double[intervals];
    for (int i = 0; i < intervals; i++) {
      times[i] = i * (problem.end() / intervals);
    }
    return times;
  }

  /** At every observation the loss and its cotangents, of the state and of the projector. */
  private void bindLosses(Backend backend, int intervals) {
    Program inner = backend.compile(lossGraph(false), rows);
    Program last = backend.compile(lossGraph(true), rows);
    for (int time = 0; time <= intervals; time++) {
      Buffer observed = backend.buffer(Type.perSample(LatentProblem.DATA), rows);
      data.add(observed);
      if (time == 0) {
        continue; // of the start, which no step of the solve ends at
      }
      boolean end = time == intervals;
      Map<String, Buffer> inputs = new HashMap<>();
      inputs.put("z", end ? solve.solve().solution() : solve.pointValue(time - 1));
      inputs.put("data", observed);
      Map<String, Buffer> outputs = new HashMap<>();
      outputs.put("loss", lossNow);
      outputs.put("d.z", end ? solve.solutionCotangent() : solve.pointCotangent(time - 1));
      losses.add((end ? last : inner).bind(inputs, outputs, parameters, accumulators));
    }
    Map<String, Buffer> inputs = new HashMap<>();
    inputs.put("z", solve.solve().initialValue());
    inputs.put("data", data.get(0));
    Map<String, Buffer> outputs = new HashMap<>();
    outputs.put("loss", lossNow);
    outputs.put("d.z", atStart);
    losses.add(inner.bind(inputs, outputs, parameters, accumulators));
  }

  private Graph lossGraph(boolean atEnd) {
    Value z = Value.input("z", Type.perSample(LatentProblem.LATENT + 1));
    Value observed = Value.input("data", Type.perSample(LatentProblem.DATA));
    Value fit = problem.loss(z, observed);
    Value loss = atEnd ? fit.plus(problem.divergence(z)) : fit;
    Graph forward = Graph.of("loss", List.of(z, observed), Map.of("loss", loss));
    Value one = loss.times(0).plus(1);
    Pullback pullback = Differentiation.pullback(forward, Map.of("loss", one), List.of("z"));
    Map<String, Value> outputs = new LinkedHashMap<>();
    outputs.put("loss", loss);
    pullback.cotangents().forEach((name, value) -> outputs.put("d." + name, value));
    return Graph.of("loss", List.of(z, observed), outputs, pullback.accumulations());
  }

  @Override
  public void load() {
    parameters.load(problem.parameters());
  }

  @Override
  public double run(int tile, double[] gradient) {
    int first = tile * rows;
    accumulators.clear();
    drive.toSample().accept(first);
    problem.setStart(first, solve.solve().initialValue());
    for (int time = 0; time < data.size(); time++) {
      problem.setData(time, first, data.get(time));
      if (time < data.size() - 1) {
        problem.setContext(time, first, context.value(time));
      }
    }
    solve.forward();
    double loss = 0;
    for (Program.Execution each : losses) {
      each.run();
      lossNow.get(numbers);
      for (double number : numbers) {
        loss += number;
      }
    }
    solve.backward();
    accumulators.fold();
    accumulators.total(gradient);
    return loss;
  }

  /** The sum of the squares of the last tile's cotangents of context, and of its initial state. */
  double[] inputSquares() {
    double contextSquares = 0;
    double[] of = new double[rows * LatentProblem.CONTEXT];
    for (int time = 0; time < LatentProblem.TIMES - 1; time++) {
      context.cotangent(time).get(of);
      for (double number : of) {
        contextSquares += number * number;
      }
    }
    double[] solved = new double[rows * (LatentProblem.LATENT + 1)];
    double[] seen = new double[solved.length];
    solve.initialCotangent().get(solved);
    atStart.get(seen);
    double startSquares = 0;
    for (int i = 0; i < solved.length; i++) {
      boolean state = i % (LatentProblem.LATENT + 1) < LatentProblem.LATENT;
      startSquares += state ? (solved[i] + seen[i]) * (solved[i] + seen[i]) : 0;
    }
    return new double[] {contextSquares, startSquares};
  }

  /** Of a tile: programs, states, outputs, weights and the context with its cotangents. */
  @Override
  public long bytes() {
    return solve.bytes() + parameters.bytes() + accumulators.bytes() + context.bytes();
  }
}
