package org.anabranch.gradient;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anabranch.backend.Accumulators;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.Parameters;
import org.anabranch.backend.Program;
import org.anabranch.field.Field;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Type;
import org.anabranch.solver.AdaptiveSolve;
import org.anabranch.solver.AdaptiveSpan;
import org.anabranch.solver.Clock;
import org.anabranch.solver.ForwardSolve;
import org.anabranch.solver.GridClock;
import org.anabranch.solver.Method;
import org.anabranch.solver.OwnClock;
import org.anabranch.solver.OwnTimes;
import org.anabranch.solver.ReversibleMethod;
import org.anabranch.solver.SampleReport;
import org.anabranch.solver.Spans;
import org.anabranch.solver.State;
import org.anabranch.solver.StepTimes;
import org.anabranch.solver.Stepping;
import org.anabranch.solver.TileSolve;
import org.anabranch.solver.TimeGrid;
import org.jspecify.annotations.Nullable;

/**
 * A solve and its gradient, compiled for a tile: {@link #forward}, then the cotangent of the
 * solution into {@link #solutionCotangent}, then {@link #backward}, which adds to the accumulators
 * and leaves the cotangent of the initial value in {@link #initialCotangent}. The discrete adjoint:
 * exact for the numbers that the forward solve computed. Not for several threads at a time.
 */
public final class SolveGradient {
  /** Running sums are folded into float64 after so many reverse steps, counted from the end. */
  private static final int STEPS_A_FOLD = 64;

  private final Method method;
  private final ForwardSolve forward;
  private final @Nullable AdaptiveSolve search;
  private final Clock clock;
  private final GradientMode mode;
  private final Accumulators accumulators;
  private final Buffer initialCotangent;
  private final State initial;
  private final Reconstruction reconstruction;
  private final State[] states = new State[2];
  private final State[] cotangents = new State[2];
  private final Program.Execution[] reverse = new Program.Execution[2];
  private final Program.Execution initPullback;
  private final StateStore store;
  private final KeepOwn keepOwn = new KeepOwn();
  private final @Nullable Spans spans;
  private final String solutionPart;
  private final long bytes;
  private int current;

  /**
   * @param accumulators where the gradient by the parameters goes
   * @throws IllegalArgumentException if the method does not allow the mode or the stepping
   */
  public SolveGradient(
      Backend backend,
      Method requestedMethod,
      Field field,
      Parameters parameters,
      Accumulators accumulators,
      Stepping stepping,
      GradientMode requested,
      int rows) {
    this.mode = requested.forSolve(requestedMethod, stepping);
    this.accumulators = accumulators;
    if (stepping instanceof AdaptiveSpan adaptive) {
      method = OwnTimes.of(requestedMethod);
      search =
          new AdaptiveSolve(
              backend, requestedMethod, field, Map.of(), parameters, adaptive.steps(), rows);
      clock = new OwnClock(backend, search.times());
      spans = Spans.same(rows, adaptive.start(), adaptive.end());
    } else {
      method = requestedMethod;
      search = null;
      spans = null;
      clock = new GridClock(backend, (TimeGrid) stepping);
    }
    forward = new ForwardSolve(backend, method, field, Map.of(), parameters, clock, rows);
    solutionPart = method.state().get(0);
    Map<String, Type> types = ForwardSolve.stateTypes(method, method.init(field));
    store = new StateStore(() -> State.allocate(backend, types, rows));
    initial = State.allocate(backend, types, rows);
    reconstruction = new Reconstruction(rows, field.dimension());
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
    inputs.put("x", solve().initialValue());
    initPullback =
        initProgram.bind(
            inputs, Map.of(ReverseStep.cotangent("x"), initialCotangent), parameters, accumulators);
    bytes =
        program.bytes() + initProgram.bytes() + 3 * states[0].bytes() + 2 * cotangents[0].bytes();
  }

