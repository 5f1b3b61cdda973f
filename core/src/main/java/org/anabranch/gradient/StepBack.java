package org.anabranch.gradient;

import java.util.List;
import org.anabranch.field.Field;
import org.anabranch.graph.Graph;
import org.anabranch.solver.Method;
import org.anabranch.solver.OwnTimes;
import org.anabranch.solver.ReversibleMethod;
import org.anabranch.solver.WeightedSteps;

/**
 * A step of the way back over the steps that were taken.
 *
 * @param graph to the cotangents before a step
 * @param restores whether it comes from the state after the step and goes to the one before it;
 *     else it is given that one
 * @param isExact whether states that come back are those that were, up to round-off
 */
record StepBack(Graph graph, boolean restores, boolean isExact) {
  /**
   * Of a mode that is settled for the method.
   *
   * @param context the inputs whose running cotangents are wanted
   * @param driven those whose cotangents are wanted step by step
   * @throws IllegalArgumentException if there are such and the adjoint is solved back
   */
  static StepBack of(
      GradientMode mode,
      Method method,
      Field field,
      Demands demands,
      List<String> context,
      List<String> driven) {
    if (mode instanceof GradientMode.Reversible) {
      return new StepBack(
          ReverseStep.fromEnd((ReversibleMethod) method, field, demands, context, driven),
          true,
          true);
    }
    if (mode instanceof GradientMode.Backsolve backsolve) {
      if (!driven.isEmpty()) {
        throw new IllegalArgumentException(
            "Gradient mode 'backsolve': it has no cotangents of what drives the steps. Use 'checkpointed'.");
      }
      boolean ownTimes = method.step(field).inputs().containsKey(OwnTimes.ACTIVE);
      WeightedSteps steps = StochasticBacksolve.steps(backsolve);
      return new StepBack(StochasticAdjointStep.of(steps, field, context, ownTimes), true, false);
    }
    return new StepBack(
        ReverseStep.fromStart(method, field, demands, context, driven), false, true);
  }
}
