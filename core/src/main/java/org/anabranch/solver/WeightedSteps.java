package org.anabranch.solver;

import org.anabranch.field.StochasticField;

/**
 * Steps of a Stratonovich equation that weigh evaluations, y' = y + h Σ bᵢ μᵢ + Σ cᵢ σᵢ ΔW with
 * constants bᵢ and cᵢ, and carry nothing but y. So a component that nothing reads is a quadrature
 * over the evaluations, and steps may start anywhere.
 */
public interface WeightedSteps extends StochasticSteps {
  /** The same method for another Stratonovich field. */
  DrivenMethod on(StochasticField other);
}
