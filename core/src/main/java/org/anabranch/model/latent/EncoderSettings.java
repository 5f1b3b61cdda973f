package org.anabranch.model.latent;

import java.util.List;

/**
 * What reads the data, from the last time to the first.
 *
 * @param kind of the network
 * @param state its width
 * @param context the width of what the posterior is told
 * @param hidden widths of the hidden layers of {@link Kind#CDE}
 * @param masked whether it is told which values are missing; without, they are 0 to it
 */
public record EncoderSettings(
    Kind kind, int state, int context, List<Integer> hidden, boolean masked) {
  /** Recurrent networks, or equations. */
  public enum Kind {
    /** A gated recurrent unit, a step from each time to the one before. */
    GRU,
    /** A neural controlled equation that the path drives. */
    CDE
  }

  public EncoderSettings {
    hidden = List.copyOf(hidden);
    if (state < 1 || context < 1 || hidden.stream().anyMatch(width -> width < 1)) {
      throw new IllegalArgumentException(
          "Latent SDE: an encoder of %d, hidden layers of %s, context of %d. Each must be at least 1."
              .formatted(state, hidden, context));
    }
  }
}
