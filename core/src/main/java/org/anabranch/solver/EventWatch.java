package org.anabranch.solver;

import java.util.ArrayList;
import java.util.Arrays;
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
import org.jspecify.annotations.Nullable;

/**
 * Watches the conditions of events over the steps of a tile, and has steps end where they cross.
 */
final class EventWatch {
  private final Backend backend;
  private final List<Event> events;
  private final Graph graph;
  private final Graph sideGraph;
  private final Map<String, Buffer> context;
  private final Parameters parameters;
  private final int rows;
  private final Map<State, Conditions> conditions = new IdentityHashMap<>();
  private final double[][] before;
  private final @Nullable EventSearch[] searches;
  private final int[] found;
  private final double[] directions;

  /** What the condition was at the event found last: what it counts for zero to. */
  private final double[] level;

  private double[][] now = {};
  private @Nullable SampleProgram sides;

  /** The conditions of the samples of one state. */
  private final class Conditions {
    private final Buffer time;
    private final List<Buffer> values = new ArrayList<>();
    private final Program.Execution execution;
    private final double[][] numbers;

    Conditions(State state, Map<String, Buffer> contexts, int rows) {
      time = backend.buffer(OwnTimes.time(), rows);
      Map<String, Buffer> inputs = new HashMap<>(state.parts());
      inputs.putAll(contexts);
      inputs.put("t", time);
      Map<String, Buffer> outputs = new HashMap<>();
      for (int i = 0; i < events.size(); i++) {
        values.add(backend.buffer(Type.perSampleScalar(), rows));
        outputs.put(name(i), values.get(i));
      }
      execution = backend.compile(graph, rows).bind(inputs, outputs, parameters, null);
      numbers = new double[events.size()][rows];
    }

    double[][] at(double[] times) {
      time.set(times);
      execution.run();
      for (int i = 0; i < numbers.length; i++) {
        values.get(i).get(numbers[i]);
      }
      return numbers;
    }
  }

  /**
   * @param context of all samples
   */
  EventWatch(
      Backend backend,
      Method method,
      Field field,
      Map<String, Buffer> context,
      Parameters parameters,
      List<Event> events,
      int rows) {
    this.backend = backend;
    this.events = List.copyOf(events);
    this.context = context;
    this.parameters = parameters;
    this.rows = rows;
    before = new double[events.size()][rows];
    searches = new EventSearch[rows];
    found = new int[rows];
    directions = new double[rows];
    level = new double[rows];
    Value t = Value.input("t", OwnTimes.time());
    String part = method.state().get(0);
    Value y = Value.input(part, OwnTimes.of(method).init(field).output(part).type());
    List<Value> inputs = new ArrayList<>(List.of(t, y));
    inputs.addAll(field.context().values());
    Map<String, Value> outputs = new LinkedHashMap<>();
    for (int i = 0; i < events.size(); i++) {
      outputs.put(name(i), events.get(i).value(field, t, y));
    }
    graph = Graph.of(method.name() + ".events", inputs, outputs);
    sideGraph = withSlopes(field, graph, t, y);
  }

  /** The conditions and the rates at which they change along the field. */
  private static Graph withSlopes(Field field, Graph values, Value t, Value y) {
    if (values.outputs().isEmpty()) {
      return values;
    }
    Value drift = field.drift(t, y);
    Map<String, Value> slopes =
        Differentiation.pushforward(
            values,
            Map.of(
                "t",
                Value.constant(1, Precision.WIDE),
                values.inputs().keySet().stream().skip(1).findFirst().orElseThrow(),
                y.type().isWide() ? drift.widened() : drift));
    Map<String, Value> outputs = new LinkedHashMap<>(values.outputs());
    slopes.forEach(
        (name, slope) ->
            outputs.put(
                "slope." + name,
                slope.type().isPerSample() ? slope : slope.plus(values.output(name).times(0))));
    return Graph.of(values.name() + ".sides", List.copyOf(values.inputs().values()), outputs);
  }

  private static String name(int event) {
    return "value." + event;
  }

  private Conditions of(State state, Map<String, Buffer> contexts, int slots) {
    return conditions.computeIfAbsent(state, s -> new Conditions(s, contexts, slots));
  }

