package org.anabranch.solver;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.Parameters;
import org.anabranch.backend.Program;
import org.anabranch.field.Field;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Type;
import org.jspecify.annotations.Nullable;

/**
 * Tries of steps compiled for some number of slots, each of which holds a sample: what {@link
 * AdaptiveSolve} runs at full width at first and narrower when samples have finished.
 */
final class AttemptTile {
  final int slots;

  /** The sample in each slot. */
  final int[] samples;

  final double[] starts;
  final double[] ends;
  final double[] sizes;

  /** Of each slot's step, for {@link #within}: NaN where it is not asked. */
  final double[] fractions;

  final double[] ratios;
  private final double[] mask;
  private final Buffer time;
  private final Buffer stepSize;
  private final Buffer active;
  private final Buffer ratio;
  private final Buffer solution;
  private final Map<String, Buffer> context;
  private final DrivenInputs driven;
  private final State[] states = new State[2];
  private final Program.Execution[] attempts = new Program.Execution[2];
  private final Program.Execution[] outputs = new Program.Execution[2];
  private final List<Map<String, Buffer>> stepInputs = new ArrayList<>();
  private final Backend backend;
  private final Parameters parameters;
  private final long bytes;
  private @Nullable DenseTile dense;
  private int current;

  /** The graphs that tiles of every width run. */
  record Graphs(
      Graph attempt,
      Graph solution,
      Map<String, Type> state,
      Map<String, Type> context,
      @Nullable Drive drive) {
    static Graphs of(Method method, Field field, AdaptiveSteps steps, @Nullable Drive drive) {
      Map<String, Type> state = ForwardSolve.stateTypes(method, OwnTimes.of(method).init(field));
      Map<String, Type> context = new HashMap<>();
      field.context().forEach((name, value) -> context.put(name, value.type()));
      if (drive != null) {
        context.keySet().removeAll(drive.names());
      }
      return new Graphs(
          AttemptGraph.of(method, field, steps),
          SolutionGraph.of(method, state),
          state,
          context,
          drive);
    }
  }

  AttemptTile(Backend backend, Graphs graphs, Parameters parameters, int slots) {
    this.backend = backend;
    this.parameters = parameters;
    this.slots = slots;
    samples = new int[slots];
    starts = new double[slots];
    ends = new double[slots];
    sizes = new double[slots];
    fractions = new double[slots];
    ratios = new double[slots];
    mask = new double[slots];
    time = backend.buffer(OwnTimes.time(), slots);
    stepSize = backend.buffer(OwnTimes.time(), slots);
    active = backend.buffer(Type.perSampleScalar(), slots);
    ratio = backend.buffer(Type.perSampleScalar(), slots);
    context = new HashMap<>();
    graphs.context().forEach((name, type) -> context.put(name, backend.buffer(type, slots)));
    driven = new DrivenInputs(backend, graphs.drive(), samples);
    Program attempt = backend.compile(graphs.attempt(), slots);
    Program output = backend.compile(graphs.solution(), slots);
    solution = backend.buffer(graphs.solution().output("y").type(), slots);
    for (int i = 0; i < 2; i++) {
      states[i] = State.allocate(backend, graphs.state(), slots);
    }
    for (int i = 0; i < 2; i++) {
      Map<String, Buffer> inputs = new HashMap<>(context);
      inputs.putAll(driven.buffers());
      inputs.putAll(driven.heldBuffers());
      inputs.putAll(Map.of("t", time, "h", stepSize, OwnTimes.ACTIVE, active));
      inputs.putAll(states[i].parts());
      stepInputs.add(inputs);
      Map<String, Buffer> results = new HashMap<>(states[1 - i].parts());
      results.put("ratio", ratio);
      attempts[i] = attempt.bind(inputs, results, parameters, null);
      outputs[i] = output.bind(inputs, Map.of("y", solution), parameters, null);
    }
    bytes =
        attempt.bytes()
            + output.bytes()
            + states[0].bytes()
            + states[1].bytes()
            + context.values().stream().mapToLong(Buffer::bytes).sum()
            + driven.bytes()
            + solution.bytes();
  }

  /** The state that the last try left, and that the next one starts from. */
  State state() {
    return states[current];
  }

  /** The state that the last try started from. */
  State before() {
    return states[1 - current];
  }

  /** Puts a sample into a slot, from a tile of states and one of context. */
  void place(int slot, int sample, State from, int row, Map<String, Buffer> contexts, int at) {
    samples[slot] = sample;
    mask[slot] = 1;
    states[current].copyRow(slot, from, row);
    context.forEach(
        (name, buffer) -> {
          Buffer source = contexts.get(name);
          if (source == null) {
            throw new IllegalArgumentException(
                "Adaptive solve: no context is called '%s'. Given are %s."
                    .formatted(name, contexts.keySet()));
          }
          buffer.copySample(slot, source, at);
        });
  }

  Map<String, Buffer> context() {
    return context;
  }

  /** Leaves a slot without a sample. */
  void clear(int slot) {
    mask[slot] = 0;
    sizes[slot] = 0;
    ends[slot] = starts[slot];
  }

  boolean isTaken(int slot) {
    return mask[slot] != 0;
  }

  /** Tries steps from {@link #starts} of {@link #sizes}; the norms are in {@link #ratios} then. */
  void attempt() {
    time.set(starts);
    stepSize.set(sizes);
    active.set(mask);
    driven.toStep(starts, ends);
    driven.hold(starts);
    attempts[current].run();
    current = 1 - current;
    ratio.get(ratios);
  }

  /** The solution of every slot at the state that the last try left. */
  Buffer solution() {
    outputs[current].run();
    return solution;
  }

  /** Makes {@link #within} ready for the last try's steps. */
  void prepareDense(DenseTile.Graphs graphs) {
    if (dense == null) {
      dense = new DenseTile(backend, graphs, parameters, stepInputs, slots);
    }
    dense.prepare(1 - current);
  }

  /** The solution of every slot at its fraction of the last try's step. */
  Buffer within() {
    return Objects.requireNonNull(dense, "prepared").at(1 - current, fractions);
  }

  long bytes() {
    return bytes + (dense == null ? 0 : dense.bytes());
  }
}
