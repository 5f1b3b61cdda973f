package org.anabranch.graph;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Both derivative products of a graph, as expressions of the same language, so that they nest. The
 * cotangent of any value is in working precision, also where the value itself is float64.
 */
public final class Differentiation {
  private Differentiation() {}

  /**
   * Reverse mode: Jᵀc for the cotangents c of some outputs.
   *
   * @param cotangents by output name, of the output's type in working precision; a shared one
   *     counts for every sample
   * @param inputs names of the inputs whose cotangents are wanted
   */
  public static Pullback pullback(Graph graph, Map<String, Value> cotangents, List<String> inputs) {
    Set<Value> wanted = Collections.newSetFromMap(new IdentityHashMap<>());
    inputs.forEach(name -> wanted.add(graph.input(name)));
    ReverseSweep sweep =
        new ReverseSweep(active(graph, wanted, true), new CallSites(graph.order()));
    cotangents.forEach(
        (name, cotangent) -> {
          Type expected = graph.output(name).type().working();
          if (!cotangent.type().fits(expected)) {
            throw new IllegalArgumentException(
                "Differentiation of %s: the cotangent of '%s' is %s, expected %s."
                    .formatted(graph.name(), name, cotangent.type(), expected));
          }
          sweep.add(graph.output(name), cotangent);
        });
    List<Value> order = graph.order();
    for (int i = order.size() - 1; i >= 0; i--) {
      sweep.visit(order.get(i));
    }
    Map<String, Value> results = new LinkedHashMap<>();
    for (String name : inputs) {
      results.put(name, sweep.cotangent(graph.input(name)));
    }
    return new Pullback(results, sweep.accumulations());
  }

  /**
   * Forward mode: J·d for the tangents d of some inputs, parameters held constant.
   *
   * @param tangents by input name, of the input's type; a shared one is that of every sample
   * @return by output name, of the output's type; zeros where an output does not depend on them
   */
  public static Map<String, Value> pushforward(Graph graph, Map<String, Value> tangents) {
    Set<Value> wanted = Collections.newSetFromMap(new IdentityHashMap<>());
    tangents.keySet().forEach(name -> wanted.add(graph.input(name)));
    ForwardSweep sweep = new ForwardSweep(active(graph, wanted, false));
    tangents.forEach((name, tangent) -> sweep.put(graph.input(name), tangent));
    graph.order().forEach(sweep::visit);
    Map<String, Value> results = new LinkedHashMap<>();
    graph.outputs().forEach((name, value) -> results.put(name, sweep.tangent(value)));
    return results;
  }

  /** The values that depend on a wanted one (or on a parameter) differentiably. */
  private static Set<Value> active(Graph graph, Set<Value> wanted, boolean parameters) {
    Set<Value> active = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Value value : graph.order()) {
      Operation operation = value.operation();
      boolean source =
          wanted.contains(value)
              || (parameters && operation instanceof Operation.Parameter)
              || (parameters
                  && operation instanceof Call call
                  && Call.readsParameters(call.graph()));
      boolean constant =
          operation instanceof Operation.Detach
              || (operation instanceof Operation.Binary binary && binary.function().isComparison())
              || (operation instanceof Operation.Unary unary
                  && unary.function() == UnaryFunction.STEP);
      if (source || (!constant && operation.operands().stream().anyMatch(active::contains))) {
        active.add(value);
      }
    }
    return active;
  }

  /** A factor of a product of cotangents or tangents, in the precision of the other factor. */
  static Value in(Precision precision, Value value) {
    return precision == Precision.WIDE ? value.widened() : value.narrowed();
  }

  /** The derivative of a function at x, with y = f(x); both already in the precision wanted. */
  static Value derivative(UnaryFunction function, Value x, Value y) {
    Value one = Value.constant(1, x.type().precision());
    return switch (function) {
      case NEGATE -> Value.constant(-1, x.type().precision());
      case ABSOLUTE -> x.unary(UnaryFunction.STEP).minus(x.negated().unary(UnaryFunction.STEP));
      case SQRT -> Value.constant(0.5, x.type().precision()).dividedBy(y);
      case RECIPROCAL -> y.square().negated();
      case SQUARE -> x.times(2);
      case EXP -> y;
      case LOG -> x.unary(UnaryFunction.RECIPROCAL);
      case TANH -> one.minus(y.square());
      case SIGMOID -> y.times(one.minus(y));
      case SOFTPLUS -> x.unary(UnaryFunction.SIGMOID);
      case RELU -> x.unary(UnaryFunction.STEP);
      case STEP -> Value.constant(0, x.type().precision());
      case SIN -> x.unary(UnaryFunction.COS);
      case COS -> x.unary(UnaryFunction.SIN).negated();
      case EXPM1 -> x.exp();
      case ERF -> x.square().negated().exp().times(2 / Math.sqrt(Math.PI));
    };
  }

  /** A shared value repeated for each sample of another, which need not be finite. */
  static Value forSamplesOf(Value samples, Value shared) {
    if (shared.type().isPerSample() || !samples.type().isPerSample()) {
      return shared;
    }
    Value narrow = samples.narrowed();
    Value number = narrow.type().shape().isScalar() ? narrow : narrow.sum();
    return shared.plus(number.unary(UnaryFunction.STEP).times(0));
  }

  /** The derivative of a^b by a. */
  static Value byBase(Value a, Value b) {
    return b.times(a.binary(BinaryFunction.POWER, b.plus(-1)));
  }

  /** The derivative of y = a^b by b: y·log a, 0 where a is 0. */
  static Value byExponent(Value a, Value y) {
    Value zero = Value.constant(0, a.type().precision());
    return a.equalTo(zero).select(zero, y.times(a.log()));
  }
}
