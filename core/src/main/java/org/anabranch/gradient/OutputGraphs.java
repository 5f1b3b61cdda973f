package org.anabranch.gradient;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anabranch.field.Field;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Pullback;
import org.anabranch.graph.Type;
import org.anabranch.graph.Value;
import org.anabranch.solver.Method;

/** The solution at a fraction of a step, by the method's interpolant, and its product. */
final class OutputGraphs {
  /** Of the step, of each sample. */
  static final String FRACTION = "fraction";

  /** The solution there. */
  static final String SOLUTION = "solution";

  private OutputGraphs() {}

  /**
   * {@code t, h}, the state before the step, context and {@code fraction} to {@code solution}: y +
   * θ (c.1 + θ (c.2 + …)).
   *
   * @throws IllegalArgumentException if the method has no interpolant
   */
  static Graph solution(Method method, Field field) {
    Graph interpolant =
        method
            .interpolant(field)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "Output times: the method '%s' has no interpolant. Let steps land on the times, or use a method that has one."
                            .formatted(method.name())))
            .withPerSample(Set.of("t", "h"));
    Value fraction = Value.input(FRACTION, Type.perSampleScalar());
    Value sum = null;
    for (int power = interpolant.outputs().size(); power >= 1; power--) {
      Value c = interpolant.output("c." + power);
      sum = sum == null ? c : sum.times(fraction).plus(c);
    }
    if (sum == null) {
      throw new AssertionError("an interpolant has coefficients");
    }
    Value before = interpolant.input(method.state().get(0)).narrowed();
    List<Value> inputs = new ArrayList<>(interpolant.inputs().values());
    inputs.add(fraction);
    Map<String, Value> outputs = Map.of(SOLUTION, before.plus(sum.times(fraction)));
    return Graph.of(interpolant.name() + ".solution", inputs, outputs);
  }

  /**
   * The inputs of {@link #solution}, {@code d.solution} and the running cotangents of state and
   * context before the step, to those with the output's share added, and the cotangents of {@code
   * t}, {@code h} and {@code fraction}.
   */
  static Graph pullback(Method method, Field field, Map<String, Type> state, List<String> context) {
    Graph solution = solution(method, field);
    Cotangents cotangents =
        new Cotangents(solution, List.of(SOLUTION), context, List.of("t", "h", FRACTION));
    Pullback pullback = cotangents.pullback(List.copyOf(state.keySet()));
    List<Value> inputs = new ArrayList<>(cotangents.inputs());
    Map<String, Value> outputs = new LinkedHashMap<>(cotangents.outputs(pullback));
    state.forEach(
        (part, type) -> {
          String name = ReverseStep.cotangent(part);
          Value before = Value.input(name, type.working());
          inputs.add(before);
          outputs.computeIfPresent(name, (key, share) -> before.plus(share));
        });
    return Graph.of(solution.name() + ".pullback", inputs, outputs, pullback.accumulations());
  }
}
