package org.anabranch.field;

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
    boolean matrix = shape.rank() == 2;
    boolean solvable =
        matrix
            ? shape.rows() == shape.columns()
            : field.noise() != Noise.SCALAR || shape.size() == 1;
    if (!solvable) {
      throw new IllegalArgumentException(
          "Path divergence of field %s: the diffusion is %s with %s noise, which has no inverse. Give each component that has noise a Brownian motion."
              .formatted(field.graph().name(), field.diffusion().type(), field.noise()));
    }
    return field.withIntegrals(
        (t, y, at) -> {
          Value gap = at.drift().minus(prior.apply(t, y)).slice(0, shape.rows());
          Value u =
              matrix ? at.diffusion().solve(gap) : gap.dividedBy(awayFromZero(at.diffusion()));
          return u.square().sum().times(0.5);
        });
  }

  private static Value awayFromZero(Value sigma) {
    Value smallest = Value.constant(SMALLEST);
    Value signed = sigma.lessThan(Value.constant(0)).select(smallest.negated(), smallest);
    return sigma.absolute().lessThan(smallest).select(signed, sigma);
  }
}
