package org.anabranch.backend.simd;

/**
 * The error function of one float32 number, and the constants that {@link VectorErrorFunction}
 * shares.
 *
 * <pre>
 *   erf(x) = x + x·P(x²)              for |x| ≤ 0.925
 *   erf(x) = ±(1 − exp(t·Q(t) − t))   with t = min(|x|, 4), where erf rounds to 1
 * </pre>
 *
 * P and Q are fitted by weighted least squares on Chebyshev nodes, reweighted until the relative
 * error of the whole was level: at 0.008 and 0.05 units of the last place.
 */
final class ErrorFunction {
  static final float SPLIT = 0.925f;
  static final float LARGEST = 4f;

  static final float P_6 = 8.316775e-05f;
  static final float P_5 = -8.130013e-04f;
  static final float P_4 = 0.005199907f;
  static final float P_3 = -0.02685894f;
  static final float P_2 = 0.112836875f;
  static final float P_1 = -0.37612632f;
  static final float P_0 = 0.12837917f;

  static final float Q_5 = 2.1398497e-04f;
  static final float Q_4 = -0.0032149558f;
  static final float Q_3 = 0.022889964f;
  static final float Q_2 = -0.10526184f;
  static final float Q_1 = -0.6357183f;
  static final float Q_0 = -0.12851436f;

  private ErrorFunction() {}

  static float erf(float x) {
    float t = Math.abs(x);
    float s = x * x;
    float p = Math.fma(P_6, s, P_5);
    p = Math.fma(p, s, P_4);
    p = Math.fma(p, s, P_3);
    p = Math.fma(p, s, P_2);
    p = Math.fma(p, s, P_1);
    p = Math.fma(p, s, P_0);
    float small = Math.fma(p, x, x);
    float u = t > LARGEST ? LARGEST : t;
    float q = Math.fma(Q_5, u, Q_4);
    q = Math.fma(q, u, Q_3);
    q = Math.fma(q, u, Q_2);
    q = Math.fma(q, u, Q_1);
    q = Math.fma(q, u, Q_0);
    float tail = 1 - Activation.exp(Math.fma(q, u, -u));
    float large = x < 0 ? -tail : tail;
    return t <= SPLIT ? small : large;
  }
}
