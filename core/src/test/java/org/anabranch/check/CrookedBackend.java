package org.anabranch.check;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anabranch.backend.Accumulators;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.Parameters;
import org.anabranch.backend.Program;
import org.anabranch.backend.reference.ReferenceBackend;
import org.anabranch.graph.Accumulation;
import org.anabranch.graph.BinaryFunction;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Operation;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.graph.Substitution;
import org.anabranch.graph.Type;
import org.anabranch.graph.UnaryFunction;
import org.anabranch.graph.Value;

/** The reference backend with one kernel that is off: 1 − y², as the derivative of tanh has it. */
final class CrookedBackend implements Backend {
  private final Backend straight = new ReferenceBackend();

  @Override
  public Program compile(Graph graph, int rows) {
    Graph body = graph.inlined();
    Substitution crooked = new Substitution();
    Map<String, Value> outputs = new LinkedHashMap<>();
    for (Value value : body.order()) {
      if (value.operation() instanceof Operation.Binary minus
          && minus.function() == BinaryFunction.SUBTRACT
          && minus.b().operation() instanceof Operation.Unary square
          && square.function() == UnaryFunction.SQUARE) {
        Value off = crooked.apply(minus.a()).minus(crooked.apply(minus.b()).times(0.9));
        crooked.replace(value, off);
      }
    }
    body.outputs().forEach((name, value) -> outputs.put(name, crooked.apply(value)));
    List<Accumulation> terms =
        body.accumulations().stream()
            .map(term -> new Accumulation(term.parameter(), crooked.apply(term.term())))
            .toList();
    List<Value> inputs = body.inputs().values().stream().map(crooked::apply).toList();
    return straight.compile(Graph.of(body.name(), inputs, outputs, terms), rows);
  }

  @Override
  public String name() {
    return "crooked";
  }

  @Override
  public String numericsId() {
    return "crooked";
  }

  @Override
  public Buffer buffer(Type type, int rows) {
    return straight.buffer(type, rows);
  }

  @Override
  public Parameters parameters(ParameterLayout layout) {
    return straight.parameters(layout);
  }

  @Override
  public Accumulators accumulators(ParameterLayout layout) {
    return straight.accumulators(layout);
  }

  @Override
  public long arenaBytes(Graph graph, int rows) {
    return straight.arenaBytes(graph, rows);
  }
}
