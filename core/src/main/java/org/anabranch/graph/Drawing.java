package org.anabranch.graph;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * A graph in the language of Graphviz. Inputs, parameters, outputs and terms are boxes, operations
 * ellipses, constants plain; shared values are dashed, float64 ones bold. Edges bear the letter of
 * the operand.
 */
final class Drawing {
  private final Graph graph;
  private final Map<Value, String> nodes = new IdentityHashMap<>();
  private final StringBuilder text = new StringBuilder();

  private Drawing(Graph graph) {
    this.graph = graph;
  }

  static String of(Graph graph) {
    return new Drawing(graph).text();
  }

  private String text() {
    text.append("digraph ").append(quoted(graph.name())).append(" {\n");
    text.append("  node [fontname=\"Helvetica\", fontsize=11];\n");
    for (Value value : graph.order()) {
      String node = "n" + nodes.size();
      nodes.put(value, node);
      node(node, label(value), style(value));
      List<Value> operands = value.operation().operands();
      for (Value operand : operands) {
        edge(node(operand), node, operands.size() > 1 ? letter(operand, operands) : "");
      }
    }
    int ends = 0;
    for (Map.Entry<String, Value> output : graph.outputs().entrySet()) {
      end("o" + ends++, output.getKey(), output.getValue());
    }
    for (Accumulation term : graph.accumulations()) {
      end("o" + ends++, "d" + term.parameter() + " +=", term.term());
    }
    return text.append("}\n").toString();
  }

  private static String label(Value value) {
    List<Value> operands = value.operation().operands();
    Notation notation = new Notation(operand -> letter(operand, operands));
    return operands.isEmpty()
        ? value.operation().match(notation) + "\n" + value.type()
        : value.operation().match(notation);
  }

  /** What an operand is called inside its reader: a, b, c by place, from the 27th on by number. */
  private static String letter(Value operand, List<Value> operands) {
    int place = operands.indexOf(operand);
    return place < 26 ? String.valueOf((char) ('a' + place)) : String.valueOf(place + 1);
  }

  private static List<String> style(Value value) {
    Operation operation = value.operation();
    List<String> style = new ArrayList<>();
    if (operation instanceof Operation.Input || operation instanceof Operation.Parameter) {
      style.add("shape=box");
    } else if (operation instanceof Operation.Constant) {
      style.add("shape=plaintext");
    } else {
      style.add("shape=ellipse");
    }
    if (!value.type().isPerSample()) {
      style.add("style=dashed");
    }
    if (value.type().isWide()) {
      style.add("penwidth=2.5");
    }
    return style;
  }

  private void end(String node, String label, Value value) {
    node(node, label, List.of("shape=box", "peripheries=2"));
    edge(node(value), node, "");
  }

  private void node(String node, String label, List<String> style) {
    text.append("  ").append(node).append(" [label=").append(quoted(label)).append(", ");
    text.append(String.join(", ", style)).append("];\n");
  }

  private void edge(String from, String to, String label) {
    text.append("  ").append(from).append(" -> ").append(to);
    text.append(label.isEmpty() ? ";\n" : " [label=" + quoted(label) + ", fontsize=8];\n");
  }

  private String node(Value value) {
    String node = nodes.get(value);
    if (node == null) {
      throw new AssertionError("operands come before " + value);
    }
    return node;
  }

  /** A string as Graphviz reads it back, backslashes and line ends included. */
  private static String quoted(String text) {
    return '"'
        + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\r", "").replace("\n", "\\n")
        + '"';
  }
}
