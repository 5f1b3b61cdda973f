package org.anabranch.solver;

import org.anabranch.field.StochasticField;

/** How fast errors of single paths fall with the step size, by the kind of noise. */
record StrongOrder(double general, double commutative, double additive) {
  double of(StochasticField field) {
    if (field.isAdditive()) {
      return additive;
    }
    return field.commutes() ? commutative : general;
  }
}
