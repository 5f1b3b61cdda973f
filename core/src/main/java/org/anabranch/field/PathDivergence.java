package org.anabranch.field;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import org.anabranch.graph.Shape;
import org.anabranch.graph.Value;

/** ½|σ⁻¹(μ − prior)|², of the components that have noise. */
final class PathDivergence {
  /** Components of a diffusion below this magnitude are taken for it, with their sign. */
  private static final double SMALLEST = 1e-7;

  private PathDivergence() {}

  static StochasticField of(StochasticField field, BinaryOperator<Value> prior) {
    Shape shape = field.diffusion().type().shape();
    int rows = shape.rows();
    if (rows > field.noiseDimension()) {
      throw new IllegalArgumentException(
          "Path divergence of field %s: its %d Brownian motions move %d components, so that drifts can differ where no noise hides it and the divergence is infinite. Give each of these components a Brownian motion."
              .formatted(field.graph().name(), field.noiseDimension(), rows));
    }
    return field.withIntegrals(
        (t, y, at) -> {
          Value gap = at.drift().minus(prior.apply(t, y)).slice(0, rows);
          Value u = shape.rank() == 1 ? quotient(gap, at) : least(gap, at.diffusion());
          return u.square().sum().times(0.5);
        });
  }

  private static Value quotient(Value gap, Coefficients at) {
    return gap.dividedBy(awayFromZero(at.diffusion()));
  }

  /** The shortest u with σu = gap: σᵀ (σσᵀ)⁻¹ gap. */
  private static Value least(Value gap, Value sigma) {
    Shape shape = sigma.type().shape();
    if (shape.rows() == shape.columns()) {
      return sigma.solve(gap);
    }
    List<Value> products = new ArrayList<>();
    for (int i = 0; i < shape.rows(); i++) {
      products.add(sigma.appliedTo(sigma.row(i)));
    }
    return sigma.transposeAppliedTo(Value.stacked(products).solve(gap));
  }

  private static Value awayFromZero(Value sigma) {
    Value smallest = Value.constant(SMALLEST);
    Value signed = sigma.lessThan(Value.constant(0)).select(smallest.negated(), smallest);
    return sigma.absolute().lessThan(smallest).select(signed, sigma);
  }
}
