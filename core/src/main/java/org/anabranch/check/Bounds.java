package org.anabranch.check;

import org.anabranch.gradient.GradientMode;
import org.anabranch.solver.AdaptiveSpan;
import org.anabranch.solver.Method;
import org.anabranch.solver.ReversibleMethod;
import org.anabranch.train.Pipeline;

/**
 * What differences rounding explains.
 *
 * @param direct between the chosen mode and every state kept
 * @param reference between the chosen backend and the reference backend
 * @param slope between a gradient and the slope of the loss
 */
public record Bounds(double direct, double reference, double slope) {
  /** Of undoing steps in the precision of the state. */
  private static final double UNDONE = 1e-4;

  /** A backsolve is another discretisation: only that it is no wrong one can be asked. */
  private static final double BACKSOLVED = 0.05;

  private static final double SINGLE = 1e-3;
  private static final double TWICE = 1e-9;

  /** The error of steps enters where two precisions choose other ones. */
  private static final double OF_TOLERANCE = 10;

  /** States on a grid of 2⁻³⁰ round every loss whose difference is taken. */
  static final double DIFFERENCES = 1e-4;

  private static final double SENSITIVITIES = 1e-9;

  /** The other estimate's error may be the smaller one, and a block's noise is small by chance. */
  private static final double OF_NOISE = 10;

  /** A slope that is noisier tells nothing, whatever the noise. */
  private static final double NOISIEST = 1e-2;

  /**
   * @param forward whether slopes are forward sensitivities, not differences of losses
   */
  static Bounds of(Pipeline pipeline, boolean single, boolean forward) {
    double rounding = single ? SINGLE : TWICE;
    double ofSteps =
        pipeline.stepping() instanceof AdaptiveSpan span
            ? OF_TOLERANCE * Math.max(span.steps().relative(), span.steps().absolute())
            : 0;
    return new Bounds(
        direct(pipeline.mode().forSolve(pipeline.method(), pipeline.stepping()), pipeline.method()),
        Math.max(rounding, ofSteps),
        forward ? SENSITIVITIES : DIFFERENCES);
  }

  /**
   * The same where slopes have noise.
   *
   * @param noise relative to the slope, measured
   */
  Bounds withNoise(double noise) {
    return new Bounds(direct, reference, Math.max(slope, Math.min(OF_NOISE * noise, NOISIEST)));
  }

  private static double direct(GradientMode mode, Method method) {
    if (mode instanceof GradientMode.Backsolve) {
      return BACKSOLVED;
    }
    boolean bits = method instanceof ReversibleMethod reversible && reversible.bitExact();
    return mode instanceof GradientMode.Reversible && !bits ? UNDONE : 0;
  }
}
