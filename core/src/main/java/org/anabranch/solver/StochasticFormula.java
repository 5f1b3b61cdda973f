package org.anabranch.solver;

import java.util.Optional;
import org.anabranch.field.Calculus;
import org.anabranch.field.Coefficients;
import org.anabranch.field.Noise;
import org.anabranch.field.StochasticField;
import org.anabranch.graph.Value;

/** How far a method goes in a step, y1 − y0, as an expression. */
interface StochasticFormula {
  Value increment(BrownianStep step);

  /** An estimate of the error, of a method that has one: the distance to a less exact increment. */
  default Optional<Value> error(BrownianStep step) {
    return Optional.empty();
  }

  /** μ₀ h + σ₀ ΔW (Maruyama 1955). */
  static Value eulerMaruyama(BrownianStep step) {
    return step.increment(step.start());
  }

  /**
   * Heun's step for the noise, Euler's for the drift: ŷ = y₀ + σ₀ ΔW.
   *
   * <pre>  μ₀ h + ½ (σ₀ + σ̂) ΔW  </pre>
   */
  static Value eulerHeun(BrownianStep step) {
    Coefficients start = step.start();
    Value first = step.noise(start);
    Value second = step.noise(step.at(step.t1(), step.y0().plus(first)));
    return start.drift().times(step.dt()).plus(first.plus(second).times(0.5));
  }

  /**
   * With the derivative of commuting noise along itself, exact (Milstein 1974; Kloeden and Platen
   * 1992, 10.3); the last term in Itô's calculus only. One product for separate noise; otherwise
   * one, and in Itô's calculus one more for each Brownian motion.
   *
   * <pre>  μ₀ h + σ₀ ΔW + ½ (∂(σ₀ ΔW)/∂y) σ₀ ΔW − ½ h Σⱼ (∂σⱼ/∂y) σⱼ  </pre>
   */
  static Value milstein(BrownianStep step) {
    Value euler = eulerMaruyama(step);
    StochasticField field = step.field();
    if (field.isAdditive()) {
      return euler;
    }
    if (field.calculus() == Calculus.STRATONOVICH) {
      return euler.plus(along(step).times(0.5));
    }
    Value self = field.selfDerivative(step.t0(), step.y0());
    Value twice =
        field.isSeparate()
            ? self.times(squares(step).minus(step.dt()))
            : along(step).minus(self.times(step.dt()));
    return euler.plus(twice.times(0.5));
  }

  private static Value along(BrownianStep step) {
    return step.field().derivativeAlong(step.t0(), step.y0(), step.dw());
  }

  /** ΔW² of the Brownian motion of each component. */
  private static Value squares(BrownianStep step) {
    StochasticField field = step.field();
    Value squares = step.dw().square();
    return field.noise() == Noise.SCALAR ? squares.sum() : field.padded(squares);
  }
}
