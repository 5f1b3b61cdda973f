package org.anabranch.model.gan;

import java.util.List;

/**
 * The sizes of a discriminator, and how the two networks take turns.
 *
 * @param state the width of H
 * @param hidden widths of the hidden layers of ξ and g
 * @param initialScale what ξ multiplies first values and covariates by
 * @param steps of the discriminator for one of the generator
 * @param apart whether the generator's is a step of its own, in which the discriminator stands
 *     still
 * @param penalty the weight of the gradient penalty (Gulrajani et al. 2017, arXiv:1704.00028); 0 to
 *     clip weights instead
 */
public record DiscriminatorSettings(
    int state,
    List<Integer> hidden,
    double initialScale,
    int steps,
    boolean apart,
    double penalty) {
  public DiscriminatorSettings {
    hidden = List.copyOf(hidden);
    if (steps < 1 || !(penalty >= 0)) {
      throw new IllegalArgumentException(
          "Discriminator: %d steps and the penalty %s. Use at least 1 step and a penalty that is not negative."
              .formatted(steps, penalty));
    }
  }

  /** Steps until the two networks' turns begin again. */
  public int cycle() {
    return cycle(steps, apart);
  }

  /** Likewise of settings that are not whole yet. */
  public static int cycle(int steps, boolean apart) {
    return apart ? steps + 1 : steps;
  }

  boolean generatorMoves(long step) {
    return step % cycle() == cycle() - 1;
  }

  boolean discriminatorMoves(long step) {
    return !(apart && generatorMoves(step));
  }
}
