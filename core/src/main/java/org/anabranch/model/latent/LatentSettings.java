package org.anabranch.model.latent;

import java.util.List;

/**
 * The networks of the equation.
 *
 * @param state the width of X
 * @param hidden widths of the hidden layers of both drifts
 * @param diffusion width of the hidden layer of each component's own diffusion network
 * @param timed whether drifts see time, as a share of the whole
 */
public record LatentSettings(int state, List<Integer> hidden, int diffusion, boolean timed) {
  public LatentSettings {
    hidden = List.copyOf(hidden);
    if (state < 1 || diffusion < 1 || hidden.stream().anyMatch(width -> width < 1)) {
      throw new IllegalArgumentException(
          "Latent SDE: a state of %d, hidden layers of %s, diffusion networks of %d. Each must be at least 1."
              .formatted(state, hidden, diffusion));
    }
  }
}
