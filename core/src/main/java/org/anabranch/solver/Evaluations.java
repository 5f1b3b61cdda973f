package org.anabranch.solver;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.anabranch.field.Field;
import org.anabranch.graph.Call;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Value;

/**
 * How often a method evaluates a field, read off its graphs.
 *
 * @param start to make the first state
 * @param step for each step, accepted or not
 */
public record Evaluations(long start, long step) {
  public static Evaluations of(Method method, Field field) {
    List<Value> context = List.copyOf(field.context().values());
    Field counted =
        Field.of(
            field.dimension(),
            context,
            (t, y) -> {
              Map<String, Value> arguments = new LinkedHashMap<>(field.context());
              arguments.putAll(Map.of("t", t, "y", y));
              return Objects.requireNonNull(field.graph().call(arguments).get("drift"));
            });
    return new Evaluations(calls(method.init(counted)), calls(method.step(counted)));
  }

  /** Of a solve of so many steps. */
  public double over(double steps) {
    return start + step * steps;
  }

  private static long calls(Graph graph) {
    return graph.order().stream().filter(value -> value.operation() instanceof Call).count();
  }
}
