package org.anabranch.backend;

import java.util.Map;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Operation;
import org.anabranch.graph.Value;
import org.jspecify.annotations.Nullable;

/** The checks every backend makes before it binds a program to buffers. */
public record BindingCheck(Graph graph, int rows) {
  /**
   * Checks that everything the graph reads or writes has a buffer of its type and rows.
   *
   * @throws IllegalArgumentException with the name, what was found and what was expected
   */
  public void require(
      Map<String, Buffer> inputs,
      Map<String, Buffer> outputs,
      Parameters parameters,
      @Nullable Accumulators accumulators) {
    for (Value value : graph.order()) {
      if (value.operation() instanceof Operation.Input input) {
        requireBuffer("input", input.name(), inputs.get(input.name()), value);
      } else if (value.operation() instanceof Operation.Parameter parameter) {
        requireShape(parameter, parameters);
      }
    }
    outputs.forEach(
        (name, buffer) -> {
          requireBuffer("output", name, buffer, graph.output(name));
          if (inputs.containsValue(buffer)) {
            throw new IllegalArgumentException(
                "Program %s: the output '%s' writes to a buffer that is read. Bind it to another."
                    .formatted(graph.name(), name));
          }
        });
    if (accumulators == null && !graph.accumulations().isEmpty()) {
      throw new IllegalArgumentException(
          "Program %s: it adds to %d gradients but has no accumulators. Give some."
              .formatted(graph.name(), graph.accumulations().size()));
    }
  }

  private void requireShape(Operation.Parameter parameter, Parameters parameters) {
    var view = parameters.layout().view(parameter.name());
    if (!view.shape().equals(parameter.shape())) {
      throw new IllegalArgumentException(
          "Program %s: the parameter '%s' is %s, its layout says %s. Use the layout of this model."
              .formatted(graph.name(), parameter.name(), parameter.shape(), view.shape()));
    }
  }

  private void requireBuffer(String kind, String name, @Nullable Buffer buffer, Value value) {
    if (buffer == null) {
      throw new IllegalArgumentException(
          "Program %s: the %s '%s' has no buffer. Bind one of type %s."
              .formatted(graph.name(), kind, name, value.type()));
    }
    int expected = value.type().isPerSample() ? rows : 1;
    if (!buffer.type().equals(value.type()) || buffer.rows() != expected) {
      throw new IllegalArgumentException(
          "Program %s: the %s '%s' is bound to %s with %d rows, expected %s with %d."
              .formatted(
                  graph.name(), kind, name, buffer.type(), buffer.rows(), value.type(), expected));
    }
  }
}
