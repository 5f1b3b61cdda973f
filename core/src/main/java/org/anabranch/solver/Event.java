package org.anabranch.solver;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Shape;
import org.anabranch.graph.Type;
import org.anabranch.graph.Value;

/**
 * Where a condition of time and state crosses zero. It is found to a few roundings of the time, on
 * the step itself: the step is taken again until it ends there. A crossing and its return within
 * one step are not seen; bound the steps by {@link AdaptiveSteps#withSizes} where that matters. A
 * condition that is zero at the start has not crossed.
 *
 * @param condition {@code t} (shared scalar) and {@code y} to {@code value}, a number for each
 *     sample
 * @param direction which crossings count
 * @param terminal whether the sample's solve ends there
 */
public record Event(Graph condition, Direction direction, boolean terminal) {
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
  }

  /**
   * An event of a formula of time and state.
   *
   * @param dimension of the state
   */
  public static Event of(
      int dimension, Direction direction, boolean terminal, BinaryOperator<Value> formula) {
    Value t = Value.input("t", Type.shared(Shape.scalar()));
    Value y = Value.input("y", Type.perSample(dimension));
    Value value = formula.apply(t, y);
    return new Event(Graph.of("event", List.of(t, y), Map.of(VALUE, value)), direction, terminal);
  }

  /** The condition at a time of each sample, in float64, and a state. */
  Value value(Value t, Value y) {
    Graph own = condition.withPerSample(Set.of("t"));
    Value value = own.apply(Map.of("t", t.narrowed(), "y", y.narrowed())).get(VALUE);
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
