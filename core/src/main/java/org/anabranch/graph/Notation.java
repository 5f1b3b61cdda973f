package org.anabranch.graph;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** An operation as a reader would write it, in brackets where it could be misread. */
final class Notation implements Operation.Cases<String> {
  private static final int NUMBERS_SHOWN = 4;

  private final Function<Value, String> operand;

  Notation(Function<Value, String> operand) {
    this.operand = operand;
  }

  private String of(Value value) {
    return operand.apply(value);
  }

  private String call(String function, Value... arguments) {
    return List.of(arguments).stream()
        .map(this::of)
        .collect(Collectors.joining(", ", function + "(", ")"));
  }

  @Override
  public String input(Operation.Input operation) {
    return operation.name();
  }

  @Override
  public String parameter(Operation.Parameter operation) {
    return operation.name();
  }

  @Override
  public String constant(Operation.Constant operation) {
    List<Double> values = operation.values();
    double first = values.get(0);
    if (values.stream().allMatch(v -> Double.compare(v, first) == 0)) {
      return number(first) + (values.size() > 1 ? operation.type().shape() : "");
    }
    return values.stream()
            .limit(NUMBERS_SHOWN)
            .map(Notation::number)
            .collect(Collectors.joining(", ", "[", ""))
        + (values.size() > NUMBERS_SHOWN ? ", …]" : "]");
  }

  private static String number(double value) {
    boolean whole = value == Math.rint(value) && Math.abs(value) < 1e9;
    boolean negativeZero = Double.compare(value, -0.0) == 0;
    return whole && !negativeZero ? String.valueOf((long) value) : String.valueOf(value);
  }

  @Override
  public String unary(Operation.Unary operation) {
    return switch (operation.function()) {
      case NEGATE -> "(-" + of(operation.x()) + ")";
      case RECIPROCAL -> "(1 / " + of(operation.x()) + ")";
      case ABSOLUTE -> call("abs", operation.x());
      case SQUARE, SQRT, EXP, EXPM1, LOG, TANH, SIGMOID, SOFTPLUS, RELU, STEP, SIN, COS, ERF ->
          call(operation.function().name().toLowerCase(Locale.ROOT), operation.x());
    };
  }

  @Override
  public String binary(Operation.Binary operation) {
    Value a = operation.a();
    Value b = operation.b();
    return switch (operation.function()) {
      case ADD -> infix(a, "+", b);
      case SUBTRACT -> infix(a, "-", b);
      case MULTIPLY -> infix(a, "*", b);
      case DIVIDE -> infix(a, "/", b);
      case POWER -> infix(a, "^", b);
      case MINIMUM -> call("min", a, b);
      case MAXIMUM -> call("max", a, b);
      case LESS -> infix(a, "<", b);
      case LESS_OR_EQUAL -> infix(a, "<=", b);
      case EQUAL -> infix(a, "==", b);
    };
  }

  private String infix(Value a, String sign, Value b) {
    return "(" + of(a) + " " + sign + " " + of(b) + ")";
  }

  @Override
  public String select(Operation.Select operation) {
    return "(" + of(operation.mask()) + " ? " + of(operation.a()) + " : " + of(operation.b()) + ")";
  }

  @Override
  public String product(Operation.Product operation) {
    String transposition = operation.transposed() ? "ᵀ" : "";
    return "(" + of(operation.matrix()) + transposition + "·" + of(operation.x()) + ")";
  }

  @Override
  public String batchProduct(BatchProduct operation) {
    String transposition = operation.transposed() ? "ᵀ" : "";
    return "(" + of(operation.matrix()) + transposition + "·" + of(operation.x()) + ")";
  }

  @Override
  public String outerProduct(OuterProduct operation) {
    return "(" + of(operation.a()) + "·" + of(operation.b()) + "ᵀ)";
  }

  @Override
  public String solve(Solve operation) {
    String transposition = operation.transposed() ? "ᵀ" : "";
    return "solve(" + of(operation.matrix()) + transposition + ", " + of(operation.b()) + ")";
  }

  @Override
  public String reshape(Reshape operation) {
    return "reshape(" + of(operation.x()) + ", " + operation.type().shape() + ")";
  }

  @Override
  public String gather(Gather operation) {
    return of(operation.x()) + "[" + shown(operation.indices()) + "]";
  }

  @Override
  public String scatterAdd(ScatterAdd operation) {
    String places = "[" + shown(operation.indices()) + "]";
    return "scatter(" + of(operation.x()) + ", " + places + ", " + operation.size() + ")";
  }

  private static String shown(List<Integer> indices) {
    String first =
        indices.stream()
            .limit(NUMBERS_SHOWN)
            .map(String::valueOf)
            .collect(Collectors.joining(", "));
    return indices.size() > NUMBERS_SHOWN ? first + ", …" : first;
  }

  @Override
  public String call(Call operation) {
    Value[] arguments = operation.arguments().toArray(new Value[0]);
    return call(operation.graph().name(), arguments) + "." + operation.output();
  }

  @Override
  public String rowProduct(Operation.RowProduct operation) {
    return "rowsum(" + of(operation.a()) + "·" + of(operation.b()) + "ᵀ)";
  }

  @Override
  public String rowSum(Operation.RowSum operation) {
    return call("rowsum", operation.x());
  }

  @Override
  public String reduction(Operation.Reduction operation) {
    return switch (operation.function()) {
      case SUM -> call("sum", operation.x());
      case MAXIMUM -> call("max", operation.x());
    };
  }

  @Override
  public String broadcast(Operation.Broadcast operation) {
    return "repeat(" + of(operation.x()) + ", " + operation.size() + ")";
  }

  @Override
  public String concatenate(Operation.Concatenate operation) {
    return operation.parts().stream().map(this::of).collect(Collectors.joining(", ", "[", "]"));
  }

  @Override
  public String slice(Operation.Slice operation) {
    int to = operation.from() + operation.size();
    return of(operation.x()) + "[" + operation.from() + ":" + to + "]";
  }

  @Override
  public String cast(Operation.Cast operation) {
    return call(operation.precision() == Precision.WIDE ? "wide" : "narrow", operation.x());
  }

  @Override
  public String roundToGrid(Operation.RoundToGrid operation) {
    return "grid(" + of(operation.x()) + ", 2^" + operation.exponent() + ")";
  }

  @Override
  public String detach(Operation.Detach operation) {
    return call("held", operation.x());
  }
}