  /** Looks at every sample's start. */
  void start(State state, Spans spans, double[] times) {
    if (events.isEmpty()) {
      return;
    }
    for (int row = 0; row < rows; row++) {
      directions[row] = spans.direction(row) < 0 ? -1 : 1;
    }
    double[][] values = of(state, context, rows).at(times);
    for (int i = 0; i < before.length; i++) {
      System.arraycopy(values[i], 0, before[i], 0, rows);
    }
    for (int row = 0; row < rows; row++) {
      for (double[] condition : before) {
        if (condition[row] == 0) {
          restarted(row, state, row, times[row], -1);
          break;
        }
      }
    }
    Arrays.fill(searches, null);
  }

  /**
   * Looks at a sample that starts anew. A condition that is zero there, or no more than what the
   * event was found to, is on the side that it goes to along the solution.
   *
   * @param event that the sample jumps at; −1 for none
   */
  void restarted(int row, State state, int slot, double time, int event) {
    if (events.isEmpty()) {
      return;
    }
    if (sides == null) {
      sides = new SampleProgram(backend, sideGraph, rows, parameters, null);
    }
    double[] times = new double[sides.slots()];
    Arrays.fill(times, time);
    sides.input("t").set(times);
    for (int copy = 0; copy < sides.slots(); copy++) {
      sides.take(copy, context, row);
      sides.take(copy, state.parts(), slot);
    }
    sides.run();
    for (int i = 0; i < before.length; i++) {
      double value = number(sides, name(i));
      boolean none = value == 0 || (i == event && Math.abs(value) <= level[row]);
      double slope = number(sides, "slope." + name(i));
      before[i][row] =
          none ? Math.copySign(slope == 0 ? 0 : Double.MIN_VALUE, slope * directions[row]) : value;
    }
  }

  private static double number(SampleProgram program, String output) {
    double[] number = new double[1];
    program.output(output).getRow(0, number, 0);
    return number[0];
  }

  /** Looks at the ends of a tile's tries. */
  void look(AttemptTile tile) {
    if (events.isEmpty()) {
      return;
    }
    now = of(tile.state(), tile.context(), tile.slots).at(tile.ends);
  }

  /**
   * Whether a try must be taken again because it crosses an event that it does not end at. If not,
   * and its error allows, it is accepted.
   */
  boolean takesAgain(AttemptTile tile, int slot, Progress progress) {
    int sample = tile.samples[slot];
    found[sample] = -1;
    if (events.isEmpty() || !(tile.ratios[slot] <= 1)) {
      searches[sample] = null;
      return false;
    }
    EventSearch search = searches[sample];
    int crossed = firstCrossed(sample, slot);
    double end = tile.ends[slot];
    if (crossed >= 0) {
      if (search == null || search.event != crossed) {
        search =
            new EventSearch(
                crossed, tile.starts[slot], end, before[crossed][sample], now[crossed][slot]);
      } else {
        search.crossed(end, now[crossed][slot]);
      }
      if (search.isFound()) {
        found[sample] = crossed;
        level[sample] = Math.abs(now[crossed][slot]);
        search = null;
      }
    } else if (search != null) {
      search.notCrossed(end, now[search.event][slot]);
    }
    searches[sample] = search;
    if (search == null) {
      for (int i = 0; i < before.length; i++) {
        // Zero where it was found, it is on the side that it crossed to.
        boolean crossedTo0 = i == found[sample] && now[i][slot] == 0;
        double side = Math.copySign(Double.MIN_VALUE, -before[i][sample]);
        before[i][sample] = crossedTo0 ? side : now[i][slot];
      }
      return false;
    }
    tile.state().copyRow(slot, tile.before(), slot);
    progress.takeAgain(search.next());
    return true;
  }

  /** The event whose line from the step's start to its end crosses zero first; −1 for none. */
  private int firstCrossed(int sample, int slot) {
    int first = -1;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < before.length; i++) {
      double from = before[i][sample];
      double to = now[i][slot];
      double share = from / (from - to);
      if (events.get(i).isCrossed(from, to) && share < least) {
        first = i;
        least = share;
      }
    }
    return first;
  }

  /** The event that the step just accepted ends at; −1 for none. */
  int found(int sample) {
    return events.isEmpty() ? -1 : found[sample];
  }

  boolean isTerminal(int event) {
    return events.get(event).terminal();
  }
}
