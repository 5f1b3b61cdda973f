package org.anabranch.solver;

import java.util.Optional;
import org.anabranch.graph.Value;

/** Formulas of a second evaluation along Euler's increment, with the distance from it for error. */
enum TwoStages implements StochasticFormula {
  /**
   * The trapezoidal rule from Euler's step, ŷ:
   *
   * <pre>  ½ (μ₀ + μ̂) h + ½ (σ₀ + σ̂) ΔW  </pre>
   */
  HEUN {
    @Override
    public Value increment(BrownianStep step) {
      Value first = step.increment(step.start());
      return first.plus(along(step, first, Fraction.ONE)).times(0.5);
    }

    @Override
    public Optional<Value> error(BrownianStep step) {
      Value first = step.increment(step.start());
      return Optional.of(along(step, first, Fraction.ONE).minus(first).times(0.5));
    }
  },

  /** The increment at half of Euler's step. */
  MIDPOINT {
    @Override
    public Value increment(BrownianStep step) {
      return along(step, step.increment(step.start()), Fraction.of(1, 2));
    }

    @Override
    public Optional<Value> error(BrownianStep step) {
      return Optional.of(increment(step).minus(step.increment(step.start())));
    }
  };

  /** μ h + σ ΔW at a part of the way along an increment. */
  private static Value along(BrownianStep step, Value increment, Fraction part) {
    Value way = part.equals(Fraction.ONE) ? increment : increment.times(part.toDouble());
    return step.increment(step.at(step.time(part), step.y0().plus(way)));
  }
}
