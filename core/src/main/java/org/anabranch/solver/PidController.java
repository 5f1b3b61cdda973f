package org.anabranch.solver;

/**
 * The factor between one step's size and the next (Söderlind, Digital filters in adaptive
 * time-stepping, ACM TOMS 29, 2003, equation 30): for errors E of this step and the two accepted
 * before it, and k the order of the estimate plus one,
 *
 * <pre>  safety · E₀^(−(p+i+d)/k) · E₁^((p+2d)/k) · E₂^(−d/k)  </pre>
 *
 * <p>Powers are those of {@code StrictMath}, so that a grid is the same on every machine.
 *
 * @param proportional p
 * @param integral i, above 0
 * @param derivative d
 * @param safety in (0, 1)
 * @param smallest factor, in (0, 1)
 * @param largest factor, above 1
 */
public record PidController(
    double proportional,
    double integral,
    double derivative,
    double safety,
    double smallest,
    double largest) {
  public PidController {
    boolean sound =
        integral > 0
            && proportional >= 0
            && Double.isFinite(proportional + integral + derivative)
            && safety > 0
            && safety < 1
            && smallest > 0
            && smallest < 1
            && largest > 1;
    if (!sound) {
      throw new IllegalArgumentException(
          "PidController: p, i, d are %s, %s, %s, safety %s, factors from %s to %s. Give i above 0, p at least 0, safety and the smallest factor between 0 and 1, the largest above 1."
              .formatted(proportional, integral, derivative, safety, smallest, largest));
    }
  }

  /** Integral control alone, factors from 0.2 to 10: what most codes start from. */
  public static PidController standard() {
    return new PidController(0, 1, 0, 0.9, 0.2, 10);
  }

  /** Proportional and integral control, for mildly stiff fields (Hairer and Wanner II.4). */
  public static PidController proportionalIntegral() {
    return new PidController(0.4, 0.3, 0, 0.9, 0.2, 10);
  }

  /**
   * The factor after an accepted step.
   *
   * @param error E₀, at most 1
   * @param last E₁, of the accepted step before; 1 if there was none
   * @param beforeLast E₂
   * @param k order of the estimate plus one
   */
  double afterAcceptance(double error, double last, double beforeLast, int k) {
    double factor = safety * power(error, -(proportional + integral + derivative) / k);
    double pull = proportional + 2 * derivative;
    if (pull != 0) {
      factor *= power(last, pull / k);
    }
    if (derivative != 0) {
      factor *= power(beforeLast, -derivative / k);
    }
    return Math.min(largest, Math.max(smallest, factor));
  }

  /** The factor after a rejected step, below 1; the smallest where the error is not a number. */
  double afterRejection(double error, int k) {
    double factor = safety * StrictMath.pow(error, -1.0 / k);
    return factor >= smallest ? Math.min(factor, safety) : smallest;
  }

  private static double power(double error, double exponent) {
    return StrictMath.pow(Math.max(error, 1e-10), exponent);
  }
}
