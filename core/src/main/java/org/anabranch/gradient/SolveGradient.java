package org.anabranch.gradient;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.anabranch.backend.Accumulators;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.Parameters;
import org.anabranch.backend.Program;
import org.anabranch.field.Field;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Type;
import org.anabranch.solver.ForwardSolve;
import org.anabranch.solver.Method;
import org.anabranch.solver.ReversibleMethod;
import org.anabranch.solver.State;
import org.anabranch.solver.TimeGrid;

/**
 * A solve and its gradient, compiled for a tile: {@link #forward}, then the cotangent of the
 * solution into {@link #solutionCotangent}, then {@link #backward}, which adds to the accumulators
 * and leaves the cotangent of the initial value in {@link #initialCotangent}. The discrete adjoint:
 * exact for the numbers that the forward solve computed. Not for several threads at a time.
 */
public final class SolveGradient {
  /** Running sums are folded into float64 after so many reverse steps, counted from the end. */
  private static final int STEPS_A_FOLD = 64;

  private final ForwardSolve forward;
  private final TimeGrid grid;
  private final GradientMode mode;
  private final Accumulators accumulators;
  private final Buffer time;
  private final Buffer stepSize;
  private final Buffer initialCotangent;
  private final State initial;
  private final Reconstruction reconstruction;
  private final State[] states = new State[2];
  private final State[] cotangents = new State[2];
  private final Program.Execution[] reverse = new Program.Execution[2];
  private final Program.Execution initPullback;
  private final StateStore store;
  private final String solutionPart;
  private final long bytes;
  private int current;

  /**
   * @param accumulators where the gradient by the parameters goes
   * @throws IllegalArgumentException if the method does not allow the mode
   */
  public SolveGradient(
      Backend backend,
      Method method,
      Field field,
      Parameters parameters,
      Accumulators accumulators,
      TimeGrid grid,
      GradientMode requested,
      int rows) {
    this.grid = grid;
    this.mode = requested.forSolve(method, grid);
    this.accumulators = accumulators;
    forward = new ForwardSolve(backend, method, field, Map.of(), parameters, rows);
    solutionPart = method.state().get(0);
    Map<String, Type> types = ForwardSolve.stateTypes(method, method.init(field));
    store = new StateStore(() -> State.allocate(backend, types, rows));
    initial = State.allocate(backend, types, rows);
    reconstruction = new Reconstruction(rows, field.dimension());
    time = backend.buffer(Type.time(), rows);
    stepSize = backend.buffer(Type.time(), rows);
    initialCotangent = backend.buffer(Type.perSample(field.dimension()), rows);
    Map<String, Type> cotangentTypes = new LinkedHashMap<>();
    types.forEach((name, type) -> cotangentTypes.put(ReverseStep.cotangent(name), type.working()));
    boolean reversible = mode instanceof GradientMode.Reversible;
    Graph graph =
        reversible
            ? ReverseStep.fromEnd((ReversibleMethod) method, field)
            : ReverseStep.fromStart(method, field);
    Program program = backend.compile(graph, rows);
    Program initProgram = backend.compile(ReverseStep.ofInit(method, field), rows);
    for (int i = 0; i < 2; i++) {
      states[i] = State.allocate(backend, types, rows);
      cotangents[i] = State.allocate(backend, cotangentTypes, rows);
    }
    for (int i = 0; i < 2; i++) {
      Map<String, Buffer> inputs = inputs(states[i], cotangents[i]);
      Map<String, Buffer> outputs = new HashMap<>(cotangents[1 - i].parts());
      if (reversible) {
        outputs.putAll(states[1 - i].parts());
      }
      reverse[i] = program.bind(inputs, outputs, parameters, accumulators);
    }
    Map<String, Buffer> inputs = inputs(states[0], cotangents[0]);
    inputs.put("x", forward.initialValue());
    initPullback =
        initProgram.bind(
            inputs, Map.of(ReverseStep.cotangent("x"), initialCotangent), parameters, accumulators);
    bytes =
        program.bytes() + initProgram.bytes() + 3 * states[0].bytes() + 2 * cotangents[0].bytes();
  }

