package org.anabranch.graph;

/**
 * Wx + b with a shared b of its shape. Its bits differ from those of b + Wx: a backend may start
 * the sums of the product from b. Rules must neither make nor unmake such a sum.
 */
final class BiasedSum {
  private BiasedSum() {}

  static boolean is(Value value) {
    return value.operation() instanceof Operation.Binary sum
        && sum.function() == BinaryFunction.ADD
        && is(sum.a(), sum.b());
  }

  private static boolean is(Value a, Value b) {
    return a.operation() instanceof Operation.Product
        && !b.type().isPerSample()
        && b.type().shape().equals(a.type().shape());
  }

  /** a + b, the operands exchanged where a + b would start a product from b. */
  static Value avoided(Value a, Value b) {
    return is(a, b) ? b.plus(a) : a.plus(b);
  }
}
