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
import org.jspecify.annotations.Nullable;

/**
 * Where a condition of time and state crosses zero. It is found to a few roundings of the time, on
 * the step itself: the step is taken again until it ends there. A crossing and its return within
 * one step are not seen; bound the steps by {@link AdaptiveSteps#withSizes} where that matters. A
 * condition that is zero at the start, or after a jump, has not crossed: it is on the side that it
 * goes to.
 *
 * @param condition {@code t} (shared scalar), {@code y} and any of the field's context to {@code
 *     value}, a number for each sample; may read parameters
 * @param direction which crossings count
 * @param terminal whether the sample's solve ends there
 * @param jump what the solution jumps by there; none for an event that is only seen
 */
public record Event(Graph condition, Direction direction, boolean terminal, @Nullable Jump jump) {
  /** Which way the condition goes, as the solve goes. */
  public enum Direction {
    RISING,
    FALLING,
    BOTH
  }

  private static final String VALUE = "value";

  public Event {
    Type type = condition.output(VALUE).type();
    if (!type.equals(Type.perSampleScalar())) {
      throw new IllegalArgumentException(
          "Event %s: the condition is %s. It must be a number for each sample: bring it together with sum() or maximum()."
              .formatted(condition.name(), type));
    }
    if (terminal && jump != null) {
      throw new IllegalArgumentException(
          "Event %s: it ends the solve and jumps. Leave the jump out, or set terminal to false."
              .formatted(condition.name()));
    }
  }

  /** An event without a jump. */
  public Event(Graph condition, Direction direction, boolean terminal) {
    this(condition, direction, terminal, null);
  }

  /**
   * An event of a formula of time and state.
   *
   * @param dimension of the state
   */
  public static Event of(
      int dimension, Direction direction, boolean terminal, BinaryOperator<Value> formula) {
    return of(dimension, List.of(), direction, terminal, formula);
  }

  /**
   * An event that also reads the field's context.
   *
   * @param context inputs made by {@code Value.input} that the formula reads
   */
  public static Event of(
      int dimension,
      List<Value> context,
      Direction direction,
      boolean terminal,
      BinaryOperator<Value> formula) {
    Value t = Value.input("t", Type.shared(Shape.scalar()));
    Value y = Value.input("y", Type.perSample(dimension));
    List<Value> inputs = new ArrayList<>(List.of(t, y));
    inputs.addAll(context);
    Value value = formula.apply(t, y);
    return new Event(Graph.of("event", inputs, Map.of(VALUE, value)), direction, terminal);
  }

  /** The same event at which the solution jumps and goes on. */
  public Event jumping(Jump by) {
    return new Event(condition, direction, false, by);
  }

  private Graph conditionOf(Field field) {
    for (String name : condition.inputs().keySet()) {
      if (!name.equals("t") && !name.equals("y") && !field.context().containsKey(name)) {
        throw new IllegalArgumentException(
            "Event %s: its input '%s' is no context of the field. Known are %s."
                .formatted(condition.name(), name, field.context().keySet()));
      }
    }
    return condition.withPerSample(Set.of("t"));
  }

  /**
   * The condition of a method's state: {@code t} (float64, of each sample), the state's first part
   * and the field's context to {@code value}.
   *
   * @throws IllegalArgumentException if it reads what is no context of the field
   */
  public Graph along(Method method, Field field) {
    String part = method.state().get(0);
    Value t = Value.input("t", OwnTimes.time());
    Value y = Value.input(part, OwnTimes.of(method).init(field).output(part).type());
    List<Value> inputs = new ArrayList<>(List.of(t, y));
    inputs.addAll(field.context().values());
    return Graph.of(condition.name(), inputs, Map.of(VALUE, value(field, t, y)));
  }

  /** The condition at a time of each sample, in float64, and a state. */
  Value value(Field field, Value t, Value y) {
    Map<String, Value> arguments = new LinkedHashMap<>(field.context());
    arguments.put("t", t.narrowed());
    arguments.put("y", y.narrowed());
    Value value = conditionOf(field).apply(arguments).get(VALUE);
    if (value == null) {
      throw new AssertionError("checked at construction");
    }
    return value;
  }

  /** Whether the condition has crossed on its way from one number to another. */
  boolean isCrossed(double from, double to) {
    boolean rising = from < 0 && to >= 0;
    boolean falling = from > 0 && to <= 0;
    return switch (direction) {
      case RISING -> rising;
      case FALLING -> falling;
      case BOTH -> rising || falling;
    };
  }
}
