package org.anabranch.solver;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.Parameters;
import org.anabranch.field.Field;
import org.anabranch.graph.Graph;
import org.jspecify.annotations.Nullable;

/** Takes the jumps of a tile's samples and records them in {@link Breaks}. */
final class Restarts {
  /** So many jumps at events, each within {@link #NEAR} roundings of the last, never end. */
  private static final int CROWD = 8;

  private static final double NEAR = 16;
  private static final double[] NONE = {};

  /** Hears of a sample that has restarted. */
  interface Listener {
    /**
     * A sample's state is the one that it starts from.
     *
     * @param first the size of its first step by Hairer's rule, where steps are adaptive
     */
    void restarted(int row, double time, double first, State state, int slot);
  }

  /**
   * An event whose jump is due.
   *
   * @param before the state before the step to it; null where it is kept with the event already
   */
  private record Met(int event, @Nullable State before) {}

  /** A sample that waits for its jumps: those of events first. */
  private static final class Waiting {
    final int row;
    final int slot;
    final int step;
    final double time;
    final Deque<Met> met;

    Waiting(int row, int slot, int step, double time, Deque<Met> met) {
      this.row = row;
      this.slot = slot;
      this.step = step;
      this.time = time;
      this.met = met;
    }
  }

  private final Backend backend;
  private final Method method;
  private final Field field;
  private final Map<String, Buffer> context;
  private final Parameters parameters;
  private final Interruptions interruptions;
  private final @Nullable AdaptiveSteps steps;
  private final int rows;
  private final Breaks breaks;
  private final Map<Jump, JumpProgram> programs = new HashMap<>();
  private final List<Waiting> waiting = new ArrayList<>();
  private final int[] atEvents;
  private final int[] crowded;
  private final double[] lastEvent;
  private JumpQueue queue;

  /**
   * @param steps how first steps are chosen; null where steps are known before
   */
  Restarts(
      Backend backend,
      Method method,
      Field field,
      Map<String, Buffer> context,
      Parameters parameters,
      Interruptions interruptions,
      @Nullable AdaptiveSteps steps,
      int rows) {
    this.backend = backend;
    this.method = method;
    this.field = field;
    this.context = context;
    this.parameters = parameters;
    this.interruptions = interruptions;
    this.steps = steps;
    this.rows = rows;
    Graph init = OwnTimes.of(method).init(field);
    breaks = new Breaks(backend, ForwardSolve.stateTypes(method, init), rows);
    atEvents = new int[rows];
    crowded = new int[rows];
    lastEvent = new double[rows];
    queue = new JumpQueue(Interruptions.none(), field, Spans.same(rows, 0, 0), List.of());
    for (Event event : interruptions.events()) {
      require(event);
    }
  }

  private void require(Event event) {
    if (event.jump() != null && event.jump().ownNumbers(field) > 0) {
      throw new IllegalArgumentException(
          "Event %s: its jump reads %s, which are no context of the field. A jump at an event has no inputs of its own."
              .formatted(event.condition().name(), event.jump().ownInputs(field).keySet()));
    }
  }

  Breaks breaks() {
    return breaks;
  }

  /** Before a solve. */
  void start(JumpQueue jumps) {
    queue = jumps;
    breaks.clear();
    waiting.clear();
    Arrays.fill(atEvents, 0);
    Arrays.fill(crowded, 0);
    Arrays.fill(lastEvent, Double.NaN);
  }

  /** Before a solve goes on from its end. */
  void resume(JumpQueue jumps) {
    queue = jumps;
  }

  /** Notes the jumps of the events that a solve ended at and now goes on from, and those due. */
  void resumeAt(int row, int slot, int step, double time, int[] events) {
    Deque<Met> met = new ArrayDeque<>();
    for (int event : events) {
      if (jumps(event)) {
        met.add(new Met(event, null));
      }
    }
    arrived(row, slot, step, time, met);
  }

  /** Notes the jumps that are due where a sample has come to. */
  void arrived(int row, int slot, int step, double time) {
    arrived(row, slot, step, time, new ArrayDeque<>());
  }

  private void arrived(int row, int slot, int step, double time, Deque<Met> met) {
    if (!met.isEmpty() || queue.isDue(row, time)) {
      waiting.add(new Waiting(row, slot, step, time, met));
    }
  }

  private boolean jumps(int event) {
    return interruptions.events().get(event).jump() != null;
  }

