package org.anabranch.graph;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An expression in a few words, for messages: the operation, its operands and theirs, such as
 * {@code ADD(TANH('x'), PRODUCT('w', …))}.
 */
final class Sketch {
  private static final int DEPTH = 3;

  private Sketch() {}

  /** An operation that is not built yet, on its operands. */
  static String of(String operation, Value... operands) {
    return call(operation, Stream.of(operands), DEPTH);
  }

  static String of(Value value) {
    return text(value, DEPTH);
  }

  private static String call(String name, Stream<Value> operands, int depth) {
    return operands
        .map(operand -> text(operand, depth - 1))
        .collect(Collectors.joining(", ", name + "(", ")"));
  }

  private static String text(Value value, int depth) {
    Operation operation = value.operation();
    if (operation instanceof Operation.Input input) {
      return "'" + input.name() + "'";
    }
    if (operation instanceof Operation.Parameter parameter) {
      return "'" + parameter.name() + "'";
    }
    if (operation instanceof Operation.Constant constant) {
      List<Double> values = constant.values();
      return values.size() == 1 ? String.valueOf(values.get(0)) : "constant" + value.type().shape();
    }
    return depth == 0 ? "…" : call(name(operation), operation.operands().stream(), depth);
  }

  /** {@code ROW_PRODUCT} for a RowProduct; functions by their own names. */
  private static String name(Operation operation) {
    if (operation instanceof Operation.Unary unary) {
      return unary.function().name();
    }
    if (operation instanceof Operation.Binary binary) {
      return binary.function().name();
    }
    if (operation instanceof Operation.Reduction reduction) {
      return reduction.function() + "_OF_COMPONENTS";
    }
    String[] words = operation.getClass().getSimpleName().split("(?<=[a-z])(?=[A-Z])", -1);
    return String.join("_", words).toUpperCase(Locale.ROOT);
  }
}
