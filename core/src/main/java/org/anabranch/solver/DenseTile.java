package org.anabranch.solver;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.Parameters;
import org.anabranch.backend.Program;
import org.anabranch.field.Field;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Type;
import org.anabranch.graph.Value;

/**
 * The solution inside the steps of a tile, by the method's interpolant: its coefficients once a
 * step, its value as often as asked.
 */
final class DenseTile {
  private final Buffer fraction;
  private final Buffer value;
  private final Program.Execution[] coefficients = new Program.Execution[2];
  private final Program.Execution[] evaluations = new Program.Execution[2];
  private final long bytes;

  /** The graphs that tiles of every width run. */
  record Graphs(Graph coefficients, Graph value) {
    /** Empty for a method that has no interpolant. */
    static Optional<Graphs> of(Method method, Field field) {
      Map<String, Type> state = ForwardSolve.stateTypes(method, OwnTimes.of(method).init(field));
      String solution = method.state().get(0);
      Value before = Value.input(solution, Objects.requireNonNull(state.get(solution)));
      return OwnTimes.of(method)
          .interpolant(field)
          .map(graph -> new Graphs(graph, value(before, graph)));
    }

    /** y + θ (c.1 + θ (c.2 + …)), by Horner's rule. */
    private static Graph value(Value before, Graph coefficients) {
      Value fraction = Value.input("fraction", Type.perSampleScalar());
      List<Value> inputs = new ArrayList<>(List.of(before, fraction));
      int degree = coefficients.outputs().size();
      Value sum = null;
      for (int j = degree; j >= 1; j--) {
        Value c = Value.input("c." + j, coefficients.output("c." + j).type());
        inputs.add(c);
        sum = sum == null ? c : sum.times(fraction).plus(c);
      }
      if (sum == null) {
        throw new IllegalArgumentException(
            "Interpolant %s: it has no coefficients. Give c.1 at least."
                .formatted(coefficients.name()));
      }
      Value y = before.narrowed().plus(sum.times(fraction));
      return Graph.of("interpolant", inputs, Map.of("y", y));
    }
  }

  /**
   * @param inputs of a step, for each of the two states that it may start from
   */
  DenseTile(
      Backend backend,
      Graphs graphs,
      Parameters parameters,
      List<Map<String, Buffer>> inputs,
      int slots) {
    fraction = backend.buffer(Type.perSampleScalar(), slots);
    value = backend.buffer(graphs.value().output("y").type(), slots);
    Map<String, Buffer> inner = new HashMap<>();
    graphs
        .coefficients()
        .outputs()
        .forEach((name, c) -> inner.put(name, backend.buffer(c.type(), slots)));
    Program coefficientProgram = backend.compile(graphs.coefficients(), slots);
    Program valueProgram = backend.compile(graphs.value(), slots);
    for (int i = 0; i < 2; i++) {
      coefficients[i] = coefficientProgram.bind(inputs.get(i), inner, parameters, null);
      Map<String, Buffer> all = new HashMap<>(inputs.get(i));
      all.putAll(inner);
      all.put("fraction", fraction);
      evaluations[i] = valueProgram.bind(all, Map.of("y", value), parameters, null);
    }
    bytes =
        coefficientProgram.bytes()
            + valueProgram.bytes()
            + inner.values().stream().mapToLong(Buffer::bytes).sum()
            + value.bytes();
  }

  /** Takes the coefficients of the steps from one of the two states. */
  void prepare(int from) {
    coefficients[from].run();
  }

  /** The solution at each slot's fraction of its step. */
  Buffer at(int from, double[] fractions) {
    fraction.set(fractions);
    evaluations[from].run();
    return value;
  }

  long bytes() {
    return bytes;
  }
}
