package org.anabranch.solver;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.Parameters;
import org.anabranch.field.Field;
import org.jspecify.annotations.Nullable;

/**
 * Watches the conditions of events over the steps of a tile, and has steps end where they cross.
 */
final class EventWatch {
  private static final int[] NONE = {};

  private final List<Event> events;
  private final Map<String, Buffer> context;
  private final int rows;
  private final EventConditions conditions;
  private final double[][] before;
  private final double[][] slopesBefore;
  private final @Nullable EventSearch[] searches;
  private final int[][] found;

  /** Whether the try to come ends where a condition seemed to turn. */
  private final boolean[] turned;

  private final double[] directions;

  /** What each condition was where it was found last: what it counts for zero to. */
  private final double[][] level;

  private double[][] now = {};
  private @Nullable SampleProgram sides;

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
    this.events = List.copyOf(events);
    this.context = context;
    this.rows = rows;
    conditions = new EventConditions(backend, method, field, parameters, events);
    before = new double[events.size()][rows];
    slopesBefore = new double[events.size()][rows];
    searches = new EventSearch[rows];
    found = new int[rows][];
    Arrays.fill(found, NONE);
    turned = new boolean[rows];
    directions = new double[rows];
    level = new double[events.size()][rows];
  }

  /** Looks at every sample's start. */
  void start(State state, Spans spans, double[] times) {
    if (events.isEmpty()) {
      return;
    }
    for (int row = 0; row < rows; row++) {
      directions[row] = spans.direction(row) < 0 ? -1 : 1;
    }
    double[][] values = conditions.at(state, context, times);
    for (int i = 0; i < before.length; i++) {
      System.arraycopy(values[i], 0, before[i], 0, rows);
      System.arraycopy(values[before.length + i], 0, slopesBefore[i], 0, rows);
    }
    Arrays.fill(turned, false);
    for (int row = 0; row < rows; row++) {
      for (double[] condition : before) {
        if (condition[row] == 0) {
          restarted(row, state, row, times[row], NONE);
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
   * @param met the events that the sample jumps at
   */
  void restarted(int row, State state, int slot, double time, int[] met) {
    if (events.isEmpty()) {
      return;
    }
    if (sides == null) {
      sides = conditions.ofSamples(rows);
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
      double value = EventConditions.value(sides, i);
      boolean none = value == 0 || (isAmong(met, i) && Math.abs(value) <= level[i][row]);
      double slope = EventConditions.slope(sides, i);
      before[i][row] =
          none ? Math.copySign(slope == 0 ? 0 : Double.MIN_VALUE, slope * directions[row]) : value;
      slopesBefore[i][row] = slope;
    }
  }

  /** Looks at the ends of a tile's tries. */
  void look(AttemptTile tile) {
    if (events.isEmpty()) {
      return;
    }
    now = conditions.at(tile.state(), tile.context(), tile.ends);
  }

  /**
   * Whether a try must be taken again because it crosses an event that it does not end at. If not,
   * and its error allows, it is accepted.
   */
  boolean takesAgain(AttemptTile tile, int slot, Progress progress) {
    int sample = tile.samples[slot];
    found[sample] = NONE;
    if (events.isEmpty() || !(tile.ratios[slot] <= 1)) {
      searches[sample] = null;
      turned[sample] = false;
      return false;
    }
    EventSearch search = searches[sample];
    int crossed = firstCrossed(sample, slot);
    double end = tile.ends[slot];
    if (crossed >= 0) {
      double from = before[crossed][sample];
      double to = now[crossed][slot];
      if (search == null) {
        search = new EventSearch(crossed, tile.starts[slot], end, from, to);
      } else if (search.event != crossed) {
        search = search.turnedTo(crossed, end, from, to);
      } else {
        search.crossed(end, to);
      }
      if (search.isFound()) {
        found[sample] = crossed(sample, slot);
        search = null;
      }
    } else if (search != null) {
      search.notCrossed(end, now[search.event][slot]);
    } else if (!turned[sample]) {
      double turn = turn(tile, slot);
      if (turn > 0) {
        turned[sample] = true;
        return again(tile, slot, progress, tile.starts[slot] + turn * tile.sizes[slot]);
      }
    }
    searches[sample] = search;
    if (search == null) {
      accept(sample, slot);
      return false;
    }
    return again(tile, slot, progress, search.next());
  }

  private static boolean again(AttemptTile tile, int slot, Progress progress, double end) {
    tile.state().copyRow(slot, tile.before(), slot);
    progress.takeAgain(end);
    return true;
  }

  /**
   * All events that a step crosses that ends where the first does: those that are only seen, those
   * that jump, those that end the solve.
   */
  private int[] crossed(int sample, int slot) {
    return IntStream.range(0, before.length)
        .filter(i -> events.get(i).isCrossed(before[i][sample], now[i][slot]))
        .boxed()
        .sorted(Comparator.comparing(this::isTerminal).thenComparing(this::jumps))
        .mapToInt(i -> i)
        .toArray();
  }

  private boolean jumps(int event) {
    return events.get(event).jump() != null;
  }

  private static boolean isAmong(int[] met, int event) {
    return Arrays.stream(met).anyMatch(one -> one == event);
  }

  private void accept(int sample, int slot) {
    for (int i = 0; i < before.length; i++) {
      boolean met = isAmong(found[sample], i);
      level[i][sample] = met ? Math.abs(now[i][slot]) : level[i][sample];
      // Zero where it was found, it is on the side that it crossed to.
      boolean crossedTo0 = met && now[i][slot] == 0;
      double side = Math.copySign(Double.MIN_VALUE, -before[i][sample]);
      before[i][sample] = crossedTo0 ? side : now[i][slot];
      slopesBefore[i][sample] = now[before.length + i][slot];
    }
    turned[sample] = false;
  }

  /** The least fraction of a step at which a condition turns at or beyond zero; 0 if none. */
  private double turn(AttemptTile tile, int slot) {
    int sample = tile.samples[slot];
    double h = tile.sizes[slot];
    double least = 0;
    for (int i = 0; i < before.length; i++) {
      double d0 = slopesBefore[i][sample] * h;
      double d1 = now[before.length + i][slot] * h;
      double turn = EventSearch.turn(before[i][sample], now[i][slot], d0, d1);
      least = turn > 0 && (least == 0 || turn < least) ? turn : least;
    }
    return least;
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

  /** The events that the step just accepted ends at: several where they cross at one time. */
  int[] found(int sample) {
    return found[sample];
  }

  boolean isTerminal(int event) {
    return events.get(event).terminal();
  }
}
