package org.anabranch.solver;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anabranch.field.Field;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Type;
import org.anabranch.graph.Value;

/**
 * One try of a step at each sample's own time and size: {@code error}, the norm of its error over
 * the tolerances, and the state, moved on where the sample is active and the error at most 1.
 */
final class AttemptGraph {
  private AttemptGraph() {}

  static Graph of(Method method, Field field, AdaptiveSteps steps) {
    Graph step = OwnTimes.ownTimes(method.step(field));
    String solution = method.state().get(0);
    Value before = step.input(solution).narrowed();
    Value after = step.output(solution).narrowed();
    Value ratio =
        new ErrorRatio(steps).of(error(method, field, steps, before, after), before, after);
    Value active = Value.input(OwnTimes.ACTIVE, Type.perSampleScalar());
    Value accepted = active.times(ratio.lessOrEqual(Value.constant(1)));
    Map<String, Value> outputs = new LinkedHashMap<>();
    outputs.put("ratio", ratio);
    for (String part : method.state()) {
      outputs.put(part, OwnTimes.chosen(accepted, step.output(part), step.input(part)));
    }
    List<Value> inputs = new ArrayList<>(step.inputs().values());
    inputs.add(active);
    return Graph.of(step.name() + ".attempt", inputs, outputs);
  }

  private static Value error(
      Method method, Field field, AdaptiveSteps steps, Value before, Value after) {
    Optional<Graph> estimate = method.error(field);
    if (estimate.isPresent()) {
      return OwnTimes.ownTimes(estimate.get()).output("error");
    }
    if (steps.areEqual()) {
      return after.minus(before).times(0); // no number where the step gave none
    }
    throw new IllegalArgumentException(
        "Adaptive steps: the method '%s' has no error estimate. Use a fixed number of steps, or a method that has one: dopri5, tsit5, bosh3, dopri8, alf."
            .formatted(method.name()));
  }
}
