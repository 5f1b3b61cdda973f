package org.anabranch.solver;

/**
 * A solve of every sample from a start to an end, which may lie before the start, on steps that
 * each sample's error chooses.
 */
public record AdaptiveSpan(double start, double end, AdaptiveSteps steps) implements Stepping {
  public AdaptiveSpan {
    if (!Double.isFinite(start) || !Double.isFinite(end)) {
      throw new IllegalArgumentException(
          "AdaptiveSpan: it goes from %s to %s. Both must be finite.".formatted(start, end));
    }
  }
}
