package org.anabranch.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.anabranch.backend.Accumulators;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.Parameters;
import org.anabranch.backend.Program;
import org.anabranch.gradient.Demands;
import org.anabranch.gradient.GradientMode;
import org.anabranch.gradient.SolveGradient;
import org.anabranch.graph.Differentiation;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Pullback;
import org.anabranch.graph.Type;
import org.anabranch.graph.Value;
import org.anabranch.solver.DrivenMethod;
import org.anabranch.solver.StochasticMethod;
import org.anabranch.solver.TimeGrid;

/** Loss and gradient of a tile of workload W1: initial network, solve, loss, and back. */
final class SdeTileWorker implements TiledSolveOptions.Worker {
  private final SdeProblem problem;
  private final int rows;
  private final Parameters parameters;
  private final Accumulators accumulators;
  private final SolveGradient solve;
  private final Buffer noise;
  private final Program.Execution start;
  private final Program.Execution startPullback;
  private final List<Program.Execution> outputs = new ArrayList<>();
  private final Buffer squares;
  private final double[] sums;
  private final double count;
  private final TileDrive drive;

  SdeTileWorker(
      Backend backend,
      SdeProblem problem,
      StochasticMethod method,
      GradientMode mode,
      boolean allOutputs,
      BrownianKind kind,
      int rows) {
    this.problem = problem;
    this.rows = rows;
    parameters = backend.parameters(problem.layout());
    accumulators = backend.accumulators(problem.layout());
    drive = problem.drive(kind, rows);
    DrivenMethod driven = method.on(problem.field()).overOneGrid();
    solve =
        SolveGradient.driven(
            backend,
            driven,
            parameters,
            accumulators,
            new TimeGrid(0, SdeProblem.STEPS, problem.steps()),
            mode,
            allOutputs ? Demands.none().withEveryStep(problem.steps()) : Demands.none(),
            drive.drive(),
            rows);
    Value v = Value.input("noise", Type.perSample(problem.initialNoiseSize()));
    Graph network = Graph.of("start", List.of(v), Map.of("x", problem.start(v)));
    Value cotangent = Value.input("d.x", Type.perSample(problem.dimension()));
    Pullback pullback = Differentiation.pullback(network, Map.of("x", cotangent), List.of());
    Graph back =
        Graph.of("start.pullback", List.of(v, cotangent), Map.of(), pullback.accumulations());
    noise = backend.buffer(v.type(), rows);
    start =
        backend
            .compile(network, rows)
            .bind(
                Map.of("noise", noise),
                Map.of("x", solve.solve().initialValue()),
                parameters,
                null);
    Map<String, Buffer> inputs = new HashMap<>();
    inputs.put("noise", noise);
    inputs.put("d.x", solve.initialCotangent());
    startPullback = backend.compile(back, rows).bind(inputs, Map.of(), parameters, accumulators);
    squares = backend.buffer(Type.perSampleScalar(), rows);
    sums = new double[rows];
    int times = allOutputs ? problem.steps() : 1;
    count = (double) problem.rows() * problem.dimension() * times;
    bindOutputs(backend, allOutputs);
  }

  @Override
  public void load() {
    parameters.load(problem.parameters());
  }

  @Override
  public double run(int tile, double[] gradient) {
    accumulators.clear();
    drive.toSample().accept(tile * rows);
    noise.set(problem.initialNoise(tile * rows, rows));
    start.run();
    solve.forward();
    double loss = 0;
    for (Program.Execution output : outputs) {
      output.run();
      squares.get(sums);
      for (double sum : sums) {
        loss += sum;
      }
    }
    solve.backward();
    startPullback.run();
    accumulators.fold();
    accumulators.total(gradient);
    return loss / count;
  }

  /** For every output its squares, added up sample by sample, and its cotangent. */
  private void bindOutputs(Backend backend, boolean all) {
    Value x = Value.input("x", Type.perSample(problem.dimension()));
    Map<String, Value> results = new HashMap<>();
    results.put("squares", x.square().sum());
    results.put("d.x", x.times(2 / count));
    Program program = backend.compile(Graph.of("loss", List.of(x), results), rows);
    for (int point = 0; all && point < problem.steps() - 1; point++) {
      outputs.add(bound(program, solve.pointValue(point), solve.pointCotangent(point)));
    }
    outputs.add(bound(program, solve.solve().solution(), solve.solutionCotangent()));
  }

  private Program.Execution bound(Program program, Buffer value, Buffer cotangent) {
    return program.bind(
        Map.of("x", value), Map.of("squares", squares, "d.x", cotangent), parameters, null);
  }

  @Override
  public long bytes() {
    return solve.bytes() + parameters.bytes() + accumulators.bytes();
  }
}
