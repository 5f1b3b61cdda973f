package org.anabranch.train;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The largest magnitudes that the blocks of a round had, finite values only. Depends on the set of
 * blocks, not on their order or grouping.
 *
 * @param tensors one a parameter tensor, in the order of the layout; 0 if all its values were 0
 * @param loss that of the blocks' summed losses
 */
public record Magnitudes(List<Double> tensors, double loss) implements Serializable {
  public Magnitudes {
    tensors = List.copyOf(tensors);
    for (double magnitude : tensors) {
      requireMagnitude(magnitude);
    }
    requireMagnitude(loss);
  }

  /** The larger magnitude of each. */
  public Magnitudes max(Magnitudes other) {
    if (tensors.size() != other.tensors.size()) {
      throw new IllegalArgumentException(
          "Magnitudes: %d tensors meet %d. Combine magnitudes of one model."
              .formatted(tensors.size(), other.tensors.size()));
    }
    List<Double> larger = new ArrayList<>(tensors.size());
    for (int i = 0; i < tensors.size(); i++) {
      larger.add(Math.max(tensors.get(i), other.tensors.get(i)));
    }
    return new Magnitudes(larger, Math.max(loss, other.loss));
  }

  private static void requireMagnitude(double magnitude) {
    if (!(magnitude >= 0 && magnitude < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "Magnitudes: a magnitude is %s; it must be finite and not negative. Leave out values that"
                  .formatted(magnitude)
              + " are not finite.");
    }
  }
}
