package org.anabranch.backend.simd;

/**
 * The error function of one float32 number, and the constants that {@link VectorErrorFunction}
 * shares.
 *
 * <pre>  erf(x) = ±(1 − exp(t·Q(t) − t))   with t = min(|x|, 4), where erf rounds to 1 </pre>
 *
 * with the difference taken as in {@link Activation#expm1}, so that nothing cancels near 0. Q is
 * fitted by weighted least squares on Chebyshev nodes, reweighted until the relative error of the
 * whole was level, at 0.07 units of the last place. A second polynomial near 0 would be exact to
 * 1.1 units, but C2's inlining budget does not hold it: it boxed 16 bytes a number and took 1.3 ns.
 */
final class ErrorFunction {
  static final float LARGEST = 4f;

  static final float Q_8 = 9.256258e-06f;
  static final float Q_7 = -0.0001176412f;
  static final float Q_6 = 0.0006328366f;
  static final float Q_5 = -0.001667027f;
  static final float Q_4 = 0.00016039563f;
  static final float Q_3 = 0.019153064f;
  static final float Q_2 = -0.10277783f;
  static final float Q_1 = -0.6366194f;
  static final float Q_0 = -0.12837917f;

  static final int ONE_BITS = 0x3f800000;
  static final int SIGN_BIT = 0x80000000;

  private ErrorFunction() {}

  static float erf(float x) {
    float t = Math.abs(x);
    float u = t > LARGEST ? LARGEST : t;
    float q = Math.fma(Q_8, u, Q_7);
    q = Math.fma(q, u, Q_6);
    q = Math.fma(q, u, Q_5);
    q = Math.fma(q, u, Q_4);
    q = Math.fma(q, u, Q_3);
    q = Math.fma(q, u, Q_2);
    q = Math.fma(q, u, Q_1);
    q = Math.fma(q, u, Q_0);
    float tail = expm1(Math.fma(q, u, -u));
    int sign = Float.floatToRawIntBits(x) & SIGN_BIT;
    return Float.intBitsToFloat((Float.floatToRawIntBits(tail) & ~SIGN_BIT) | sign);
  }

  /** exp(x) − 1 on −18 to 0, where nothing overflows. */
  private static float expm1(float x) {
    float z = Math.fma(x, Activation.LOG2_E, Activation.ROUNDER);
    float n = z - Activation.ROUNDER;
    float r = Math.fma(n, -Activation.LN2_LOW, Math.fma(n, -Activation.LN2_HIGH, x));
    float p = Math.fma(Activation.EXP_7, r, Activation.EXP_6);
    p = Math.fma(p, r, Activation.EXP_5);
    p = Math.fma(p, r, Activation.EXP_4);
    p = Math.fma(p, r, Activation.EXP_3);
    p = Math.fma(p, r, Activation.EXP_2);
    float y = Math.fma(p, r * r, r);
    float scale = Float.intBitsToFloat((Float.floatToRawIntBits(z) << 23) + ONE_BITS);
    return Math.fma(scale, y, scale - 1);
  }
}
