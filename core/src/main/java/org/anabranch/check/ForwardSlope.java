package org.anabranch.check;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.Parameters;
import org.anabranch.backend.Program;
import org.anabranch.backend.reference.ReferenceBackend;
import org.anabranch.gradient.Demands;
import org.anabranch.gradient.GradientMode;
import org.anabranch.gradient.SolveGradient;
import org.anabranch.gradient.SolveTangent;
import org.anabranch.gradient.TangentGraph;
import org.anabranch.graph.Graph;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.train.Block;
import org.anabranch.train.Pipeline;

/**
 * Slopes by forward sensitivities in float64, over the steps that were accepted: the other of the
 * two sets of derivative rules, and no reverse pass.
 */
final class ForwardSlope implements GradientCheck.Slope {
  private static final Backend BACKEND = new ReferenceBackend();

  private final ParameterLayout layout;
  private final double[] theta;
  private final Parameters parameters;
  private final SolveTangent tangent;
  private final Program.Execution stem;
  private final Program.Execution objective;
  private final Buffer loss;

  ForwardSlope(Pipeline pipeline, double[] theta, Block block) {
    this.theta = theta;
    layout = pipeline.layout();
    Passage passage = Passage.of(pipeline, theta, block);
    int rows = passage.rows();
    parameters = BACKEND.parameters(TangentGraph.layout(layout));
    Parameters values = BACKEND.parameters(layout);
    values.load(theta);
    SolveGradient solve =
        new SolveGradient(
            BACKEND,
            pipeline.method(),
            pipeline.field(),
            values,
            BACKEND.accumulators(layout),
            pipeline.stepping(),
            GradientMode.direct(),
            rows);
    solve.solve().initialValue().set(passage.start());
    solve.forward();
    tangent =
        new SolveTangent(BACKEND, pipeline.field(), Map.of(), layout, solve, Demands.none(), rows);
    stem =
        bound(
            TangentGraph.of(pipeline.stem(), List.of()),
            inputs(pipeline.stem(), Map.of("x", passage.stemInput()), rows),
            Map.of("t.y0", tangent.initialTangent()),
            rows);
    loss = BACKEND.buffer(pipeline.objective().output("loss").type(), rows);
    Map<String, Buffer> last =
        inputs(
            pipeline.objective(),
            Map.of("y", passage.objectiveInput(), "label", passage.labels()),
            rows);
    last.put("t.y", tangent.solutionTangent());
    objective =
        bound(
            TangentGraph.of(pipeline.objective(), List.of("y")),
            last,
            Map.of("t.loss", loss),
            rows);
  }

  private Program.Execution bound(
      Graph graph, Map<String, Buffer> inputs, Map<String, Buffer> outputs, int rows) {
    return BACKEND.compile(graph, rows).bind(inputs, outputs, parameters, null);
  }

  private static Map<String, Buffer> inputs(Graph graph, Map<String, double[]> numbers, int rows) {
    Map<String, Buffer> inputs = new HashMap<>();
    numbers.forEach(
        (name, values) -> {
          Buffer buffer = BACKEND.buffer(graph.input(name).type(), rows);
          buffer.set(values);
          inputs.put(name, buffer);
        });
    return inputs;
  }

  @Override
  public double along(ParameterLayout.View view, double[] direction) {
    double[] both = new double[2 * layout.size()];
    double[] whole = new double[layout.size()];
    System.arraycopy(direction, 0, whole, view.offset(), view.size());
    System.arraycopy(theta, 0, both, 0, layout.size());
    System.arraycopy(whole, 0, both, layout.size(), layout.size());
    parameters.load(both);
    tangent.load(theta, whole);
    stem.run();
    tangent.run(new double[0][]);
    objective.run();
    double[] slopes = new double[loss.count()];
    loss.get(slopes);
    double sum = 0;
    for (double slope : slopes) {
      sum += slope;
    }
    return sum;
  }
}
