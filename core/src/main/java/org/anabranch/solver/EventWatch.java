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
import org.anabranch.graph.Graph;
import org.anabranch.graph.ParameterLayout;
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
  private final Parameters none;
  private final Map<State, Conditions> conditions = new IdentityHashMap<>();
  private final double[][] before;
  private final @Nullable EventSearch[] searches;
  private final int[] found;
  private double[][] now = {};

  /** The conditions of the samples of one state. */
  private final class Conditions {
    private final Buffer time;
    private final List<Buffer> values = new ArrayList<>();
    private final Program.Execution execution;
    private final double[][] numbers;

    Conditions(State state, int rows) {
      time = backend.buffer(OwnTimes.time(), rows);
      Map<String, Buffer> inputs = new HashMap<>(state.parts());
      inputs.put("t", time);
      Map<String, Buffer> outputs = new HashMap<>();
      for (int i = 0; i < events.size(); i++) {
        values.add(backend.buffer(Type.perSampleScalar(), rows));
        outputs.put(name(i), values.get(i));
      }
      execution = backend.compile(graph, rows).bind(inputs, outputs, none, null);
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

  EventWatch(
      Backend backend, Method method, Map<String, Type> state, List<Event> events, int rows) {
    this.backend = backend;
    this.events = List.copyOf(events);
    none = backend.parameters(new ParameterLayout(List.of()));
    before = new double[events.size()][rows];
    searches = new EventSearch[rows];
    found = new int[rows];
    Value t = Value.input("t", OwnTimes.time());
    List<Value> inputs = new ArrayList<>(List.of(t));
    state.forEach((name, type) -> inputs.add(Value.input(name, type)));
    Map<String, Value> outputs = new LinkedHashMap<>();
    for (int i = 0; i < events.size(); i++) {
      outputs.put(name(i), events.get(i).value(t, inputs.get(1)));
    }
    graph = Graph.of(method.name() + ".events", inputs, outputs);
  }

  private static String name(int event) {
    return "value." + event;
  }

  private Conditions of(State state, int rows) {
    return conditions.computeIfAbsent(state, s -> new Conditions(s, rows));
  }

  /** Looks at every sample's start. */
  void start(State state, double[] times) {
    if (events.isEmpty()) {
      return;
    }
    double[][] values = of(state, times.length).at(times);
    for (int i = 0; i < before.length; i++) {
      System.arraycopy(values[i], 0, before[i], 0, before[i].length);
    }
    Arrays.fill(searches, null);
  }

  /** Looks at the ends of a tile's tries. */
  void look(AttemptTile tile) {
    if (events.isEmpty()) {
      return;
    }
    now = of(tile.state(), tile.slots).at(tile.ends);
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
        search = null;
      }
    } else if (search != null) {
      search.notCrossed(end, now[search.event][slot]);
    }
    searches[sample] = search;
    if (search == null) {
      for (int i = 0; i < before.length; i++) {
        before[i][sample] = now[i][slot];
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
