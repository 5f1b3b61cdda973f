package org.anabranch.solver;

import org.anabranch.graph.Value;

/** How far apart two parts of a state are that both follow the solution. */
final class StateGap {
  /** Adds to the scale, so that solutions that vanish are not called unstable. */
  private static final double NEGLIGIBLE = 1e-6;

  private StateGap() {}

  /** |y − z| against their mean size. */
  static Value of(Value y, Value z) {
    Value scale = magnitude(y.narrowed()).plus(magnitude(z.narrowed())).times(0.5).plus(NEGLIGIBLE);
    return magnitude(y.minus(z).narrowed()).dividedBy(scale);
  }

  private static Value magnitude(Value x) {
    return x.absolute().maximum();
  }
}
