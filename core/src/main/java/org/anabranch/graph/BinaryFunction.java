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
  EQUAL;

  /** Whether the result is a 0/1 mask, whose derivative is zero. */
  public boolean isComparison() {
    return switch (this) {
      case LESS, LESS_OR_EQUAL, EQUAL -> true;
      case ADD, SUBTRACT, MULTIPLY, DIVIDE, MINIMUM, MAXIMUM -> false;
    };
  }
}
