package org.anabranch.solver;

import java.util.List;
import org.anabranch.field.Coefficients;
import org.anabranch.field.StochasticField;
import org.anabranch.graph.Value;

/**
 * A step of a stochastic equation as expressions: what the formulas of methods are written in.
 *
 * @param t0 the time at its start, float64
 * @param h its size, float64, of either sign
 * @param dw the increment of the Brownian motion
 * @param dh its space-time Lévy area; what reads it must have declared so
 * @param y0 the state at its start, in working precision
 */
record BrownianStep(StochasticField field, Value t0, Value h, Value dw, Value dh, Value y0) {
  static BrownianStep of(StochasticField field, StepInputs inputs, Value y0) {
    Value dw = BrownianNeed.input(BrownianNeed.INCREMENT_NAME, field);
    Value dh = BrownianNeed.input(BrownianNeed.AREA_NAME, field);
    return new BrownianStep(field, inputs.time(), inputs.stepSize(), dw, dh, y0.narrowed());
  }

  /** The same step taken back, from a state at its end. */
  BrownianStep back(Value y1) {
    return new BrownianStep(field, t1(), h.negated(), dw.negated(), dh, y1.narrowed());
  }

  Value t1() {
    return t0.plus(h);
  }

  /** t0 + c h. */
  Value time(Fraction c) {
    return c.isZero() ? t0 : t0.plus(h.times(c.toDouble()));
  }

  /** h in working precision. */
  Value dt() {
    return h.narrowed();
  }

  Coefficients at(Value t, Value y) {
    return field.at(t, y);
  }

  Coefficients start() {
    return at(t0, y0);
  }

  /**
   * start + scale Σᵢ wᵢ kᵢ.
   *
   * @param weights no more than there are k; further k count nothing
   */
  Value plus(Value start, List<Fraction> weights, List<Value> k, Value scale) {
    Value sum = start;
    for (int i = 0; i < weights.size(); i++) {
      if (!weights.get(i).isZero()) {
        sum = sum.plus(k.get(i).times(scale.times(weights.get(i).toDouble())));
      }
    }
    return sum;
  }

  /** μ h + σ dW. */
  Value increment(Coefficients at) {
    return at.drift().times(dt()).plus(noise(at));
  }

  /** σ dW. */
  Value noise(Coefficients at) {
    return field.applied(at.diffusion(), dw);
  }
}
