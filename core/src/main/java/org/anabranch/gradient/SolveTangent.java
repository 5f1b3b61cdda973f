package org.anabranch.gradient;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.Parameters;
import org.anabranch.backend.Program;
import org.anabranch.field.Field;
import org.anabranch.graph.Graph;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.graph.Type;
import org.anabranch.graph.Value;
import org.anabranch.solver.Clock;
import org.anabranch.solver.Method;
import org.anabranch.solver.OwnClock;
import org.anabranch.solver.Spans;
import org.anabranch.solver.State;
import org.anabranch.solver.SteppedSolve;

/**
 * Forward sensitivities of a {@link SolveGradient}'s last solve: its steps are taken again, with
 * the tangent of every state beside it. Exact for the numbers computed, as the discrete adjoint is,
 * of which it is the transpose; the grid is frozen and moves with the points of each sample's span.
 * Each direction takes one such solve, and no memory that grows with steps. Not for several threads
 * at a time.
 */
public final class SolveTangent {
  private final SteppedSolve stepped;
  private final Clock clock;
  private final ParameterLayout layout;
  private final Parameters parameters;
  private final Buffer initial;
  private final Map<String, Buffer> contexts = new HashMap<>();
  private final Buffer solution;
  private final List<Buffer> points = new ArrayList<>();
  private final State[] states = new State[2];
  private final Program.Execution init;
  private final Program.Execution[] steps = new Program.Execution[2];
  private final Program.Execution[] outputs = new Program.Execution[2];
  private final TimeTangents times;
  private int current;

  /**
   * @param context the buffers that the solve reads
   * @param layout of the parameters
   * @param solve whose steps are taken again
   */
  public SolveTangent(
      Backend backend,
      Field field,
      Map<String, Buffer> context,
      ParameterLayout layout,
      SolveGradient solve,
      Demands demands,
      int rows) {
    this.layout = layout;
    stepped = solve.stepped();
    clock = stepped.clock();
    Method method = stepped.method();
    parameters = backend.parameters(TangentGraph.layout(layout));
    boolean own = clock instanceof OwnClock && demands.times();
    times = new TimeTangents(backend, own, rows);
    initial = backend.buffer(Type.perSample(field.dimension()), rows);
    solution = backend.buffer(Type.perSample(field.dimension()), rows);
    for (int point = 0; point < demands.points(); point++) {
      points.add(backend.buffer(solution.type(), rows));
    }
    List<String> directed = new ArrayList<>();
    if (demands.context()) {
      directed.addAll(field.context().keySet());
      field
          .context()
          .forEach(
              (name, value) -> contexts.put(name, backend.buffer(value.type(), rows(value, rows))));
    }
    Map<String, Buffer> fixed = new HashMap<>(context);
    contexts.forEach((name, buffer) -> fixed.put(TangentGraph.tangent(name), buffer));
    fixed.putAll(clock.buffers());
    fixed.putAll(times.buffers());
    fixed.put("x", stepped.solve().initialValue());
    fixed.put(TangentGraph.tangent("x"), initial);
    Graph initGraph =
        TangentGraph.of(method.init(field), with(directed, own ? List.of("x", "t") : List.of("x")));
    List<String> ofStep = with(directed, own ? List.of("t", "h") : List.of());
    Graph stepGraph = TangentGraph.of(method.step(field), with(ofStep, method.state()));
    Map<String, Type> types = new LinkedHashMap<>();
    for (String part : method.state()) {
      types.put(part, initGraph.output(part).type());
      types.put(TangentGraph.tangent(part), initGraph.output(part).type());
    }
    for (int i = 0; i < 2; i++) {
      states[i] = State.allocate(backend, types, rows);
    }
    Program step = backend.compile(stepGraph, rows);
    String first = TangentGraph.tangent(method.state().get(0));
    Value end = Value.input(first, initGraph.output(method.state().get(0)).type());
    Program output =
        backend.compile(
            Graph.of("solution.tangent", List.of(end), Map.of("y", end.narrowed())), rows);
    init = backend.compile(initGraph, rows).bind(fixed, states[0].parts(), parameters, null);
    for (int i = 0; i < 2; i++) {
      Map<String, Buffer> inputs = new HashMap<>(fixed);
      inputs.putAll(states[i].parts());
      steps[i] = step.bind(inputs, states[1 - i].parts(), parameters, null);
      outputs[i] =
          output.bind(
              Map.of(first, states[i].part(first)), Map.of("y", solution), parameters, null);
    }
  }

  private static List<String> with(List<String> names, List<String> more) {
    List<String> all = new ArrayList<>(names);
    all.addAll(more);
    return all;
  }

  private static int rows(Value value, int rows) {
    return value.type().isPerSample() ? rows : 1;
  }

  /** Takes the parameters' values and their direction, in the order of the layout. */
  public void load(double[] theta, double[] direction) {
    double[] both = new double[2 * layout.size()];
    System.arraycopy(theta, 0, both, 0, layout.size());
    System.arraycopy(direction, 0, both, layout.size(), layout.size());
    parameters.load(both);
  }

  /** Where the direction of the initial value goes before {@link #run}: [rows × dim]. */
  public Buffer initialTangent() {
    return initial;
  }

  /** Where the direction of a context input goes before {@link #run}, if demanded. */
  public Buffer contextTangent(String name) {
    Buffer buffer = contexts.get(name);
    if (buffer == null) {
      throw new IllegalArgumentException(
          "SolveTangent: no direction was demanded of a context '%s'. Demanded are %s."
              .formatted(name, contexts.keySet()));
    }
    return buffer;
  }

  /** The derivative of the solution at the end, after {@link #run}: [rows × dim]. */
  public Buffer solutionTangent() {
    return solution;
  }

  /** The derivative of the solution at a demanded point, counted from 0 without the start. */
  public Buffer pointTangent(int point) {
    return points.get(point);
  }

  /**
   * Takes the steps of the last solve again.
   *
   * @param ofTimes the direction of every time of each sample's span, [sample][point]; empty for
   *     times that stay
   */
  public void run(double[][] ofTimes) {
    Spans spans = stepped.spans();
    clock.toStart();
    times.start(spans, ofTimes);
    init.run();
    current = 0;
    int count = clock.steps();
    for (int step = 0; step < count; step++) {
      keepPoints(spans, step);
      clock.toStep(step);
      if (clock instanceof OwnClock own) {
        times.toStep(spans, own.times(), step);
      }
      steps[current].run();
      current = 1 - current;
    }
    outputs[current].run();
  }

  private void keepPoints(Spans spans, int step) {
    if (points.isEmpty() || !(clock instanceof OwnClock own)) {
      return;
    }
    own.times()
        .atPoints(
            spans,
            step,
            outputs[current]::run,
            (row, point) -> points.get(point - 1).copyRow(row, solution, row));
  }
}
