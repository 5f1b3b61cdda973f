package org.anabranch.graph;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A graph as lines of expressions, operands before their readers. What is read once and is short
 * stands where it is read; the rest has a number.
 */
final class Listing {
  private static final int SHORT = 40;

  private final Graph graph;
  private final Map<Value, Integer> reads = new IdentityHashMap<>();
  private final Map<Value, String> names = new IdentityHashMap<>();
  private final StringBuilder text = new StringBuilder();

  private Listing(Graph graph) {
    this.graph = graph;
    for (Value value : graph.order()) {
      value.operation().operands().forEach(v -> reads.merge(v, 1, Integer::sum));
    }
    graph.outputs().values().forEach(v -> reads.merge(v, 1, Integer::sum));
    graph.accumulations().forEach(term -> reads.merge(term.term(), 1, Integer::sum));
  }

  static String of(Graph graph) {
    return new Listing(graph).text();
  }

  private String text() {
    text.append("graph ").append(graph.name());
    text.append(
        graph.inputs().entrySet().stream()
            .map(entry -> entry.getKey() + ": " + entry.getValue().type())
            .collect(Collectors.joining(", ", "(", ")\n")));
    Notation notation = new Notation(this::name);
    int lines = 0;
    for (Value value : graph.order()) {
      String expression = value.operation().match(notation);
      if (isInline(value, expression)) {
        names.put(value, expression);
      } else {
        String name = "%" + lines++;
        line(name + ": " + value.type(), expression);
        names.put(value, name);
      }
    }
    graph.outputs().forEach((name, value) -> line(name, name(value)));
    for (Accumulation term : graph.accumulations()) {
      text.append("  d").append(term.parameter()).append(" += ");
      text.append(name(term.term())).append('\n');
    }
    return text.toString();
  }

  private void line(String name, String expression) {
    text.append("  ").append(name).append(" = ").append(expression).append('\n');
  }

  private boolean isInline(Value value, String expression) {
    List<Value> operands = value.operation().operands();
    return operands.isEmpty()
        || (reads.getOrDefault(value, 0) == 1 && expression.length() <= SHORT);
  }

  private String name(Value value) {
    String name = names.get(value);
    if (name == null) {
      throw new AssertionError("operands come before " + value);
    }
    return name;
  }
}
