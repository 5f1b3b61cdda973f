package org.anabranch.graph;

/** Element-wise functions of two values; comparisons give 1 for true and 0 for false. */
public enum BinaryFunction {
  ADD,
  SUBTRACT,
  MULTIPLY,
  DIVIDE,
  /** The smaller; NaN if either is. At a tie the derivative goes to the second operand. */
  MINIMUM,
  /** The larger; NaN if either is. At a tie the derivative goes to the second operand. */
  MAXIMUM,
  LESS,
  LESS_OR_EQUAL,
  EQUAL,
  /**
   * a to the power b, as {@link StrictMath#pow} where an operand is 0, infinite or NaN. Below 0
   * only whole powers exist; the derivative by b is 0 where a is 0.
   */
  POWER;

  /** Whether the result is a 0/1 mask, whose derivative is zero. */
  public boolean isComparison() {
    return switch (this) {
      case LESS, LESS_OR_EQUAL, EQUAL -> true;
      case ADD, SUBTRACT, MULTIPLY, DIVIDE, MINIMUM, MAXIMUM, POWER -> false;
    };
  }
}
