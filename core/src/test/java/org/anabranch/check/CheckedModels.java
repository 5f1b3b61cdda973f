package org.anabranch.check;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.anabranch.field.Field;
import org.anabranch.gradient.GradientMode;
import org.anabranch.graph.Graph;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.graph.Shape;
import org.anabranch.graph.Type;
import org.anabranch.graph.Value;
import org.anabranch.nn.Dense;
import org.anabranch.nn.Initialiser;
import org.anabranch.solver.Method;
import org.anabranch.solver.Stepping;
import org.anabranch.solver.TimeGrid;
import org.anabranch.train.Block;
import org.anabranch.train.OpaqueStage;
import org.anabranch.train.Pipeline;
import org.anabranch.train.SoftmaxCrossEntropy;
import org.jspecify.annotations.Nullable;

/** A small classifier, and ways to spoil it. */
final class CheckedModels {
  static final int INPUTS = 3;
  static final int STATE = 4;
  static final int CLASSES = 3;
  private static final Dense STEM = new Dense("stem", INPUTS, STATE);
  private static final Dense INNER = new Dense("inner", STATE, 5);
  private static final Dense OUTER = new Dense("outer", 5, STATE);
  private static final Dense HEAD = new Dense("head", STATE, CLASSES);

  private CheckedModels() {}

  static ParameterLayout layout() {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    for (Dense layer : new Dense[] {STEM, INNER, OUTER, HEAD}) {
      shapes.putAll(layer.parameters());
    }
    return ParameterLayout.of(shapes);
  }

  static double[] theta() {
    double[] theta = Initialiser.glorot(layout(), 3);
    for (int i = 0; i < theta.length; i++) {
      theta[i] += 0.05 * ((i % 7) - 3); // biases too
    }
    return theta;
  }

  static Pipeline pipeline(String method, Stepping stepping, GradientMode mode) {
    return pipeline(method, stepping, mode, hidden -> hidden.tanh(), null);
  }

  static Pipeline pipeline(
      String method,
      Stepping stepping,
      GradientMode mode,
      UnaryOperator<Value> activation,
      @Nullable OpaqueStage after) {
    return pipeline(Method.named(method), stepping, mode, activation, after);
  }

  static Pipeline pipeline(
      Method method,
      Stepping stepping,
      GradientMode mode,
      UnaryOperator<Value> activation,
      @Nullable OpaqueStage after) {
    Value x = Value.input("x", Type.perSample(INPUTS));
    Graph stem = Graph.of("stem", List.of(x), Map.of("y0", STEM.apply(x)));
    Field field = Field.of(STATE, (t, y) -> OUTER.apply(activation.apply(INNER.apply(y).plus(t))));
    Graph objective = new SoftmaxCrossEntropy(HEAD, STATE, CLASSES).graph();
    return new Pipeline(layout(), stem, field, method, stepping, mode, objective, null, after);
  }

  /** One that falls at a rate to a small function of the state, solved by rodas4. */
  static Pipeline decaying(int state, double rate) {
    Dense first = new Dense("stem", INPUTS, state);
    Dense inner = new Dense("inner", state, 5);
    Dense outer = new Dense("outer", 5, state);
    Dense last = new Dense("head", state, CLASSES);
    Map<String, Shape> shapes = new LinkedHashMap<>();
    for (Dense layer : new Dense[] {first, inner, outer, last}) {
      shapes.putAll(layer.parameters());
    }
    Value x = Value.input("x", Type.perSample(INPUTS));
    Graph stem = Graph.of("stem", List.of(x), Map.of("y0", first.apply(x)));
    Field field =
        Field.of(
            state,
            (t, y) -> outer.apply(inner.apply(y).tanh()).times(0.2).plus(t).minus(y).times(rate));
    Graph objective = new SoftmaxCrossEntropy(last, state, CLASSES).graph();
    return new Pipeline(
        ParameterLayout.of(shapes),
        stem,
        field,
        Method.rodas4(),
        new TimeGrid(0, 1, 8),
        GradientMode.direct(),
        objective);
  }

  /** The same model behind a stage of the features, whose parameters come first. */
  static Pipeline behind(OpaqueStage before, Stepping stepping) {
    Pipeline own = pipeline("tsit5", stepping, GradientMode.direct());
    Map<String, Shape> shapes = new LinkedHashMap<>();
    before.layout().views().forEach(view -> shapes.put(view.name(), view.shape()));
    layout().views().forEach(view -> shapes.put(view.name(), view.shape()));
    return new Pipeline(
        ParameterLayout.of(shapes),
        own.stem(),
        own.field(),
        own.method(),
        own.stepping(),
        own.mode(),
        own.objective(),
        before,
        null);
  }

  static Block block() {
    int rows = 6;
    float[] features = new float[rows * INPUTS];
    for (int i = 0; i < features.length; i++) {
      features[i] = (float) Math.sin(3 * i + 1);
    }
    float[] labels = {0, 1, 2, 2, 1, 0};
    return Block.of(0, rows, INPUTS, new long[] {1, 2, 3, 4, 5, 6}, features, labels);
  }

  /** tanh(y), whose product is off by a factor where it is to be spoilt. */
  static OpaqueStage tanhStage(double factor) {
    return new TanhStage(STATE, false, false, factor);
  }

  /** The parameters that a certificate fails. */
  static List<String> failing(Certificate certificate) {
    return certificate.blocks().stream()
        .filter(block -> !block.passes())
        .map(BlockFigures::parameter)
        .toList();
  }
}
