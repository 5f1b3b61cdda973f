package org.anabranch.solver;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import org.anabranch.field.Field;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Shape;
import org.anabranch.graph.Type;
import org.anabranch.graph.Value;

/**
 * What a solution jumps by: a dose, an observation's correction, the reset of a ball that bounces.
 * The solve ends there and starts anew from what the graph makes of the state, as if it were an
 * initial value. It happens at times known before, see {@link JumpTimes}, or at an event, see
 * {@link Event#jumping}.
 *
 * @param graph {@code t} (shared scalar), {@code y} and any others to {@code y}, [rows × dim]. An
 *     input named like one of the field's context is that; the others are the jump's own, values
 *     for each sample that {@link JumpTimes} gives
 */
public record Jump(Graph graph) {
  private static final Set<String> TIME = Set.of("t");

  public Jump {
    Type before = graph.input("y").type();
    Type after = graph.output("y").type();
    if (!after.shape().equals(before.shape()) || after.isWide()) {
      throw new IllegalArgumentException(
          "Jump %s: it makes %s of %s. A jump leaves the state's shape as it is."
              .formatted(graph.name(), after, before));
    }
  }

  /** A jump of time and state alone. */
  public static Jump of(int dimension, BinaryOperator<Value> formula) {
    return of(dimension, List.of(), formula);
  }

  /**
   * A jump that also reads context, or inputs of its own.
   *
   * @param inputs made by {@code Value.input} that the formula reads
   */
  public static Jump of(int dimension, List<Value> inputs, BinaryOperator<Value> formula) {
    Value t = Value.input("t", Type.shared(Shape.scalar()));
    Value y = Value.input("y", Type.perSample(dimension));
    List<Value> all = new ArrayList<>(List.of(t, y));
    all.addAll(inputs);
    return new Jump(Graph.of("jump", all, Map.of("y", formula.apply(t, y))));
  }

  /** The inputs that are neither time, state nor the field's context: the jump's own. */
  public Map<String, Type> ownInputs(Field field) {
    Map<String, Type> own = new LinkedHashMap<>();
    graph
        .inputs()
        .forEach(
            (name, input) -> {
              if (!name.equals("t") && !name.equals("y") && !field.context().containsKey(name)) {
                own.put(name, input.type());
              }
            });
    return own;
  }

  /** How many numbers the jump's own inputs are. */
  public int ownNumbers(Field field) {
    return ownInputs(field).values().stream().mapToInt(type -> type.shape().size()).sum();
  }

  /**
   * The state before the jump to the state after it: {@code t} (float64, of each sample), the
   * method's first part, the field's context and the jump's own inputs, to every part of the state,
   * by the method's {@code init}; and {@code start}, the value that it starts from.
   */
  public Graph restart(Method method, Field field) {
    String part = method.state().get(0);
    Graph init = OwnTimes.of(method).init(field);
    Value t = init.input("t");
    Value before = Value.input(part, init.output(part).type());
    Map<String, Value> arguments = new LinkedHashMap<>(field.context());
    List<Value> inputs = new ArrayList<>(List.of(t, before));
    inputs.addAll(field.context().values());
    ownInputs(field)
        .forEach(
            (name, type) -> {
              arguments.put(name, graph.input(name));
              inputs.add(graph.input(name));
            });
    arguments.put("t", t.narrowed());
    arguments.put("y", before.narrowed());
    Value after = graph.withPerSample(TIME).apply(arguments).get("y");
    if (after == null) {
      throw new AssertionError("checked at construction");
    }
    Value x = after.type().isPerSample() ? after : after.plus(before.narrowed().times(0));
    Map<String, Value> toInit = new LinkedHashMap<>(field.context());
    toInit.put("t", t);
    toInit.put("x", x);
    Map<String, Value> outputs = new LinkedHashMap<>(init.apply(toInit));
    outputs.keySet().retainAll(method.state());
    outputs.put("start", x);
    return Graph.of(method.name() + ".restart", inputs, outputs);
  }
}
