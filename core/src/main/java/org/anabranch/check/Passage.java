package org.anabranch.check;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.Parameters;
import org.anabranch.backend.reference.ReferenceBackend;
import org.anabranch.graph.Graph;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.graph.Type;
import org.anabranch.solver.AdaptiveSolve;
import org.anabranch.solver.Outcome;
import org.anabranch.solver.Outcomes;
import org.anabranch.solver.SteppedSolve;
import org.anabranch.train.Block;
import org.anabranch.train.OpaqueStage;
import org.anabranch.train.Pipeline;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of some samples at the joints of a pipeline, in float64: before and after each of its
 * parts.
 *
 * @param features of the samples
 * @param stemInput what the stem reads
 * @param start the solve's initial values
 * @param end its solutions
 * @param objectiveInput what the objective reads
 */
@SuppressWarnings("ArrayRecordComponent") // inside this room alone
record Passage(
    int rows,
    double[] features,
    double[] stemInput,
    double[] start,
    double[] end,
    double[] objectiveInput,
    double[] labels) {

  /**
   * @throws IllegalArgumentException if a sample cannot be solved
   */
  static Passage of(Pipeline pipeline, double[] theta, Block block) {
    Backend backend = new ReferenceBackend();
    int rows = block.rows();
    float[] raw = new float[rows * block.width()];
    block.copyFeatures(raw);
    double[] features = new double[raw.length];
    Arrays.setAll(features, i -> raw[i]);
    double[] labels = new double[rows];
    Arrays.setAll(labels, block::label);
    double[] x = through(pipeline.before(), pipeline, features, theta, rows);
    Parameters parameters = backend.parameters(pipeline.layout());
    parameters.load(theta);
    int dimension = pipeline.field().dimension();
    double[] start =
        run(backend, pipeline.stem(), Map.of("x", x), "y0", parameters, rows, rows * dimension);
    double[] end = solved(pipeline, backend, parameters, start, block);
    double[] last = through(pipeline.after(), pipeline, end, theta, rows);
    return new Passage(rows, features, x, start, end, last, labels);
  }

  private static double[] solved(
      Pipeline pipeline, Backend backend, Parameters parameters, double[] start, Block block) {
    int rows = block.rows();
    SteppedSolve solve =
        new SteppedSolve(
            backend,
            pipeline.method(),
            pipeline.field(),
            Map.of(),
            parameters,
            pipeline.stepping(),
            false,
            rows);
    solve.solve().initialValue().set(start);
    solve.run((step, state) -> {}, new AdaptiveSolve.Observer() {});
    Outcomes outcomes = new Outcomes(rows, pipeline.field().dimension());
    outcomes.judge(solve.solve());
    for (int row = 0; row < rows; row++) {
      Outcome outcome = outcomes.outcome(row);
      if (!outcome.isSolved()) {
        throw new IllegalArgumentException(
            "Check: sample %d cannot be solved as configured: %s."
                .formatted(block.id(row), outcome.sentence()));
      }
    }
    double[] end = new double[start.length];
    solve.solve().solution().get(end);
    return end;
  }

  private static double[] through(
      @Nullable OpaqueStage stage, Pipeline pipeline, double[] numbers, double[] theta, int rows) {
    if (stage == null) {
      return numbers;
    }
    Backend backend = new ReferenceBackend();
    OpaqueStage.Tile tile = stage.tile(rows);
    tile.load(theta, offset(pipeline.layout(), stage));
    Buffer in = backend.buffer(Type.perSample(stage.inputs()), rows);
    Buffer out = backend.buffer(Type.perSample(stage.outputs()), rows);
    in.set(numbers);
    tile.forward(in, out);
    double[] results = new double[rows * stage.outputs()];
    out.get(results);
    return results;
  }

  /** Where a stage's parameters start. */
  static int offset(ParameterLayout layout, OpaqueStage stage) {
    return stage.layout().views().isEmpty()
        ? 0
        : layout.view(stage.layout().views().get(0).name()).offset();
  }

  private static double[] run(
      Backend backend,
      Graph graph,
      Map<String, double[]> inputs,
      String output,
      Parameters parameters,
      int rows,
      int count) {
    Map<String, Buffer> given = new HashMap<>();
    inputs.forEach(
        (name, numbers) -> {
          Buffer buffer = backend.buffer(graph.input(name).type(), rows);
          buffer.set(numbers);
          given.put(name, buffer);
        });
    Buffer result = backend.buffer(graph.output(output).type(), rows);
    backend.compile(graph, rows).bind(given, Map.of(output, result), parameters, null).run();
    double[] numbers = new double[count];
    result.get(numbers);
    return numbers;
  }
}
