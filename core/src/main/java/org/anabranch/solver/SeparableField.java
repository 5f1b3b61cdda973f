package org.anabranch.solver;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.anabranch.field.Field;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Operation;
import org.anabranch.graph.Shape;
import org.anabranch.graph.Simplification;
import org.anabranch.graph.Type;
import org.anabranch.graph.Value;

/**
 * A field over positions q and velocities p, the two halves of y, with dq/dt of t and p and dp/dt
 * of t and q only, as mechanics without friction has it. What reads what is seen from the graph: an
 * expression that mixes the halves, as a dense layer over y does, is refused even if its weights
 * are zero.
 */
final class SeparableField {
  private static final String POSITIONS = "positions";
  private static final String VELOCITIES = "velocities";

  private final Field field;
  private final int half;
  private final Graph ofPositions;
  private final Graph ofVelocities;

  /**
   * @throws IllegalArgumentException if the field has an odd dimension or is not separable
   */
  SeparableField(Field field, String method) {
    this.field = field;
    this.half = field.dimension() / 2;
    if (field.dimension() % 2 != 0) {
      throw new IllegalArgumentException(
          "Method %s: the field has %d components. It needs positions and then as many velocities."
              .formatted(method, field.dimension()));
    }
    ofPositions = derivative(method, POSITIONS, 0);
    ofVelocities = derivative(method, VELOCITIES, half);
  }

  /** The derivative of one half as a graph of time, the other half and context. */
  private Graph derivative(String method, String own, int from) {
    Value q = Value.input(POSITIONS, Type.perSample(half));
    Value p = Value.input(VELOCITIES, Type.perSample(half));
    Value t = Value.input("t", Type.shared(Shape.scalar()));
    Value derivative = field.drift(t, Value.concatenate(List.of(q, p))).slice(from, half);
    List<Value> inputs = new ArrayList<>(List.of(t, q, p));
    inputs.addAll(field.context().values());
    Graph graph = Simplification.of(Graph.of(own, inputs, Map.of(own, derivative)));
    boolean reads =
        graph.order().stream()
            .anyMatch(
                v -> v.operation() instanceof Operation.Input input && input.name().equals(own));
    if (reads) {
      throw new IllegalArgumentException(
          "Method %s: the derivative of the %s reads the %s. With y = (q, p), dq/dt must read p only and dp/dt q only; use rk4 or dopri5 for other fields."
              .formatted(method, own, own));
    }
    return graph;
  }

  /** The half of a state that a kick, or a drift, reads, in working precision. */
  Value read(boolean kick, Value state) {
    return state.narrowed().slice(kick ? 0 : half, half);
  }

  /**
   * What a kick adds to y, (0, dp/dt · size), or a drift, (dq/dt · size, 0).
   *
   * @param read {@link #read} of the state
   */
  Value increment(boolean kick, Value t, Value read, Value size) {
    Map<String, Value> arguments = new LinkedHashMap<>(field.context());
    arguments.put("t", t.narrowed());
    arguments.put(POSITIONS, read);
    arguments.put(VELOCITIES, read);
    Graph derivative = kick ? ofVelocities : ofPositions;
    Value change = Objects.requireNonNull(derivative.apply(arguments).get(derivative.name()));
    Value zeros = read.times(0).detached();
    return Value.concatenate(
        kick ? List.of(zeros, change.times(size)) : List.of(change.times(size), zeros));
  }
}