  private Map<String, Buffer> inputs(State state, State cotangent) {
    Map<String, Buffer> inputs = new HashMap<>(state.parts());
    inputs.putAll(cotangent.parts());
    inputs.put("t", time);
    inputs.put("h", stepSize);
    return inputs;
  }

  /** The forward solve, for its initial value, solution and state. */
  public ForwardSolve solve() {
    return forward;
  }

  /** The mode in use, settled for the method and the grid. */
  public GradientMode mode() {
    return mode;
  }

  /** Solves from {@code solve().initialValue()} and keeps what the mode needs. */
  public void forward() {
    store.clear();
    int every = keepEvery();
    forward.run(
        grid,
        (step, state) -> {
          if (step == 0) {
            initial.copyFrom(state);
          }
          if (every > 0 && step % every == 0) {
            store.keep(step, state);
          }
        });
  }

  private int keepEvery() {
    if (mode instanceof GradientMode.Direct) {
      return 1;
    }
    return mode instanceof GradientMode.Checkpointed checkpointed ? checkpointed.every() : 0;
  }

  /** Where the cotangent of the solution goes before {@link #backward}: [rows × dim]. */
  public Buffer solutionCotangent() {
    return cotangents[0].part(ReverseStep.cotangent(solutionPart));
  }

  /** The cotangent of the initial value after {@link #backward}: [rows × dim]. */
  public Buffer initialCotangent() {
    return initialCotangent;
  }

  /** The state at the start as {@link #backward} came back to it. */
  public State restored() {
    return states[current];
  }

  /** Whether the mode restores states bit for bit, so that {@link #isRestored} must hold. */
  public boolean isBitExact() {
    return mode instanceof GradientMode.Reversible
        && forward.method() instanceof ReversibleMethod reversible
        && reversible.bitExact();
  }

  /**
   * Whether {@link #backward} came back to the very start of a sample. The reversible mode reads
   * both states once for all samples: ask for each sample of a tile in ascending order.
   */
  public boolean isRestored(int row) {
    if (row == 0) {
      reconstruction.measure(initial, restored());
    }
    return reconstruction.error(row) == 0;
  }

  /** The largest distance of any number of a sample's restored state from its start. */
  public double reconstructionError(int row) {
    reconstruction.measure(initial, restored());
    return reconstruction.error(row);
  }

  /** Pulls the solution's cotangent back to the initial value and the parameters. */
  public void backward() {
    cotangents[0]
        .parts()
        .forEach(
            (name, buffer) -> {
              if (!name.equals(ReverseStep.cotangent(solutionPart))) {
                buffer.fill(0);
              }
            });
    current = 0;
    if (mode instanceof GradientMode.Reversible) {
      states[0].copyFrom(forward.state());
    }
    for (int step = grid.steps() - 1; step >= 0; step--) {
      if (!(mode instanceof GradientMode.Reversible)) {
        fetch(step);
      }
      time.fill(grid.time(step));
      stepSize.fill(grid.size(step));
      reverse[current].run();
      current = 1 - current;
      if ((grid.steps() - step) % STEPS_A_FOLD == 0) {
        accumulators.fold();
      }
    }
    time.fill(grid.start());
    cotangents[0].copyFrom(cotangents[current]);
    initPullback.run();
    accumulators.fold();
  }

  /**
   * Brings the state before a step into place, computing its segment again where it was dropped.
   */
  private void fetch(int step) {
    if (!store.holds(step)) {
      int start = step - step % keepEvery();
      int end = Math.min(start + keepEvery(), grid.steps());
      forward.replay(grid, start, end, store.get(start), store::keep);
    }
    states[current].copyFrom(store.get(step));
    store.release(step);
  }

  /** The bytes reserved for programs, states and, in the modes that keep them, stored states. */
  public long bytes() {
    return bytes + forward.bytes() + store.bytes();
  }
}
