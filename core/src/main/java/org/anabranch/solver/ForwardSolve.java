package org.anabranch.solver;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.Parameters;
import org.anabranch.backend.Program;
import org.anabranch.field.Field;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Type;
import org.jspecify.annotations.Nullable;

/**
 * A method compiled for a field and a tile: the loop of the steps of a {@link Clock}. Two states
 * take turns, so a step allocates nothing. Not for several threads at a time.
 */
public final class ForwardSolve implements TileSolve {
  /** Sees the state before each step, for instance to keep it. */
  public interface Observer {
    void beforeStep(int step, State state);

    /** The same before the jumps that are taken there. */
    default void arrived(int step, State state) {}
  }

  /** Moves samples to the states that they restart from before a step. */
  interface Restarting {
    void beforeStep(int step, State state);
  }

  private final Method method;
  private final Clock clock;
  private final Buffer initialValue;
  private final Buffer solution;
  private final @Nullable Buffer defect;
  private final State[] states = new State[2];
  private final Program.Execution init;
  private final Program.Execution[] steps = new Program.Execution[2];
  private final Program.Execution[] outputs = new Program.Execution[2];
  private final Program.Execution @Nullable [] defects;
  private final long bytes;
  private @Nullable Restarting restarting;
  private int current;

  /**
   * @param context a buffer for each of the field's context inputs
   * @param clock the steps; a {@link GridClock}, or for a method with {@link OwnTimes} an {@link
   *     OwnClock}
   */
  public ForwardSolve(
      Backend backend,
      Method method,
      Field field,
      Map<String, Buffer> context,
      Parameters parameters,
      Clock clock,
      int rows) {
    this.method = method;
    this.clock = clock;
    Type y = Type.perSample(field.dimension());
    initialValue = backend.buffer(y, rows);
    solution = backend.buffer(y, rows);
    Graph initGraph = method.init(field);
    Graph defectGraph = method.defect(field).orElse(null);
    Map<String, Type> types = stateTypes(method, initGraph);
    Program initProgram = backend.compile(initGraph, rows);
    Program stepProgram = backend.compile(method.step(field), rows);
    Program outputProgram = backend.compile(SolutionGraph.of(method, types), rows);
    Program defectProgram = defectGraph == null ? null : backend.compile(defectGraph, rows);
    defect = defectGraph == null ? null : backend.buffer(Type.perSampleScalar(), rows);
    defects = defectGraph == null ? null : new Program.Execution[2];
    Map<String, Buffer> fixed = new HashMap<>(context);
    fixed.putAll(clock.buffers());
    fixed.put("x", initialValue);
    for (int i = 0; i < 2; i++) {
      states[i] = State.allocate(backend, types, rows);
    }
    init = initProgram.bind(fixed, states[0].parts(), parameters, null);
    for (int i = 0; i < 2; i++) {
      Map<String, Buffer> inputs = new HashMap<>(fixed);
      inputs.putAll(states[i].parts());
      steps[i] = stepProgram.bind(inputs, states[1 - i].parts(), parameters, null);
      outputs[i] = outputProgram.bind(inputs, Map.of("y", solution), parameters, null);
      if (defects != null && defectProgram != null && defect != null) {
        defects[i] = defectProgram.bind(inputs, Map.of("defect", defect), parameters, null);
      }
    }
    bytes =
        initProgram.bytes()
            + stepProgram.bytes()
            + outputProgram.bytes()
            + (defectProgram == null ? 0 : defectProgram.bytes())
            + states[0].bytes()
            + states[1].bytes()
            + initialValue.bytes()
            + solution.bytes();
  }

  void restartBy(Restarting jumps) {
    restarting = jumps;
  }

  /** The types of a method's state, read off its {@code init}. */
  public static Map<String, Type> stateTypes(Method method, Graph init) {
    Map<String, Type> types = new LinkedHashMap<>();
    method.state().forEach(name -> types.put(name, init.output(name).type()));
    return types;
  }

  @Override
  public Buffer initialValue() {
    return initialValue;
  }

  @Override
  public Buffer solution() {
    return solution;
  }

  /** The state that the last step wrote. */
  @Override
  public State state() {
    return states[current];
  }

  /** Solves from the initial value over the clock's steps. */
  public void run(Observer observer) {
    clock.toStart();
    init.run();
    current = 0;
    advance(0, clock.steps(), observer);
    outputs[current].run();
  }

  /** The solution at the state in use, from inside an observer: [rows × dim]. */
  public Buffer solutionNow() {
    outputs[current].run();
    return solution;
  }

  /** Takes the steps {@code from} to {@code to} of the clock, and the jumps, from a given state. */
  public void replay(int from, int to, State start, Observer observer) {
    current = 0;
    states[0].copyFrom(start);
    advance(from, to, observer);
    if (restarting != null) {
      restarting.beforeStep(to, states[current]);
    }
  }

  private void advance(int from, int to, Observer observer) {
    for (int step = from; step < to; step++) {
      observer.arrived(step, states[current]);
      if (restarting != null) {
        restarting.beforeStep(step, states[current]);
      }
      observer.beforeStep(step, states[current]);
      clock.toStep(step);
      steps[current].run();
      current = 1 - current;
    }
  }

  @Override
  public void defect(double[] target) {
    clock.toEnd();
    defectNow(target);
  }

  /** The detector for the state before a step, from inside an observer. */
  public void defectBefore(int step, double[] target) {
    clock.toStep(step);
    defectNow(target);
  }

  private void defectNow(double[] target) {
    if (defects == null || defect == null) {
      Arrays.fill(target, 0);
      return;
    }
    defects[current].run();
    defect.get(target);
  }

  @Override
  public Outcome stepping(int row) {
    return Outcome.COMPLETED;
  }

  @Override
  public Method method() {
    return method;
  }

  @Override
  public long bytes() {
    return bytes;
  }
}
