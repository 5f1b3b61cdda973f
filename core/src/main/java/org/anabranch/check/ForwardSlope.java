package org.anabranch.check;

import java.util.Arrays;
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
import org.anabranch.graph.Type;
import org.anabranch.train.Block;
import org.anabranch.train.OpaqueStage;
import org.anabranch.train.Pipeline;
import org.jspecify.annotations.Nullable;

/**
 * Slopes by forward sensitivities in float64, over the steps that were accepted: the other of the
 * two sets of derivative rules, and no reverse pass. An opaque stage has no such rules: its
 * tangents are differences, and what their noise makes of the slope is told with it.
 */
final class ForwardSlope implements GradientCheck.Slope {
  private static final Backend BACKEND = new ReferenceBackend();

  private final ParameterLayout layout;
  private final double[] theta;
  private final Parameters parameters;
  private final SolveTangent tangent;
  private final @Nullable OpaqueTangent before;
  private final @Nullable OpaqueTangent after;
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
    OpaqueStage first = pipeline.before();
    // What has no parameters and stands first is constant.
    before =
        first == null || first.layout().size() == 0
            ? null
            : new OpaqueTangent(first, passage.features(), rows, null);
    OpaqueStage last = pipeline.after();
    after =
        last == null
            ? null
            : new OpaqueTangent(last, passage.end(), rows, tangent.solutionTangent());
    Map<String, Buffer> start = inputs(pipeline.stem(), Map.of("x", passage.stemInput()), rows);
    if (before != null) {
      start.put("t.x", before.tangent);
    }
    List<String> directed = before == null ? List.of() : List.of("x");
    stem =
        bound(
            TangentGraph.of(pipeline.stem(), directed),
            start,
            Map.of("t.y0", tangent.initialTangent()),
            rows);
    loss = BACKEND.buffer(pipeline.objective().output("loss").type(), rows);
    Map<String, Buffer> end =
        inputs(
            pipeline.objective(),
            Map.of("y", passage.objectiveInput(), "label", passage.labels()),
            rows);
    end.put("t.y", after == null ? tangent.solutionTangent() : after.tangent);
    objective =
        bound(
            TangentGraph.of(pipeline.objective(), List.of("y")), end, Map.of("t.loss", loss), rows);
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
  public GradientCheck.Measured along(ParameterLayout.View view, double[] direction) {
    double[] both = new double[2 * layout.size()];
    double[] whole = new double[layout.size()];
    System.arraycopy(direction, 0, whole, view.offset(), view.size());
    System.arraycopy(theta, 0, both, 0, layout.size());
    System.arraycopy(whole, 0, both, layout.size(), layout.size());
    parameters.load(both);
    tangent.load(theta, whole);
    double[] slopes = slopes(whole, true);
    double[] others = before == null && after == null ? slopes : slopes(whole, false);
    double slope = 0;
    double noise = 0;
    for (int row = 0; row < slopes.length; row++) {
      slope += slopes[row];
      noise += Math.abs(slopes[row] - others[row]);
    }
    return new GradientCheck.Measured(slope, noise, 0);
  }

  /**
   * Of each sample.
   *
   * @param first which of the two estimates of opaque stages' tangents are taken
   */
  private double[] slopes(double[] whole, boolean first) {
    if (before != null) {
      before.run(whole, first);
    }
    stem.run();
    tangent.run(new double[0][]);
    if (after != null) {
      after.run(whole, first);
    }
    objective.run();
    double[] slopes = new double[loss.count()];
    loss.get(slopes);
    return slopes;
  }

  /** The tangent of an opaque stage, between buffers. */
  private final class OpaqueTangent {
    private final StageTangent stage;
    private final int offset;
    private final int size;
    private final double[] byInput;
    private final @Nullable Buffer of;
    private final Buffer tangent;

    /**
     * @param of the tangent of its input; null for a constant
     */
    private OpaqueTangent(OpaqueStage stage, double[] input, int rows, @Nullable Buffer of) {
      this.of = of;
      offset = Passage.offset(layout, stage);
      size = stage.layout().size();
      byInput = new double[input.length];
      this.stage = new StageTangent(stage, input, own(theta), rows);
      tangent = BACKEND.buffer(Type.perSample(stage.outputs()), rows);
    }

    private double[] own(double[] numbers) {
      return Arrays.copyOfRange(numbers, offset, offset + size);
    }

    private void run(double[] whole, boolean first) {
      if (of != null) {
        of.get(byInput);
      }
      StageTangent.Estimates estimates = stage.along(byInput, own(whole));
      tangent.set(first ? estimates.first() : estimates.second());
    }
  }
}
