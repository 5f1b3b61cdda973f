package org.anabranch.graph;

/**
 * A detached value is the same number. A sum over rows stays detached: as a term of its own it
 * would continue a gradient's running sum, in other roundings.
 */
final class Detachment implements Rule {
  @Override
  public Value rewrite(Value value) {
    return value.operation() instanceof Operation.Detach detach && !isRowSum(detach.x())
        ? detach.x()
        : value;
  }

  static boolean isRowSum(Value value) {
    return value.operation() instanceof Operation.RowProduct
        || value.operation() instanceof Operation.RowSum;
  }
}