  private Map<String, Buffer> inputs(State state, State cotangent) {
    Map<String, Buffer> inputs = new HashMap<>(state.parts());
    inputs.putAll(cotangent.parts());
    inputs.putAll(clock.buffers());
    return inputs;
  }

  /** The solve, for its initial value, solution and state. */
  public TileSolve solve() {
    return search == null ? forward : search;
  }

  /** The mode in use, settled for the method and the stepping. */
  public GradientMode mode() {
    return mode;
  }

  /** Solves from {@code solve().initialValue()} and keeps what the mode needs. */
  public void forward() {
    store.clear();
    if (search == null || spans == null) {
      forward.run(this::keep);
    } else {
      search.run(spans, keepOwn);
    }
  }

  /** Sees the state before each step of {@link #again}. */
  public interface Follower {
    void beforeStep(ForwardSolve solving, int step, State state);
  }

  /** Takes the steps of the last solve again, for a follower to see. */
  public ForwardSolve again(Follower follower) {
    if (search != null) {
      forward.initialValue().copyFrom(search.initialValue());
    }
    forward.run((step, state) -> follower.beforeStep(forward, step, state));
    return forward;
  }

  /** How each sample's adaptive solve went; empty on a fixed grid. */
  public List<SampleReport> reports() {
    return search == null ? List.of() : search.reports();
  }

  private void keep(int step, State state) {
    if (step == 0) {
      initial.copyFrom(state);
    }
    if (keepEvery() > 0 && step % keepEvery() == 0) {
      store.keep(step, state);
    }
  }

  /** What {@link #keep} does, a sample at a time. */
  private final class KeepOwn implements AdaptiveSolve.Observer {
    @Override
    public void accepted(int sample, int step, State before, State after, int slot) {
      if (step == 0) {
        initial.copyRow(sample, before, slot);
      }
      if (keepEvery() > 0 && step % keepEvery() == 0) {
        store.keep(step, sample, before, slot);
      }
    }
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
        && method instanceof ReversibleMethod reversible
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
    boolean reversible = mode instanceof GradientMode.Reversible;
    if (reversible) {
      states[0].copyFrom(solve().state());
    }
    int steps = clock.steps();
    for (int step = steps - 1; step >= 0; step--) {
      if (!reversible) {
        fetch(step);
      }
      rest(step);
      clock.toStep(step);
      reverse[current].run();
      current = 1 - current;
      if ((steps - step) % STEPS_A_FOLD == 0) {
        accumulators.fold();
      }
    }
    clock.toStart();
    cotangents[0].copyFrom(cotangents[current]);
    initPullback.run();
    accumulators.fold();
  }

  /**
   * Gives samples that have no such step their state at the start, where the field has been
   * evaluated: what a resting sample computes is multiplied by zero, and must not be NaN. The
   * reversible mode gets a sample's end state when its last step comes.
   */
  private void rest(int step) {
    if (search == null) {
      return;
    }
    StepTimes times = search.times();
    boolean reversible = mode instanceof GradientMode.Reversible;
    for (int row = 0; row < times.rows(); row++) {
      if (step >= times.steps(row)) {
        states[current].copyRow(row, initial, row);
      } else if (reversible && step == times.steps(row) - 1) {
        states[current].copyRow(row, search.state(), row);
      }
    }
  }

  /**
   * Brings the state before a step into place, computing its segment again where it was dropped.
   */
  private void fetch(int step) {
    if (!store.holds(step)) {
      int start = step - step % keepEvery();
      int end = Math.min(start + keepEvery(), clock.steps());
      forward.replay(start, end, store.get(start), store::keep);
    }
    states[current].copyFrom(store.get(step));
    store.release(step);
  }

  /** The bytes reserved for programs, states and, in the modes that keep them, stored states. */
  public long bytes() {
    return bytes + forward.bytes() + store.bytes() + (search == null ? 0 : search.bytes());
  }
}
