package org.anabranch.field;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Shape;
import org.anabranch.graph.Type;
import org.anabranch.graph.Value;

/**
 * The right-hand side of dy/dt = f(t, y; context, θ) as a graph: inputs {@code t} (shared scalar),
 * {@code y} (a vector for each sample) and any context, output {@code drift}.
 *
 * @param graph with those inputs and that output, all in working precision
 */
public record Field(Graph graph) {
  private static final String TIME = "t";
  private static final String STATE = "y";
  private static final String DRIFT = "drift";

  public Field {
    Type state = graph.input(STATE).type();
    Type drift = graph.output(DRIFT).type();
    if (!drift.shape().equals(state.shape()) || drift.isWide()) {
      throw new IllegalArgumentException(
          "Field %s: the drift is %s but the state is %s. A derivative has the state's shape."
              .formatted(graph.name(), drift, state));
    }
  }

  /** A field without context: the formula builds the drift from t and y. */
  public static Field of(int dimension, BinaryOperator<Value> formula) {
    return of(dimension, List.of(), formula);
  }

  /**
   * A field that also reads context.
   *
   * @param context inputs made by {@code Value.input} that the formula reads
   */
  public static Field of(int dimension, List<Value> context, BinaryOperator<Value> formula) {
    Value t = Value.input(TIME, Type.shared(Shape.scalar()));
    Value y = Value.input(STATE, Type.perSample(dimension));
    List<Value> inputs = new ArrayList<>(List.of(t, y));
    inputs.addAll(context);
    return new Field(Graph.of("field", inputs, Map.of(DRIFT, formula.apply(t, y))));
  }

  /**
   * This field with integrals along its solutions as further components: ∫ q(t, y) dt, which feeds
   * back into nothing. They start from what the initial value says, mostly 0, have the solve's
   * accuracy, and gradients as any component.
   *
   * @param integrand q of t and of y without integrals: a number or a vector for each sample
   */
  public Field withIntegrals(BinaryOperator<Value> integrand) {
    int dimension = dimension();
    Value t = graph.input(TIME);
    Type sample = integrand.apply(t, graph.input(STATE)).type();
    int count = sample.shape().size();
    Value all = Value.input(STATE, Type.perSample(dimension + count));
    Value y = all.slice(0, dimension);
    Value rate = integrand.apply(t, y);
    Value vector = sample.shape().isScalar() ? rate.broadcast(1) : rate;
    Value ofSample = sample.isPerSample() ? vector : vector.plus(y.sum().times(0));
    Map<String, Value> arguments = new LinkedHashMap<>(context());
    arguments.put(TIME, t);
    arguments.put(STATE, y);
    Value drift = graph.apply(arguments).get(DRIFT);
    if (drift == null) {
      throw new AssertionError("checked at construction");
    }
    Value own = drift.type().isPerSample() ? drift : drift.plus(y.times(0));
    List<Value> inputs = new ArrayList<>(List.of(t, all));
    inputs.addAll(context().values());
    Map<String, Value> outputs = Map.of(DRIFT, Value.concatenate(List.of(own, ofSample)));
    return new Field(Graph.of(graph.name() + ".integrals", inputs, outputs));
  }

  /** The number of components of y. */
  public int dimension() {
    return graph.input(STATE).type().shape().size();
  }

  /** The context's inputs by name: what is neither time nor state. */
  public Map<String, Value> context() {
    Map<String, Value> context = new LinkedHashMap<>(graph.inputs());
    context.remove(TIME);
    context.remove(STATE);
    return context;
  }

  /**
   * The drift at a time (of either precision, shared or of each sample) and a state (of either
   * precision), as an expression.
   */
  public Value drift(Value t, Value y) {
    Map<String, Value> arguments = new LinkedHashMap<>(context());
    arguments.put(TIME, t.narrowed());
    arguments.put(STATE, y.narrowed());
    Graph body = t.type().isPerSample() ? graph.withPerSample(Set.of(TIME)) : graph;
    Value drift = body.apply(arguments).get(DRIFT);
    if (drift == null) {
      throw new AssertionError("checked at construction");
    }
    return drift.type().isPerSample() ? drift : drift.plus(y.narrowed().times(0));
  }
}
