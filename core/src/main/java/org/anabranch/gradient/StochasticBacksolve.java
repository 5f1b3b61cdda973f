package org.anabranch.gradient;

import java.util.Objects;
import org.anabranch.field.Calculus;
import org.anabranch.solver.ReversibleMethod;
import org.anabranch.solver.Stepping;
import org.anabranch.solver.StochasticSteps;
import org.anabranch.solver.WeightedSteps;

/** Which solves of stochastic equations have a continuous adjoint here. */
final class StochasticBacksolve {
  private StochasticBacksolve() {}

  /**
   * The mode for a forward solve.
   *
   * @throws IllegalArgumentException if it has none, with the remedy
   */
  static GradientMode.Backsolve settled(
      GradientMode.Backsolve mode, StochasticSteps forward, Stepping stepping) {
    String name = forward.stochastic().graph().name();
    if (!forward.stochastic().isIn(Calculus.STRATONOVICH)) {
      throw refusal(
          "it solves Stratonovich equations back, and field %s is an Itô one. Use its toStratonovich() with 'midpoint' or 'heun', or 'checkpointed'."
              .formatted(name));
    }
    if (!(forward instanceof WeightedSteps)) {
      throw refusal(
          forward instanceof ReversibleMethod
              ? "the method '%s' carries more than the solution from step to step. Use 'reversible', or the method 'midpoint' or 'heun'."
                  .formatted(forward.name())
              : "the adjoint equation is a Stratonovich one with noise of any kind, and the method '%s' is for none such. Use 'checkpointed', or the method 'midpoint' or 'heun'."
                  .formatted(forward.name()));
    }
    boolean others = mode.method() != null && !mode.method().equals(forward);
    if (others || mode.fullNorm()) {
      throw refusal(
          "a stochastic equation is solved back by the method and over the steps of the forward solve. Leave out another method, other steps and the full norm.");
    }
    return new GradientMode.Backsolve(forward, stepping, false);
  }

  private static IllegalArgumentException refusal(String sentences) {
    return new IllegalArgumentException("Gradient mode 'backsolve': " + sentences);
  }

  /** The steps of a settled mode. */
  static WeightedSteps steps(GradientMode.Backsolve settled) {
    return (WeightedSteps) Objects.requireNonNull(settled.method(), "settled by forSolve");
  }
}
