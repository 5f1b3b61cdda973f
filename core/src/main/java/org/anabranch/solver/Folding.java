package org.anabranch.solver;

import java.util.ArrayList;
import java.util.Arrays;
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

/** A {@link Fold} as it goes on with a solve. */
final class Folding {
  private final Fold fold;
  private final SampleProgram program;
  private final Buffer numbers;
  private final double[] times;
  private final double[] sizes;
  private final String part;

  Folding(Backend backend, Fold fold, Method method, Field field, Parameters parameters, int rows) {
    this.fold = fold;
    part = method.state().get(0);
    Type state = OwnTimes.of(method).init(field).output(part).type();
    program = new SampleProgram(backend, ofState(fold.graph(), state), rows, parameters, null);
    numbers = backend.buffer(fold.graph().output("a").type(), rows);
    double[] start = new double[rows * fold.start().size()];
    Arrays.setAll(start, i -> fold.start().get(i % fold.start().size()));
    numbers.set(start);
    times = new double[program.slots()];
    sizes = new double[program.slots()];
  }

  /** The graph with the solution as the method's state has it. */
  private static Graph ofState(Graph graph, Type state) {
    Map<String, Value> arguments = new LinkedHashMap<>(graph.inputs());
    List<Value> inputs = new ArrayList<>();
    for (String name : graph.inputs().keySet()) {
      boolean solution = name.equals("y0") || name.equals("y1");
      Value input = solution ? Value.input(name, state) : graph.input(name);
      arguments.put(name, input.narrowed());
      inputs.add(input);
    }
    return Graph.of(graph.name(), inputs, graph.apply(arguments));
  }

  /** Takes a step of a sample. */
  void accepted(int row, double start, double end, State before, State after, int slot) {
    Arrays.fill(times, start);
    Arrays.fill(sizes, end - start);
    program.input("t").set(times);
    program.input("h").set(sizes);
    for (int copy = 0; copy < program.slots(); copy++) {
      program.input("y0").copyRow(copy, before.part(part), slot);
      program.input("y1").copyRow(copy, after.part(part), slot);
      program.input("a").copyRow(copy, numbers, row);
    }
    program.run();
    numbers.copyRow(row, program.output("a"), 0);
  }

  /** What a sample's steps have come to. */
  List<Double> result(int row) {
    double[] all = new double[fold.start().size()];
    numbers.getRow(row, all, 0);
    return Arrays.stream(all).limit(fold.results()).boxed().toList();
  }
}
