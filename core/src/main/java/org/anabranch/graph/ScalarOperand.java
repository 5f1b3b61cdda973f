package org.anabranch.graph;

/**
 * A repeated scalar beside a vector is that scalar, which functions of two values repeat anyway; so
 * is a constant whose components are one number.
 */
final class ScalarOperand implements Rule {
  @Override
  public Value rewrite(Value value) {
    if (!(value.operation() instanceof Operation.Binary binary) || BiasedSum.is(value)) {
      return value;
    }
    Value a = binary.a();
    Value b = binary.b();
    if (Uniform.hasScalar(b) && a.type().shape().equals(value.type().shape())) {
      return a.binary(binary.function(), Uniform.scalar(b));
    }
    return Uniform.hasScalar(a) && b.type().shape().equals(value.type().shape())
        ? Uniform.scalar(a).binary(binary.function(), b)
        : value;
  }
}
