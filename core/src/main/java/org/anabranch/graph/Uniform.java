package org.anabranch.graph;

/** Constants whose components are all the same number. */
final class Uniform {
  private Uniform() {}

  /** Whether every component of a constant is this number, +0 and −0 being two. */
  static boolean is(Value value, double number) {
    return value.operation() instanceof Operation.Constant constant
        && constant.values().stream().allMatch(v -> Double.compare(v, number) == 0);
  }

  /** Whether a constant has one number only, once or several times. */
  static boolean is(Value value) {
    return value.operation() instanceof Operation.Constant constant
        && is(value, constant.values().get(0));
  }

  /** A scalar that stands for each component: of a repeated scalar or a uniform constant. */
  static boolean hasScalar(Value value) {
    return value.operation() instanceof Operation.Broadcast
        || (!value.type().shape().isScalar() && is(value));
  }

  /** That scalar; the value itself where there is none. */
  static Value scalar(Value value) {
    if (value.operation() instanceof Operation.Broadcast broadcast) {
      return broadcast.x();
    }
    return value.operation() instanceof Operation.Constant constant && hasScalar(value)
        ? Value.constant(constant.values().get(0), value.type().precision())
        : value;
  }
}
