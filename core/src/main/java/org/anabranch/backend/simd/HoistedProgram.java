package org.anabranch.backend.simd;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.anabranch.backend.Accumulators;
import org.anabranch.backend.BindingCheck;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.Parameters;
import org.anabranch.backend.Program;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Hoisting;
import org.anabranch.graph.Value;
import org.jspecify.annotations.Nullable;

/**
 * A program whose values of parameters alone are computed once an update of the parameters, not at
 * each run. What depends on the time of a step as well has no rows, so its cost does not grow with
 * the samples, and it stays in the body.
 */
final class HoistedProgram implements Program {
  private final Graph graph;
  private final SimdProgram prologue;
  private final SimdProgram body;
  private final Map<String, Buffer> hoisted = new LinkedHashMap<>();
  private @Nullable SimdParameters computedFrom;
  private long computedVersion;

  private HoistedProgram(
      Graph graph, Hoisting parts, KernelCalls kernels, Storage storage, int rows) {
    this.graph = graph;
    prologue = new SimdProgram(kernels, storage, parts.prologue(), 1);
    body = new SimdProgram(kernels, storage, parts.body(), rows);
    parts
        .prologue()
        .outputs()
        .forEach((name, value) -> hoisted.put(name, new SimdBuffer(storage, value.type(), 1)));
  }

  /** The program of a graph, in two parts where that saves anything. */
  static Program of(Graph graph, KernelCalls kernels, Storage storage, int rows) {
    Hoisting parts = Hoisting.of(graph, Set.of());
    return parts.prologue().outputs().isEmpty()
        ? new SimdProgram(kernels, storage, graph, rows)
        : new HoistedProgram(graph, parts, kernels, storage, rows);
  }

  /** What {@link Program#bytes} of {@link #of} will be. */
  static long bytes(Graph graph, WorkingPrecision precision, int rows) {
    Hoisting parts = Hoisting.of(graph, Set.of());
    if (parts.prologue().outputs().isEmpty()) {
      return SimdProgram.bytes(graph, precision, rows);
    }
    long bytes = SimdProgram.bytes(parts.prologue(), precision, 1);
    for (Value value : parts.prologue().outputs().values()) {
      int cell = precision.isDouble(value.type()) ? Double.BYTES : Float.BYTES;
      bytes += (long) cell * Layout.length(value.type(), 1);
    }
    return bytes + SimdProgram.bytes(parts.body(), precision, rows);
  }

  @Override
  public Graph graph() {
    return graph;
  }

  @Override
  public int rows() {
    return body.rows();
  }

  @Override
  public long bytes() {
    long bytes = prologue.bytes() + body.bytes();
    for (Buffer buffer : hoisted.values()) {
      bytes += buffer.bytes();
    }
    return bytes;
  }

  @Override
  public Execution bind(
      Map<String, Buffer> inputs,
      Map<String, Buffer> outputs,
      Parameters parameters,
      @Nullable Accumulators accumulators) {
    new BindingCheck(graph, rows()).require(inputs, outputs, parameters, accumulators);
    Map<String, Buffer> all = new HashMap<>(inputs);
    all.putAll(hoisted);
    Execution early = prologue.bind(Map.of(), hoisted, parameters, null);
    Execution late = body.bind(all, outputs, parameters, accumulators);
    SimdParameters versions = (SimdParameters) parameters;
    return () -> {
      if (computedFrom != versions || computedVersion != versions.version()) {
        early.run();
        computedFrom = versions;
        computedVersion = versions.version();
      }
      late.run();
    };
  }
}
