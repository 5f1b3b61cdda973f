package org.anabranch.graph;

/**
 * The functions that IEEE 754 determines to the bit, computed in every arithmetic that a backend
 * may use for a precision. Transcendental functions are not among them.
 */
record ExactFunction(Precision precision) {
  private static final Result NONE = new Result(Double.NaN, false);

  /** A number, and whether every backend computes it. */
  record Result(double value, boolean agreed) {}

  static Result of(double value) {
    return new Result(value, true);
  }

  /** A number of working precision in float64: the same only if it is a float32. */
  Result widened(double x) {
    return new Result(x, (float) x == x || Double.isNaN(x));
  }

  Result unary(UnaryFunction function, double x) {
    float f = (float) x;
    return switch (function) {
      case NEGATE -> of(-x);
      case ABSOLUTE -> of(Math.abs(x));
      case SQRT -> agreed(Math.sqrt(x), (float) Math.sqrt(f));
      case RECIPROCAL -> agreed(1 / x, 1 / f);
      case SQUARE -> agreed(x * x, f * f);
      case STEP -> agreed(x > 0 ? 1 : 0, f > 0 ? 1 : 0);
      case RELU -> agreed(x <= 0 ? 0 : x, f <= 0 ? 0 : f);
      case EXP, EXPM1, LOG, TANH, SIGMOID, SOFTPLUS, SIN, COS, ERF -> NONE;
    };
  }

  Result binary(BinaryFunction function, double x, double y) {
    float f = (float) x;
    float g = (float) y;
    return switch (function) {
      case ADD -> agreed(x + y, f + g);
      case SUBTRACT -> agreed(x - y, f - g);
      case MULTIPLY -> agreed(x * y, f * g);
      case DIVIDE -> agreed(x / y, f / g);
      case MINIMUM -> differ(x, y, f, g) ? agreed(Math.min(x, y), Math.min(f, g)) : NONE;
      case MAXIMUM -> differ(x, y, f, g) ? agreed(Math.max(x, y), Math.max(f, g)) : NONE;
      case LESS -> agreed(x < y ? 1 : 0, f < g ? 1 : 0);
      case LESS_OR_EQUAL -> agreed(x <= y ? 1 : 0, f <= g ? 1 : 0);
      case EQUAL -> agreed(x == y ? 1 : 0, f == g ? 1 : 0);
      case POWER -> NONE;
    };
  }

  /** Whether neither is NaN nor are both zeros, of which backends choose as they like. */
  private static boolean differ(double x, double y, float f, float g) {
    return (x < y || x > y) && (f < g || f > g);
  }

  private Result agreed(double wide, float narrow) {
    return new Result(
        wide, precision == Precision.WIDE || Float.compare((float) wide, narrow) == 0);
  }
}