  /**
   * Notes events that a step ends at, and the jumps that are due there.
   *
   * @param goesOn whether the sample's solve does
   * @return whether jumps at events still seem to have an end
   */
  boolean met(
      int row,
      int slot,
      int step,
      double time,
      int[] events,
      boolean goesOn,
      State from,
      State to) {
    Deque<Met> jumping = new ArrayDeque<>();
    for (int event : events) {
      State before = breaks.keep(from, slot);
      if (goesOn && jumps(event)) {
        jumping.add(new Met(event, before));
      } else {
        State arrived = breaks.keep(to, slot);
        breaks.add(row, new Breaks.Break(step, time, event, -1, -1, NONE, before, arrived, null));
      }
    }
    if (goesOn) {
      arrived(row, slot, step, time, jumping);
    }
    return jumping.isEmpty() || hasEnd(row, time, jumping.size());
  }

  private boolean hasEnd(int row, double time, int count) {
    boolean near = Math.abs(time - lastEvent[row]) <= NEAR * Math.ulp(time);
    crowded[row] = near ? crowded[row] + 1 : 0;
    lastEvent[row] = time;
    atEvents[row] += count;
    return crowded[row] < CROWD && atEvents[row] <= interruptions.limit();
  }

  /** Takes all jumps noted, in the slots of a state. */
  void take(State state, Spans spans, Listener listener) {
    List<Waiting> left = new ArrayList<>(waiting);
    waiting.clear();
    while (!left.isEmpty()) {
      Map<Jump, List<Waiting>> together = new LinkedHashMap<>();
      for (Waiting sample : left) {
        together.computeIfAbsent(jump(sample), jump -> new ArrayList<>()).add(sample);
      }
      together.forEach((jump, samples) -> take(jump, samples, state, spans, listener));
      left.removeIf(sample -> sample.met.isEmpty() && !queue.isDue(sample.row, sample.time));
    }
  }

  private Jump jump(Waiting sample) {
    Met met = sample.met.peek();
    Jump atEvent = met == null ? null : interruptions.events().get(met.event).jump();
    return atEvent == null ? interruptions.jumps().get(queue.next(sample.row).kind()) : atEvent;
  }

  private void take(Jump jump, List<Waiting> samples, State state, Spans spans, Listener listener) {
    JumpProgram program = programs.computeIfAbsent(jump, this::program);
    int slots = program.slots();
    for (int from = 0; from < samples.size(); from += slots) {
      List<Waiting> some = samples.subList(from, Math.min(from + slots, samples.size()));
      List<double[]> inputs = new ArrayList<>();
      List<JumpQueue.@Nullable Due> dues = new ArrayList<>();
      for (Waiting sample : some) {
        JumpQueue.Due due = sample.met.isEmpty() ? queue.take(sample.row) : null;
        dues.add(due);
        inputs.add(due == null ? NONE : queue.inputs(sample.row, due));
      }
      for (int slot = 0; slot < slots; slot++) {
        int of = Math.min(slot, some.size() - 1);
        Waiting sample = some.get(of);
        double direction = spans.direction(sample.row);
        program.take(
            slot, context, sample.row, state, sample.slot, sample.time, direction, inputs.get(of));
      }
      program.run();
      for (int slot = 0; slot < some.size(); slot++) {
        restart(program, slot, some.get(slot), dues.get(slot), inputs.get(slot), state, listener);
      }
    }
  }

  private JumpProgram program(Jump jump) {
    return new JumpProgram(backend, method, field, parameters, jump, steps, rows);
  }

  private void restart(
      JumpProgram program,
      int slot,
      Waiting sample,
      JumpQueue.@Nullable Due due,
      double[] inputs,
      State state,
      Listener listener) {
    State arrived = breaks.keep(state, sample.slot);
    program.give(slot, state, sample.slot);
    State restarted = breaks.keep(state, sample.slot);
    Met met = sample.met.poll();
    breaks.add(
        sample.row,
        new Breaks.Break(
            sample.step,
            sample.time,
            met == null ? -1 : met.event,
            due == null ? -1 : due.kind(),
            due == null ? -1 : due.place(),
            inputs,
            met == null ? null : met.before,
            arrived,
            restarted));
    listener.restarted(sample.row, sample.time, program.firstStep(slot), state, sample.slot);
  }

  long bytes() {
    return breaks.bytes() + programs.values().stream().mapToLong(JumpProgram::bytes).sum();
  }
}
