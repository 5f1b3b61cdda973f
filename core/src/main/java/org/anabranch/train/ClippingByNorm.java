package org.anabranch.train;

import java.util.Map;
import java.util.TreeMap;
import org.anabranch.graph.Precision;
import org.anabranch.graph.Value;

/**
 * A rule that sees gradients whose norm over all parameters is at most a limit (Pascanu et al.
 * 2013, arXiv:1211.5063, algorithm 1): PyTorch's {@code clip_grad_norm_}. DL4J's {@code ClipL2…}
 * look at one layer or parameter at a time.
 *
 * <pre>  g' = g min(1, limit / |g|)  </pre>
 *
 * <p>|g| is the norm of the gradient that the round gave, {@link Optimiser#NORM}. A gradient that
 * is not clipped keeps its bits.
 */
record ClippingByNorm(Optimiser rule, double limit) implements RuleAround {
  ClippingByNorm {
    if (!(limit > 0)) {
      throw new IllegalArgumentException(
          "Clipping by norm: the limit is %s; it must be above 0. Leave it out to clip nothing."
              .formatted(limit));
    }
  }

  @Override
  public RuleAround around(Optimiser other) {
    return new ClippingByNorm(other, limit);
  }

  @Override
  public boolean usesNorm() {
    return true;
  }

  @Override
  public Map<String, Value> step(Map<String, Value> before) {
    UpdateStep step = new UpdateStep(before);
    Value norm = step.state(NORM);
    Value one = Value.constant(1, Precision.WIDE);
    Value bound = Value.constant(limit, Precision.WIDE);
    Value factor = norm.greaterThan(bound).select(bound.dividedBy(norm), one);
    Map<String, Value> clipped = new TreeMap<>(before);
    clipped.put(GRADIENT, step.gradient().times(factor));
    return rule.step(clipped);
  }
}
