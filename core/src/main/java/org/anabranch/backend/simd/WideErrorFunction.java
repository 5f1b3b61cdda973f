package org.anabranch.backend.simd;

/**
 * The error function of one float64 number.
 *
 * <pre>
 *   erf(x) = x + x·P(x²)              for |x| ≤ 0.925
 *   erf(x) = ±(1 − exp(t·Q(u) − t))   with t = min(|x|, 6), where erf rounds to 1; u = (t − 3.46)/2.54
 * </pre>
 *
 * P and Q interpolate in Chebyshev nodes, computed with 60 digits: relative errors 0.013 and 0.05
 * units of the last place.
 */
final class WideErrorFunction {
  private static final double SPLIT = 0.925;
  private static final double LARGEST = 6;

  /** Lowest order first. */
  private static final double[] P = {
    0.1283791670955126, -0.3761263890318371, 0.11283791670952618, -0.026866170644588887,
    0.005223977619376137, -0.0008548326622633597, 0.00012055316162564441, -1.492518453446681e-05,
    1.6453471841530485e-06, -1.6259160865477106e-07, 1.3959896590832209e-08, -8.285806127735877e-10
  };

  /** Lowest order first. */
  private static final double[] Q = {
    -2.995184938383585,
    -2.344434472366599,
    -0.08038730027248388,
    0.033589786711693416,
    -0.013786566187024864,
    0.0054370922551053805,
    -0.002012132769136297,
    0.0006724807826845125,
    -0.00018554950469358206,
    2.86499591167386e-05,
    1.0849783271784078e-05,
    -1.4192153213194311e-05,
    9.543300278524806e-06,
    -5.092238341749699e-06,
    2.3185217843300648e-06,
    -9.08119803920239e-07,
    3.0145062718012435e-07,
    -6.020665962309995e-08,
    -3.2891951342665566e-08,
    3.3431525627991486e-08,
    -2.6590221247296973e-09,
    2.1316333163376056e-09,
    -1.2586763942571449e-08,
    6.147793562787586e-09,
    1.3732022005338823e-09,
    -1.0466695389661352e-09
  };

  private WideErrorFunction() {}

  static double erf(double x) {
    double t = Math.abs(x);
    if (t <= SPLIT) {
      return Math.fma(polynomial(P, x * x), x, x);
    }
    double clamped = t > LARGEST ? LARGEST : t;
    double u = (clamped - 3.46) / 2.54;
    double tail = 1 - StrictMath.exp(Math.fma(polynomial(Q, u), clamped, -clamped));
    return x < 0 ? -tail : tail;
  }

  private static double polynomial(double[] coefficients, double x) {
    double sum = 0;
    for (int i = coefficients.length - 1; i >= 0; i--) {
      sum = Math.fma(sum, x, coefficients[i]);
    }
    return sum;
  }
}
