package org.anabranch.backend.simd;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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
 * A graph as a list of kernel calls over one arena. What is decided once for all executions is
 * here: which values need a place, which sums over rows go straight into a gradient, which biases a
 * product starts from.
 */
final class SimdProgram implements Program {
  private final Kernels kernels;
  private final Graph graph;
  private final int rows;
  private final Set<Value> fused = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Arena arena;

  SimdProgram(Kernels kernels, Graph graph, int rows) {
    this.kernels = kernels;
    this.graph = graph;
    this.rows = rows;
    Map<Value, Integer> uses = uses(graph);
    for (Accumulation term : graph.accumulations()) {
      if (isRowSum(term.term()) && uses.getOrDefault(term.term(), 0) == 1) {
        fused.add(term.term());
      }
    }
    for (Value value : graph.order()) {
      if (value.operation() instanceof Reshape) {
        fused.add(value);
      }
      Operation.Product product = Biased.productOf(value);
      if (product != null && uses.getOrDefault(Biased.operandOf(value), 0) == 1) {
        fused.add(Biased.operandOf(value));
      }
      RoundedIncrement increment = RoundedIncrement.of(value);
      if (increment != null
          && increment.skipped().stream().allMatch(v -> uses.getOrDefault(v, 0) == 1)) {
        fused.addAll(increment.skipped());
      }
    }
    Set<Value> inner = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Value value : graph.order()) {
      Operation operation = value.operation();
      boolean given =
          operation instanceof Operation.Input
              || operation instanceof Operation.Parameter
              || operation instanceof Operation.Constant;
      if (!given && !fused.contains(value)) {
        inner.add(value);
      }
    }
    arena = Arena.plan(graph, inner, fused, rows);
  }

  private static boolean isRowSum(Value value) {
    return value.operation() instanceof Operation.RowProduct
        || (value.operation() instanceof Operation.RowSum sum
            && sum.x().type().shape().rank() < 2); // gradients of matrices lie otherwise
  }

  /** How often each value is read by an operation, an output or a term. */
  private static Map<Value, Integer> uses(Graph graph) {
    Map<Value, Integer> uses = new IdentityHashMap<>();
    for (Value value : graph.order()) {
      value.operation().operands().forEach(v -> uses.merge(v, 1, Integer::sum));
    }
    graph.outputs().values().forEach(v -> uses.merge(v, 1, Integer::sum));
    graph.accumulations().forEach(term -> uses.merge(term.term(), 1, Integer::sum));
    return uses;
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
    Emitter emitter = new Emitter(kernels, places, fused, packed, rows, instructions);
    for (Value value : graph.order()) {
      if (!fused.contains(value)) {
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

  private static Place place(@Nullable Buffer buffer) {
    if (buffer == null) {
      throw new AssertionError("unchecked binding");
    }
    return ((SimdBuffer) buffer).place();
  }

  private final Map<Operation.Constant, Place> constants = new HashMap<>();

  private Place constantPlace(Operation.Constant constant) {
    return constants.computeIfAbsent(
        constant,
        c -> {
          SimdBuffer buffer = new SimdBuffer(c.type(), 1);
          if (c.type().shape().isScalar()) {
            buffer.fill(c.values().get(0));
          } else {
            buffer.set(c.values().stream().mapToDouble(Double::doubleValue).toArray());
          }
          return buffer.place();
        });
  }
}
