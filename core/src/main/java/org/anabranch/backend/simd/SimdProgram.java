package org.anabranch.backend.simd;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.anabranch.backend.Accumulators;
import org.anabranch.backend.BindingCheck;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.Parameters;
import org.anabranch.backend.Program;
import org.anabranch.graph.Accumulation;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Operation;
import org.anabranch.graph.Reshape;
import org.anabranch.graph.Value;
import org.jspecify.annotations.Nullable;

/**
 * A graph as a list of kernel calls over one arena. Which values need a place, and which operations
 * one kernel does together, is decided once for all executions: see {@link Fusion}.
 */
final class SimdProgram implements Program {
  private final KernelCalls kernels;
  private final Storage storage;
  private final WorkingPrecision precision;
  private final Graph graph;
  private final int rows;
  private final Fusion fusion;
  private final Arena arena;

  SimdProgram(KernelCalls kernels, Storage storage, Graph graph, int rows) {
    this.kernels = kernels;
    this.storage = storage;
    precision = storage.precision();
    this.graph = graph;
    this.rows = rows;
    fusion = Fusion.of(graph);
    arena = Arena.plan(precision, graph, fusion, rows).reserve(storage);
  }

  /** What {@link #bytes()} of the graph's program will be. */
  static long bytes(Graph graph, WorkingPrecision precision, int rows) {
    return Arena.plan(precision, graph, Fusion.of(graph), rows).bytes();
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
    return arena.bytes();
  }

  @Override
  public Execution bind(
      Map<String, Buffer> inputs,
      Map<String, Buffer> outputs,
      Parameters parameters,
      @Nullable Accumulators accumulators) {
    new BindingCheck(graph, rows).require(inputs, outputs, parameters, accumulators);
    SimdParameters packed = (SimdParameters) parameters;
    Map<Value, Place> places = new IdentityHashMap<>(arena.places());
    Map<Value, List<Place>> targets = claimOutputs(outputs, places);
    for (Value value : graph.order()) {
      if (value.operation() instanceof Operation.Input input) {
        places.put(value, place(inputs.get(input.name())));
      } else if (value.operation() instanceof Operation.Parameter parameter) {
        places.put(value, packed.place(parameter));
      } else if (value.operation() instanceof Operation.Constant constant) {
        places.put(value, constantPlace(constant));
      } else if (value.operation() instanceof Reshape reshape) {
        Place place = places.get(reshape.x());
        places.put(value, Objects.requireNonNull(place).as(value.type()));
      }
    }
    List<Instruction> instructions = new ArrayList<>();
    Emitter emitter =
        new Emitter(kernels, storage, places, fusion.skipped(), packed, rows, instructions);
    for (Value value : graph.order()) {
      if (!fusion.skipped().contains(value)) {
        emitter.emit(value);
      }
    }
    for (Accumulation term : graph.accumulations()) {
      if (accumulators != null) {
        emitter.accumulate(term, (SimdAccumulators) accumulators);
      }
    }
    targets.forEach(
        (value, copies) -> copies.forEach(copy -> emitter.copy(emitter.place(value), copy)));
    Instruction[] list = instructions.toArray(new Instruction[0]);
    return () -> {
      for (Instruction instruction : list) {
        instruction.run();
      }
    };
  }

  /**
   * Lets the operation of an output write to the caller's buffer. An input that is passed through,
   * or a value that is two outputs, is copied at the end.
   */
  private Map<Value, List<Place>> claimOutputs(
      Map<String, Buffer> outputs, Map<Value, Place> places) {
    Map<Value, List<Place>> copies = new IdentityHashMap<>();
    Map<Value, Boolean> claimed = new IdentityHashMap<>();
    outputs.forEach(
        (name, buffer) -> {
          Value value = graph.output(name);
          if (arena.places().containsKey(value) && claimed.put(value, true) == null) {
            places.put(value, place(buffer));
          } else {
            copies.computeIfAbsent(value, v -> new ArrayList<>()).add(place(buffer));
          }
        });
    return copies;
  }

  private Place place(@Nullable Buffer buffer) {
    if (buffer == null) {
      throw new AssertionError("unchecked binding");
    }
    Place place = ((SimdBuffer) buffer).place();
    if (place.isDouble() != precision.isDouble(place.type())) {
      throw new IllegalArgumentException(
          "Program %s: it works in %s, but a buffer of %s belongs to a backend of the other precision. Make both by one backend."
              .formatted(graph.name(), precision, place.type()));
    }
    return place;
  }

  private final Map<Operation.Constant, Place> constants = new HashMap<>();

  private Place constantPlace(Operation.Constant constant) {
    return constants.computeIfAbsent(
        constant,
        c -> {
          SimdBuffer buffer = new SimdBuffer(storage, c.type(), 1);
          if (c.type().shape().isScalar()) {
            buffer.fill(c.values().get(0));
          } else {
            buffer.set(c.values().stream().mapToDouble(Double::doubleValue).toArray());
          }
          return buffer.place();
        });
  }
}
