package org.anabranch.backend.simd;

import java.math.BigDecimal;
import java.math.MathContext;
import org.anabranch.graph.UnaryFunction;

/** Transcendental functions of float64 numbers to 40 digits, by series. */
final class ExactFunction {
  private static final MathContext DIGITS = new MathContext(48);
  private static final BigDecimal LN2 =
      new BigDecimal("0.693147180559945309417232121458176568075500134360255254120680009");
  private static final BigDecimal TWO = BigDecimal.valueOf(2);

  /** Below it three terms of a series in x are exact to 40 digits. */
  private static final double TINY = 1e-14;

  private ExactFunction() {}

  /** EXP, LOG, TANH, SIGMOID or SOFTPLUS of a finite number. */
  static BigDecimal of(UnaryFunction f, double x) {
    BigDecimal exact = new BigDecimal(x);
    return switch (f) {
      case EXP -> exp(exact);
      case LOG -> log(exact, StrictMath.log(x));
      case TANH -> tanh(exact);
      case SIGMOID -> {
        BigDecimal e = exp(exact);
        yield e.divide(e.add(BigDecimal.ONE), DIGITS);
      }
      case SOFTPLUS ->
          x > 0 ? exact.add(logOfOnePlus(exp(exact.negate()))) : logOfOnePlus(exp(exact));
      default -> throw new AssertionError(f + " is not transcendental");
    };
  }

  /** Half of x = n·ln 2 + r, eight times; a Taylor series; squared eight times. */
  private static BigDecimal exp(BigDecimal x) {
    int n = (int) Math.rint(x.doubleValue() / Math.log(2));
    BigDecimal r = x.subtract(LN2.multiply(BigDecimal.valueOf(n)), new MathContext(60));
    r = r.divide(BigDecimal.valueOf(256), DIGITS);
    BigDecimal sum = BigDecimal.ONE;
    BigDecimal term = BigDecimal.ONE;
    for (int k = 1; k < 15; k++) {
      term = term.multiply(r, DIGITS).divide(BigDecimal.valueOf(k), DIGITS);
      sum = sum.add(term, DIGITS);
    }
    for (int k = 0; k < 8; k++) {
      sum = sum.multiply(sum, DIGITS);
    }
    return sum.multiply(TWO.pow(n, DIGITS), DIGITS);
  }

  /** A step of third order from a logarithm in float64. */
  private static BigDecimal log(BigDecimal x, double near) {
    BigDecimal y = new BigDecimal(near);
    BigDecimal w = x.multiply(exp(y.negate()), DIGITS).subtract(BigDecimal.ONE);
    return y.add(seriesOfLog(w), DIGITS);
  }

  private static BigDecimal logOfOnePlus(BigDecimal t) {
    double near = StrictMath.log1p(t.doubleValue());
    return near < TINY ? seriesOfLog(t) : log(t.add(BigDecimal.ONE), near);
  }

  /** w − w²/2 + w³/3. */
  private static BigDecimal seriesOfLog(BigDecimal w) {
    BigDecimal square = w.multiply(w, DIGITS);
    return w.subtract(square.divide(TWO, DIGITS), DIGITS)
        .add(square.multiply(w, DIGITS).divide(BigDecimal.valueOf(3), DIGITS), DIGITS);
  }

  /** Near 0 its series, since a difference of exponentials would cancel. */
  private static BigDecimal tanh(BigDecimal x) {
    if (x.abs().doubleValue() < 1e-7) {
      BigDecimal square = x.multiply(x, DIGITS);
      BigDecimal series =
          BigDecimal.ONE
              .subtract(square.divide(BigDecimal.valueOf(3), DIGITS), DIGITS)
              .add(
                  square
                      .multiply(square, DIGITS)
                      .multiply(TWO)
                      .divide(BigDecimal.valueOf(15), DIGITS),
                  DIGITS);
      return x.multiply(series, DIGITS);
    }
    BigDecimal e = exp(x.multiply(TWO));
    return e.subtract(BigDecimal.ONE).divide(e.add(BigDecimal.ONE), DIGITS);
  }
}
