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
import org.anabranch.solver.Clock;
import org.anabranch.solver.ForwardSolve;
import org.anabranch.solver.Method;
import org.anabranch.solver.OwnTimes;
import org.anabranch.solver.ReversibleMethod;
import org.anabranch.solver.State;

/** The programs of the backward pass and the two states and cotangents that take turns in them. */
final class ReversePass {
  private static final String TIME = ReverseStep.cotangent("t");
  private static final String SIZE = ReverseStep.cotangent("h");

  private final boolean reversible;
  private final String solution;
  private final Buffer initialCotangent;
  private final Map<String, Buffer> byTime = new HashMap<>();
  private final double[] timeNumbers;
  private final double[] sizeNumbers;
  private final State[] states = new State[2];
  private final State[] cotangents = new State[2];
  private final Program.Execution[] steps = new Program.Execution[2];
  private final Program.Execution initPullback;
  private final State contextCotangents;
  private final long bytes;
  private int current;

  ReversePass(
      Backend backend,
      Method method,
      Field field,
      Map<String, Buffer> context,
      Parameters parameters,
      Accumulators accumulators,
      Clock clock,
      Buffer initialValue,
      boolean reversible,
      Demands demands,
      int rows) {
    this.reversible = reversible;
    solution = ReverseStep.cotangent(method.state().get(0));
    Map<String, Type> types = ForwardSolve.stateTypes(method, method.init(field));
    Map<String, Type> ofState = new LinkedHashMap<>();
    types.forEach((name, type) -> ofState.put(ReverseStep.cotangent(name), type.working()));
    Map<String, Type> ofContext = new LinkedHashMap<>();
    if (demands.context()) {
      field
          .context()
          .forEach((name, value) -> ofContext.put(ReverseStep.cotangent(name), value.type()));
    }
    Map<String, Type> all = new LinkedHashMap<>(ofState);
    all.putAll(ofContext);
    for (int i = 0; i < 2; i++) {
      states[i] = State.allocate(backend, types, rows);
      cotangents[i] = State.allocate(backend, all, rows);
    }
    contextCotangents = State.allocate(backend, ofContext, rows);
    initialCotangent = backend.buffer(Type.perSample(field.dimension()), rows);
    timeNumbers = new double[demands.times() ? rows : 0];
    sizeNumbers = new double[demands.times() ? rows : 0];
    if (demands.times()) {
      byTime.put(TIME, backend.buffer(OwnTimes.time().working(), rows));
      byTime.put(SIZE, backend.buffer(OwnTimes.time().working(), rows));
    }
    Graph graph =
        reversible
            ? ReverseStep.fromEnd((ReversibleMethod) method, field, demands)
            : ReverseStep.fromStart(method, field, demands);
    Program program = backend.compile(graph, rows);
    Program initProgram = backend.compile(ReverseStep.ofInit(method, field, demands), rows);
    Map<String, Buffer> fixed = new HashMap<>(context);
    fixed.putAll(clock.buffers());
    for (int i = 0; i < 2; i++) {
      Map<String, Buffer> inputs = new HashMap<>(fixed);
      inputs.putAll(states[i].parts());
      inputs.putAll(cotangents[i].parts());
      Map<String, Buffer> outputs = new HashMap<>(cotangents[1 - i].parts());
      outputs.putAll(byTime);
      if (reversible) {
        outputs.putAll(states[1 - i].parts());
      }
      steps[i] = program.bind(inputs, outputs, parameters, accumulators);
    }
    Map<String, Buffer> inputs = new HashMap<>(fixed);
    inputs.put("x", initialValue);
    inputs.putAll(cotangents[0].parts());
    Map<String, Buffer> outputs = new HashMap<>(contextCotangents.parts());
    outputs.put(ReverseStep.cotangent("x"), initialCotangent);
    if (demands.times()) {
      outputs.put(TIME, byTime.get(TIME));
    }
    initPullback = initProgram.bind(inputs, outputs, parameters, accumulators);
    bytes =
        program.bytes() + initProgram.bytes() + 2 * states[0].bytes() + 2 * cotangents[0].bytes();
  }

  /** The two buffers of the solution's cotangent; the caller's cotangent goes to the first. */
  Buffer[] solutionCotangents() {
    return new Buffer[] {cotangents[0].part(solution), cotangents[1].part(solution)};
  }

  /** Which of the two is in use. */
  int current() {
    return current;
  }

  Buffer solutionCotangent() {
    return cotangents[current].part(solution);
  }

  /** The state after the step that comes next, or where states are kept, before it. */
  State state() {
    return states[current];
  }

  /** Clears every cotangent but the solution's. */
  void start(State end) {
    cotangents[0]
        .parts()
        .forEach(
            (name, buffer) -> {
              if (!name.equals(solution)) {
                buffer.fill(0);
              }
            });
    current = 0;
    if (reversible) {
      states[0].copyFrom(end);
    }
  }

  void step() {
    steps[current].run();
    current = 1 - current;
  }

  /** From the first state to the initial value. */
  void end() {
    cotangents[0].copyFrom(cotangents[current]);
    initPullback.run();
  }

  Buffer initialCotangent() {
    return initialCotangent;
  }

  Buffer contextCotangent(String name) {
    return contextCotangents.part(ReverseStep.cotangent(name));
  }

  /** What the last step's time got, sample by sample. */
  double[] timeCotangents() {
    return numbers(TIME, timeNumbers);
  }

  /** What the last step's size got, sample by sample. */
  double[] sizeCotangents() {
    return numbers(SIZE, sizeNumbers);
  }

  /** What the time of the initial state got, sample by sample. */
  double[] startTimeCotangents() {
    return numbers(TIME, timeNumbers);
  }

  private double[] numbers(String name, double[] target) {
    Buffer buffer = byTime.get(name);
    if (buffer == null) {
      throw new IllegalStateException("Solve: cotangents of times were not demanded.");
    }
    buffer.get(target);
    return target;
  }

  long bytes() {
    return bytes;
  }
}
