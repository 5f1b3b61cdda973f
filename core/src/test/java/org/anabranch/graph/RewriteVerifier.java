package org.anabranch.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.anabranch.backend.Accumulators;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.Parameters;
import org.anabranch.backend.Program;
import org.anabranch.backend.reference.ReferenceBackend;
import org.anabranch.backend.simd.SimdBackend;

/**
 * Evaluates two graphs on the same generated inputs, each as it stands, in float64 and in float32,
 * and demands the same bits of every output and gradient; any NaN equals any NaN.
 */
final class RewriteVerifier {
  private static final List<Backend> BACKENDS =
      List.of(ReferenceBackend.literal(), SimdBackend.literal());
  private static final int[] ROWS = {1, 19};

  private RewriteVerifier() {}

  static void verify(Graph before, Graph after) {
    verify(before, after, 1);
  }

  static void verify(Graph before, Graph after, long seed) {
    verify(before, List.of(after), seed);
  }

  /** A graph against others run one after the other, each reading what those before it wrote. */
  static void verify(Graph before, List<Graph> after, long seed) {
    ParameterLayout layout = layout(before);
    for (Backend backend : BACKENDS) {
      for (int rows : ROWS) {
        for (Numbers.Kind kind : Numbers.Kind.values()) {
          Numbers numbers = new Numbers(seed, kind);
          assertThat(run(backend, after, layout, rows, numbers))
              .as("%s, %d rows, %s, seed %d%n%s", backend.name(), rows, kind, seed, before)
              .isEqualTo(run(backend, List.of(before), layout, rows, numbers));
        }
      }
    }
  }

  /** Output and gradient bits by name: two runs into one gradient, so that running sums show. */
  private static Map<String, List<Long>> run(
      Backend backend, List<Graph> stages, ParameterLayout layout, int rows, Numbers numbers) {
    Parameters parameters = backend.parameters(layout);
    parameters.load(numbers.of("parameters", layout.size()));
    Accumulators accumulators = backend.accumulators(layout);
    List<Program.Execution> executions = new ArrayList<>();
    Map<String, Buffer> known = new LinkedHashMap<>();
    Map<String, Buffer> outputs = new LinkedHashMap<>();
    for (Graph graph : stages) {
      graph
          .inputs()
          .forEach(
              (name, v) -> known.computeIfAbsent(name, n -> filled(backend, v, rows, n, numbers)));
      outputs.clear();
      graph.outputs().forEach((name, v) -> outputs.put(name, backend.buffer(v.type(), rows)));
      executions.add(backend.compile(graph, rows).bind(known, outputs, parameters, accumulators));
      known.putAll(outputs);
    }
    executions.forEach(Program.Execution::run);
    executions.forEach(Program.Execution::run);
    Map<String, List<Long>> results = new LinkedHashMap<>();
    outputs.forEach((name, buffer) -> results.put(name, bits(buffer)));
    double[] gradient = new double[layout.size()];
    accumulators.total(gradient);
    results.put("gradient", Numbers.bits(gradient));
    return results;
  }

  private static List<Long> bits(Buffer buffer) {
    double[] values = new double[buffer.count()];
    buffer.get(values);
    return Numbers.bits(values);
  }

  private static Buffer filled(
      Backend backend, Value input, int rows, String name, Numbers numbers) {
    Buffer buffer = backend.buffer(input.type(), rows);
    buffer.set(numbers.of(name, buffer.count()));
    return buffer;
  }

  /** What the graph reads or adds to; no rewriting reads more. */
  private static ParameterLayout layout(Graph graph) {
    Map<String, Shape> shapes = new TreeMap<>();
    for (Value value : graph.order()) {
      if (value.operation() instanceof Operation.Parameter parameter) {
        shapes.put(parameter.name(), parameter.shape());
      }
    }
    for (Accumulation term : graph.accumulations()) {
      shapes.put(term.parameter(), term.term().type().shape());
    }
    return ParameterLayout.of(shapes);
  }
}
