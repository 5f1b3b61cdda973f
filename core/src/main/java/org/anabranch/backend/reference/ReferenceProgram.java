package org.anabranch.backend.reference;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.anabranch.backend.Accumulators;
import org.anabranch.backend.BindingCheck;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.Parameters;
import org.anabranch.backend.Program;
import org.anabranch.graph.Accumulation;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Operation;
import org.anabranch.graph.Value;
import org.jspecify.annotations.Nullable;

/** One array for each value, one evaluator for each operation. */
final class ReferenceProgram implements Program {
  private final Graph graph;
  private final int rows;
  private final Map<Value, Cells> arena = new IdentityHashMap<>();

  ReferenceProgram(Graph graph, int rows) {
    this.graph = graph;
    this.rows = rows;
    for (Value value : graph.order()) {
      arena.put(value, Cells.allocate(value.type(), rows));
    }
  }

  @Override
  public Graph graph() {
    return graph;
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public long bytes() {
    return arena.values().stream().mapToLong(cells -> 8L * cells.values().length).sum();
  }

  @Override
  public Execution bind(
      Map<String, Buffer> inputs,
      Map<String, Buffer> outputs,
      Parameters parameters,
      @Nullable Accumulators accumulators) {
    new BindingCheck(graph, rows).require(inputs, outputs, parameters, accumulators);
    List<Runnable> work = new ArrayList<>();
    Evaluation evaluation = new Evaluation(arena, rows);
    for (Value value : graph.order()) {
      double[] target = cells(value).values();
      if (value.operation() instanceof Operation.Input input) {
        double[] source = ((ReferenceBuffer) buffer(inputs, input.name())).values;
        work.add(() -> System.arraycopy(source, 0, target, 0, target.length));
      } else if (value.operation() instanceof Operation.Parameter parameter) {
        double[] source = ((ReferenceParameters) parameters).values;
        int offset = parameters.layout().view(parameter.name()).offset();
        work.add(() -> System.arraycopy(source, offset, target, 0, target.length));
      } else {
        work.add(value.operation().match(evaluation.of(value)));
      }
    }
    outputs.forEach(
        (name, buffer) -> {
          double[] source = cells(graph.output(name)).values();
          double[] target = ((ReferenceBuffer) buffer).values;
          work.add(() -> System.arraycopy(source, 0, target, 0, target.length));
        });
    if (accumulators != null) {
      for (Accumulation term : graph.accumulations()) {
        work.add(addition(term, (ReferenceAccumulators) accumulators));
      }
    }
    return () -> work.forEach(Runnable::run);
  }

  private Runnable addition(Accumulation term, ReferenceAccumulators accumulators) {
    double[] source = cells(term.term()).values();
    int offset = accumulators.layout().view(term.parameter()).offset();
    return () -> {
      for (int i = 0; i < source.length; i++) {
        accumulators.sums[offset + i] += source[i];
      }
    };
  }

  private static Buffer buffer(Map<String, Buffer> inputs, String name) {
    Buffer buffer = inputs.get(name);
    if (buffer == null) {
      throw new AssertionError("unchecked input " + name);
    }
    return buffer;
  }

  private Cells cells(Value value) {
    Cells cells = arena.get(value);
    if (cells == null) {
      throw new AssertionError("no cells for " + value);
    }
    return cells;
  }
}
