package org.anabranch.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
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
import org.anabranch.solver.PathDrive;
import org.anabranch.solver.StochasticMethod;
import org.anabranch.solver.TimeGrid;

/** Loss and gradient of both nets of workload W2 on a tile of samples. */
final class GanTileWorker implements TiledSolveOptions.Worker {
  private static final int STEPS = GanProblem.STEPS;

  private final GanProblem problem;
  private final Backend backend;
  private final int rows;
  private final Parameters parameters;
  private final Accumulators accumulators;
  private final TileDrive drive;
  private final SolveGradient generator;
  private final PathDrive path;
  private final SolveGradient discriminator;
  private final Buffer noise;
  private final Buffer scores;
  private final Buffer weight;
  private final double[] numbers;
  private final Link start;
  private final Link first;
  private final Link score;
  private final List<Link> readouts = new ArrayList<>();

  /** Cotangents of the generator's outputs, and of its start as far as the first reads it. */
  private final List<Buffer> outputCotangents = new ArrayList<>();

  private final Buffer ofStartOutput;
  private final Buffer startCotangent;

  /** Of the first value of a path, as far as the discriminator's initial network reads it. */
  private final Buffer ofFirst;

  /** A network between buffers, and its way back. */
  private record Link(Program.Execution forward, Program.Execution backward) {}

  GanTileWorker(
      Backend backend, GanProblem problem, StochasticMethod method, GradientMode mode, int rows) {
    this.backend = backend;
    this.problem = problem;
    this.rows = rows;
    parameters = backend.parameters(problem.layoutOfBoth());
    accumulators = backend.accumulators(problem.layoutOfBoth());
    drive = problem.drive(rows);
    double[] times = new double[STEPS + 1];
    Arrays.setAll(times, i -> i);
    path = new PathDrive(backend, times, GanProblem.DATA, true, rows);
    generator = solve(method.on(problem.generator()), mode, true);
    discriminator = solve(method.on(problem.discriminator()), mode, false);
    noise = backend.buffer(Type.perSample(GanProblem.INITIAL_NOISE), rows);
    scores = backend.buffer(Type.perSampleScalar(), rows);
    weight = backend.buffer(Type.perSampleScalar(), rows);
    numbers = new double[rows];
    ofFirst = backend.buffer(Type.perSample(GanProblem.DATA), rows);
    ofStartOutput = backend.buffer(Type.perSample(GanProblem.HIDDEN), rows);
    startCotangent = backend.buffer(Type.perSample(GanProblem.HIDDEN), rows);
    Buffer unread = backend.buffer(noise.type(), rows);
    start =
        link(GanProblem::start, noise, generator.solve().initialValue(), startCotangent, unread);
    first =
        link(
            GanProblem::first,
            path.value(0),
            discriminator.solve().initialValue(),
            discriminator.initialCotangent(),
            ofFirst);
    score =
        link(
            problem::score,
            discriminator.solve().solution(),
            scores,
            weight,
            discriminator.solutionCotangent());
    for (int time = 0; time <= STEPS; time++) {
      Buffer cotangent = backend.buffer(Type.perSample(GanProblem.DATA), rows);
      outputCotangents.add(cotangent);
      readouts.add(readout(time, cotangent));
    }
  }

  private Link readout(int time, Buffer cotangent) {
    Buffer x;
    Buffer ofX;
    if (time == 0) {
      x = generator.solve().initialValue();
      ofX = ofStartOutput;
    } else if (time == STEPS) {
      x = generator.solve().solution();
      ofX = generator.solutionCotangent();
    } else {
      x = generator.pointValue(time - 1);
      ofX = generator.pointCotangent(time - 1);
    }
    return link(GanProblem::readout, x, path.value(time), cotangent, ofX);
  }

  private Link link(
      UnaryOperator<Value> network, Buffer from, Buffer to, Buffer ofTo, Buffer ofFrom) {
    Value x = Value.input("x", from.type());
    Value y = network.apply(x);
    Value cotangent = Value.input("d.y", y.type());
    Graph forward = Graph.of("net", List.of(x), Map.of("y", y));
    Pullback pullback = Differentiation.pullback(forward, Map.of("y", cotangent), List.of("x"));
    Graph backward =
        Graph.of(
            "net.pullback",
            List.of(x, cotangent),
            Map.of("d.x", pullback.cotangents().get("x")),
            pullback.accumulations());
    Map<String, Buffer> inputs = new HashMap<>();
    inputs.put("x", from);
    inputs.put("d.y", ofTo);
    return new Link(
        backend.compile(forward, rows).bind(Map.of("x", from), Map.of("y", to), parameters, null),
        backend
            .compile(backward, rows)
            .bind(inputs, Map.of("d.x", ofFrom), parameters, accumulators));
  }

  private SolveGradient solve(DrivenMethod stepped, GradientMode mode, boolean generates) {
    DrivenMethod driven = stepped.overOneGrid();
    return SolveGradient.driven(
        backend,
        driven,
        parameters,
        accumulators,
        new TimeGrid(0, STEPS, STEPS),
        mode,
        generates ? Demands.none().withEveryStep(STEPS) : Demands.none(),
        generates ? drive.drive() : path,
        rows);
  }

  @Override
  public void load() {
    parameters.load(problem.parameters());
  }

  @Override
  public double run(int tile, double[] gradient) {
    int firstSample = tile * rows;
    accumulators.clear();
    double loss = fake(firstSample);
    backFromFake();
    for (int time = 0; time <= STEPS; time++) {
      problem.setReal(time, firstSample, path.value(time));
    }
    loss -= scored();
    back(-1);
    accumulators.fold();
    accumulators.total(gradient);
    return loss;
  }

  private double fake(int firstSample) {
    drive.toSample().accept(firstSample);
    problem.setNoise(firstSample, noise);
    start.forward.run();
    generator.forward();
    readouts.forEach(readout -> readout.forward.run());
    return scored();
  }

  /** The sum of the scores of the paths that stand in the drive. */
  private double scored() {
    first.forward.run();
    discriminator.forward();
    score.forward.run();
    scores.get(numbers);
    return Arrays.stream(numbers).sum();
  }

  private void back(double sign) {
    weight.fill(sign);
    score.backward.run();
    discriminator.backward();
    first.backward.run();
  }

  private void backFromFake() {
    back(1);
    for (int time = 0; time <= STEPS; time++) {
      path.cotangent(time, outputCotangents.get(time));
    }
    add(outputCotangents.get(0), ofFirst, outputCotangents.get(0));
    readouts.forEach(readout -> readout.backward.run());
    generator.backward();
    add(generator.initialCotangent(), ofStartOutput, startCotangent);
    start.backward.run();
  }

  private static void add(Buffer a, Buffer b, Buffer sum) {
    double[] x = new double[a.count()];
    double[] y = new double[b.count()];
    a.get(x);
    b.get(y);
    Arrays.setAll(x, i -> x[i] + y[i]);
    sum.set(x);
  }

  @Override
  public long bytes() {
    return generator.bytes() + discriminator.bytes() + parameters.bytes() + accumulators.bytes();
  }
}
