package org.anabranch.solver;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.Parameters;
import org.anabranch.backend.Program;
import org.anabranch.field.Field;
import org.anabranch.graph.Differentiation;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Precision;
import org.anabranch.graph.Type;
import org.anabranch.graph.Value;

/**
 * The conditions of events, and the rates at which they change along the field, at the states of
 * tiles: one evaluation of the field for all of them.
 */
final class EventConditions {
  private final Backend backend;
  private final Parameters parameters;
  private final int count;
  private final Graph graph;
  private final Map<State, Bound> bound = new IdentityHashMap<>();

  /** The program for the samples of one state. */
  private final class Bound {
    private final Buffer time;
    private final List<Buffer> buffers = new ArrayList<>();
    private final Program.Execution execution;
    private final double[][] numbers;

    Bound(State state, Map<String, Buffer> context, int rows) {
      time = backend.buffer(OwnTimes.time(), rows);
      Map<String, Buffer> inputs = new HashMap<>(state.parts());
      inputs.putAll(context);
      inputs.put("t", time);
      Map<String, Buffer> outputs = new LinkedHashMap<>();
      for (int i = 0; i < 2 * count; i++) {
        buffers.add(backend.buffer(Type.perSampleScalar(), rows));
        outputs.put(i < count ? value(i) : slope(i - count), buffers.get(i));
      }
      execution = backend.compile(graph, rows).bind(inputs, outputs, parameters, null);
      numbers = new double[2 * count][rows];
    }

    double[][] at(double[] times) {
      time.set(times);
      execution.run();
      for (int i = 0; i < numbers.length; i++) {
        buffers.get(i).get(numbers[i]);
      }
      return numbers;
    }
  }

  EventConditions(
      Backend backend, Method method, Field field, Parameters parameters, List<Event> events) {
    this.backend = backend;
    this.parameters = parameters;
    count = events.size();
    Value t = Value.input("t", OwnTimes.time());
    String part = method.state().get(0);
    Value y = Value.input(part, OwnTimes.of(method).init(field).output(part).type());
    List<Value> inputs = new ArrayList<>(List.of(t, y));
    inputs.addAll(field.context().values());
    Map<String, Value> outputs = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      outputs.put(value(i), events.get(i).value(field, t, y));
    }
    Graph values = Graph.of(method.name() + ".events", inputs, outputs);
    graph = count == 0 ? values : withSlopes(field, values, t, part);
  }

  private static Graph withSlopes(Field field, Graph values, Value t, String part) {
    Value y = values.input(part);
    Value drift = field.drift(t, y);
    Map<String, Value> slopes =
        Differentiation.pushforward(
            values,
            Map.of(
                "t",
                Value.constant(1, Precision.WIDE),
                part,
                y.type().isWide() ? drift.widened() : drift));
    Map<String, Value> outputs = new LinkedHashMap<>(values.outputs());
    slopes.forEach(
        (name, slope) -> outputs.put("slope." + name, slope.plus(values.output(name).times(0))));
    return Graph.of(values.name(), List.copyOf(values.inputs().values()), outputs);
  }

  private static String value(int event) {
    return "value." + event;
  }

  private static String slope(int event) {
    return "slope." + value(event);
  }

  /** The values of all conditions, then their slopes by time: [2 × events][rows]. */
  double[][] at(State state, Map<String, Buffer> context, double[] times) {
    return bound.computeIfAbsent(state, s -> new Bound(s, context, times.length)).at(times);
  }

  /** A program for single samples, for {@link #value(SampleProgram, int)} and the other. */
  SampleProgram ofSamples(int rows) {
    return new SampleProgram(backend, graph, rows, parameters, null);
  }

  static double value(SampleProgram program, int event) {
    return number(program, value(event));
  }

  static double slope(SampleProgram program, int event) {
    return number(program, slope(event));
  }

  private static double number(SampleProgram program, String output) {
    double[] number = new double[1];
    program.output(output).getRow(0, number, 0);
    return number[0];
  }
}
