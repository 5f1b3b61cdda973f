package org.anabranch.model.latent;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.anabranch.backend.Accumulators;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.Parameters;
import org.anabranch.backend.Program;
import org.anabranch.control.brownian.BrownianGrid;
import org.anabranch.gradient.Demands;
import org.anabranch.gradient.GradientMode;
import org.anabranch.gradient.SolveGradient;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Type;
import org.anabranch.graph.Value;
import org.anabranch.model.paths.PathSampler;
import org.anabranch.model.paths.TiledSampler;
import org.anabranch.random.CounterRandom;
import org.anabranch.random.Stream;
import org.anabranch.solver.BrownianDrive;
import org.anabranch.solver.DrivenMethod;
import org.anabranch.solver.Interruptions;
import org.anabranch.solver.TimeGrid;

/** Paths of the prior, a tile at a time, projected to the data without the observations' noise. */
final class PriorTile implements TiledSampler.Tile {
  private final int rows;
  private final int state;
  private final long seed;
  private final BrownianDrive drive;
  private final SolveGradient solve;
  private final Buffer covariates;
  private final Buffer normal;
  private final Program.Execution start;
  private final List<Program.Execution> projections = new ArrayList<>();
  private final List<Buffer> values = new ArrayList<>();
  private final double[] normals;

  PriorTile(
      LatentSde model,
      Backend backend,
      long seed,
      Parameters parameters,
      Accumulators unused,
      int rows) {
    this.rows = rows;
    this.seed = seed;
    state = model.equation().state();
    LatentNetworks networks = model.networks();
    TimeGrid grid = model.grid();
    DrivenMethod driven = model.solver().on(networks.priorField()).overOneGrid();
    drive =
        new BrownianDrive(
            BrownianGrid.equal(seed, 0, grid.end(), grid.steps(), state), driven.need(), rows);
    int others = Math.max(1, model.shape().covariates().size());
    covariates = backend.buffer(Type.perSample(others), rows);
    normal = backend.buffer(Type.perSample(state), rows);
    normals = new double[normal.count()];
    boolean reads = networks.covariateInput().isPresent();
    solve =
        new SolveGradient(
            backend,
            driven.method(),
            driven.field(),
            reads ? Map.of(LatentNetworks.COVARIATES, covariates) : Map.of(),
            parameters,
            unused,
            grid,
            Interruptions.none(),
            GradientMode.checkpointed(),
            Demands.none().withEvery(model.stepsPerInterval(), grid.steps()),
            drive,
            rows);
    start =
        backend
            .compile(start(networks), rows)
            .bind(
                Map.of("normal", normal, LatentNetworks.COVARIATES, covariates),
                Map.of("start", solve.solve().initialValue()),
                parameters,
                null);
    project(model, backend, parameters);
  }

  private Graph start(LatentNetworks networks) {
    Value standard = Value.input("normal", Type.perSample(state));
    List<Value> inputs = new ArrayList<>(List.of(standard));
    networks.covariateInput().ifPresent(inputs::add);
    return Graph.of("prior.start", inputs, Map.of("start", networks.priorStartOf().at(standard)));
  }

  private void project(LatentSde model, Backend backend, Parameters parameters) {
    Value x = Value.input("x", Type.perSample(state));
    Map<String, Value> output = Map.of("y", model.networks().projected(x));
    Program projection = backend.compile(Graph.of("projection", List.of(x), output), rows);
    int last = model.shape().length() - 1;
    for (int time = 0; time <= last; time++) {
      Buffer from =
          time == 0
              ? solve.solve().initialValue()
              : time == last ? solve.solve().solution() : solve.pointValue(time - 1);
      Buffer to = backend.buffer(Type.perSample(model.shape().width()), rows);
      values.add(to);
      projections.add(projection.bind(Map.of("x", from), Map.of("y", to), parameters, null));
    }
  }

  static PathSampler sampler(LatentSde model, Backend backend, int rows) {
    Parameters parameters = backend.parameters(model.layout());
    Accumulators unused = backend.accumulators(model.layout());
    return new TiledSampler(
        model.shape(),
        model.scales(),
        model.covariateScales(),
        parameters,
        seed -> new PriorTile(model, backend, seed, parameters, unused, rows),
        rows);
  }

  @Override
  public void draw(long[] ids, float[] given) {
    Arrays.setAll(
        normals,
        i -> CounterRandom.normal(seed, Stream.INITIAL_NOISE, ids[i / state], 0, i % state));
    normal.set(normals);
    if (given.length > 0) {
      covariates.set(given);
    }
    drive.samples(ids);
    start.run();
    solve.forward();
    projections.forEach(Program.Execution::run);
  }

  @Override
  public Buffer value(int time) {
    return values.get(time);
  }
}
