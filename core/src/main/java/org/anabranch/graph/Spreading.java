package org.anabranch.graph;

import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Turns shared inputs into inputs of which every sample has its own, and with them whatever depends
 * on them. Each sample gets the numbers that it would get alone: no operation but a sum over
 * samples brings rows together, and there is none in a graph without accumulations.
 */
final class Spreading {
  private final Map<Value, Value> done = new IdentityHashMap<>();
  private final Set<String> names;

  private Spreading(Set<String> names) {
    this.names = names;
  }

  static Graph of(Graph graph, Set<String> names) {
    if (!graph.accumulations().isEmpty()) {
      throw new IllegalArgumentException(
          "Graph %s: it adds to %d gradients. Spread inputs before differentiating."
              .formatted(graph.name(), graph.accumulations().size()));
    }
    names.forEach(graph::input);
    Graph body = graph.inlined();
    Spreading spreading = new Spreading(names);
    body.inputs().values().forEach(spreading::visit);
    body.order().forEach(spreading::visit);
    List<Value> inputs = body.inputs().values().stream().map(spreading::rewritten).toList();
    Map<String, Value> outputs = new LinkedHashMap<>();
    body.outputs().forEach((name, value) -> outputs.put(name, spreading.rewritten(value)));
    return Graph.of(graph.name(), inputs, outputs);
  }

  private Value rewritten(Value value) {
    return Objects.requireNonNull(done.get(value), "operands come first");
  }

  private void visit(Value value) {
    if (done.containsKey(value)) {
      return;
    }
    Operation operation = value.operation();
    if (operation instanceof Operation.Input input && names.contains(input.name())) {
      Type type = input.type();
      Type own = new Type(Extent.PER_SAMPLE, type.shape(), type.precision());
      done.put(value, Value.input(input.name(), own));
      return;
    }
    Operation spread =
        product(operation, operation.operands().stream().map(this::rewritten).toList());
    done.put(value, spread == operation ? value : Value.of(spread));
  }

  /** A product's kind depends on which of its operands are shared. */
  private Operation product(Operation operation, List<Value> operands) {
    if (operands.equals(operation.operands())) {
      return operation;
    }
    if (operation instanceof Operation.Product product && operands.get(0).type().isPerSample()) {
      return new BatchProduct(operands.get(0), operands.get(1), product.transposed());
    }
    if (operation instanceof BatchProduct product && !operands.get(0).type().isPerSample()) {
      return new Operation.Product(operands.get(0), operands.get(1), product.transposed());
    }
    return operation.withOperands(operands);
  }
}
