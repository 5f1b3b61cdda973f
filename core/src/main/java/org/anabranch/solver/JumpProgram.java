package org.anabranch.solver;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.Parameters;
import org.anabranch.field.Field;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Type;
import org.anabranch.graph.Value;
import org.jspecify.annotations.Nullable;

/** A jump compiled for some samples at a time, with the size of the step that follows it. */
final class JumpProgram {
  private final @Nullable AdaptiveSteps steps;
  private final int k;
  private final SampleProgram program;
  private final double[] times;
  private final double[] directions;
  private final Map<String, double[]> ownInputs = new LinkedHashMap<>();

  /**
   * @param steps how first steps are chosen; null where steps are known before
   */
  JumpProgram(
      Backend backend,
      Method method,
      Field field,
      Parameters parameters,
      Jump jump,
      @Nullable AdaptiveSteps steps,
      int rows) {
    this.steps = steps;
    k = steps == null ? 0 : method.estimateOrder() + 1;
    Graph restart = jump.restart(method, field);
    Graph graph = steps == null ? restart : withFirstStep(field, restart, steps);
    program = new SampleProgram(backend, graph, rows, parameters, null);
    times = new double[program.slots()];
    directions = new double[program.slots()];
    for (Map.Entry<String, Type> own : jump.ownInputs(field).entrySet()) {
      int size = own.getValue().shape().size();
      ownInputs.put(own.getKey(), new double[size * program.slots()]);
    }
  }

  private static Graph withFirstStep(Field field, Graph restart, AdaptiveSteps steps) {
    Graph first = FirstStep.graph(field, steps);
    Map<String, Value> arguments = new LinkedHashMap<>(field.context());
    arguments.put("t", restart.input("t"));
    arguments.put("x", restart.output("start"));
    arguments.put("direction", first.input("direction"));
    Map<String, Value> outputs = new LinkedHashMap<>(restart.outputs());
    outputs.putAll(first.apply(arguments));
    List<Value> inputs = new ArrayList<>(restart.inputs().values());
    inputs.add(first.input("direction"));
    return Graph.of(restart.name(), inputs, outputs);
  }

  int slots() {
    return program.slots();
  }

  /**
   * Takes a sample.
   *
   * @param at its slot in the state
   * @param numbers the jump's own inputs, one after the other
   */
  void take(
      int slot,
      Map<String, Buffer> context,
      int row,
      State state,
      int at,
      double time,
      double direction,
      double[] numbers) {
    program.take(slot, context, row);
    program.take(slot, state.parts(), at);
    times[slot] = time;
    directions[slot] = direction;
    int offset = 0;
    for (double[] own : ownInputs.values()) {
      int size = own.length / program.slots();
      System.arraycopy(numbers, offset, own, slot * size, size);
      offset += size;
    }
  }

  void run() {
    program.input("t").set(times);
    if (steps != null) {
      program.input("direction").set(directions);
    }
    ownInputs.forEach((name, numbers) -> program.input(name).set(numbers));
    program.run();
  }

  /** Brings the state that a sample starts from to its slot in a state. */
  void give(int slot, State state, int at) {
    program.give(slot, state.parts(), at);
  }

  /** The size of its first step by Hairer's rule; NaN where steps are known before. */
  double firstStep(int slot) {
    return steps == null
        ? Double.NaN
        : FirstStep.size(number("slope", slot), number("bend", slot), number("trial", slot), k);
  }

  private double number(String output, int slot) {
    double[] number = new double[1];
    program.output(output).getRow(slot, number, 0);
    return number[0];
  }

  long bytes() {
    return program.bytes();
  }
}
