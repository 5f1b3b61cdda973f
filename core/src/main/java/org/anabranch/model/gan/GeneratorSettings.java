package org.anabranch.model.gan;

import java.util.List;

/**
 * The sizes of a generator.
 *
 * @param initialNoise components of V, from which the state starts
 * @param motions Brownian motions of a path
 * @param state the width of X
 * @param hidden widths of the hidden layers of ζ, μ and σ
 * @param initialScale what the first weights of ζ are multiplied by; 3 in torchsde's example
 * @param fieldScale what those of μ and σ are; 0.5 there
 */
public record GeneratorSettings(
    int initialNoise,
    int motions,
    int state,
    List<Integer> hidden,
    double initialScale,
    double fieldScale) {
  public GeneratorSettings {
    hidden = List.copyOf(hidden);
  }
}
