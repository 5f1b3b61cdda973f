package org.anabranch.solver;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/**
 * An exact rational number, reduced, its denominator positive. What the coefficients of methods are
 * written in, so that a reader checks them against the paper and a test checks order conditions
 * without round-off.
 */
public record Fraction(BigInteger numerator, BigInteger denominator) {
  public static final Fraction ZERO = of(0, 1);
  public static final Fraction ONE = of(1, 1);

  /** Beyond twice the digits of float64, so that rounding twice is rounding once. */
  private static final MathContext DIGITS = new MathContext(60);

  public Fraction {
    if (denominator.signum() == 0) {
      throw new IllegalArgumentException(
          "Fraction: the denominator of %s is 0. Give any other.".formatted(numerator));
    }
    BigInteger divisor = numerator.gcd(denominator);
    divisor = denominator.signum() < 0 ? divisor.negate() : divisor;
    numerator = numerator.divide(divisor);
    denominator = denominator.divide(divisor);
  }

  public static Fraction of(long numerator, long denominator) {
    return new Fraction(BigInteger.valueOf(numerator), BigInteger.valueOf(denominator));
  }

  /**
   * What is written as in a paper: {@code -2187/6784}, {@code 3}, {@code 0.161} or {@code
   * -8.298e-3}, the latter exact too.
   *
   * @throws IllegalArgumentException if the text is none of these
   */
  public static Fraction parse(String text) {
    try {
      int slash = text.indexOf('/');
      return slash < 0
          ? decimal(new BigDecimal(text))
          : new Fraction(
              new BigInteger(text.substring(0, slash)), new BigInteger(text.substring(slash + 1)));
    } catch (NumberFormatException notANumber) {
      throw new IllegalArgumentException(
          "Fraction: '%s' is no number. Write for example -3/4, 2 or 0.161.".formatted(text),
          notANumber);
    }
  }

  private static Fraction decimal(BigDecimal value) {
    BigInteger unscaled = value.unscaledValue();
    BigInteger power = BigInteger.TEN.pow(Math.abs(value.scale()));
    return value.scale() < 0
        ? new Fraction(unscaled.multiply(power), BigInteger.ONE)
        : new Fraction(unscaled, power);
  }

  public Fraction plus(Fraction other) {
    return new Fraction(
        numerator.multiply(other.denominator).add(other.numerator.multiply(denominator)),
        denominator.multiply(other.denominator));
  }

  public Fraction minus(Fraction other) {
    return plus(other.negated());
  }

  public Fraction times(Fraction other) {
    return new Fraction(
        numerator.multiply(other.numerator), denominator.multiply(other.denominator));
  }

  public Fraction negated() {
    return new Fraction(numerator.negate(), denominator);
  }

  public Fraction absolute() {
    return new Fraction(numerator.abs(), denominator);
  }

  public boolean isZero() {
    return numerator.signum() == 0;
  }

  /** The nearest float64. */
  public double toDouble() {
    return new BigDecimal(numerator).divide(new BigDecimal(denominator), DIGITS).doubleValue();
  }

  @Override
  public String toString() {
    return denominator.equals(BigInteger.ONE)
        ? numerator.toString()
        : numerator + "/" + denominator;
  }
}
