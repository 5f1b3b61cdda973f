package org.anabranch.solver;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
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

  /** A sample that waits for its jumps. */
  private static final class Waiting {
    final int row;
    final int slot;
    final int step;
    final double time;
    final @Nullable State before;
    int event;

    Waiting(int row, int slot, int step, double time, int event, @Nullable State before) {
      this.row = row;
      this.slot = slot;
      this.step = step;
      this.time = time;
      this.event = event;
      this.before = before;
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
  private final Map<Jump, SampleProgram> programs = new HashMap<>();
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

  /** Notes the jump of an event that a solve ended at and now goes on from. */
  void resumeAt(int row, int slot, int step, double time, int event) {
    if (interruptions.events().get(event).jump() != null) {
      waiting.add(new Waiting(row, slot, step, time, event, null));
    } else {
      arrived(row, slot, step, time);
    }
  }

  /** Notes the jumps that are due where a sample has come to. */
  void arrived(int row, int slot, int step, double time) {
    if (queue.isDue(row, time)) {
      waiting.add(new Waiting(row, slot, step, time, -1, null));
    }
  }

  /**
   * Notes an event and the jumps that are due with it.
   *
   * @param goesOn whether the sample's solve does
   * @return whether jumps at events still seem to have an end
   */
  boolean met(
      int row, int slot, int step, double time, int event, boolean goesOn, State from, State to) {
    State before = breaks.keep(from, slot);
    if (!goesOn || interruptions.events().get(event).jump() == null) {
      State arrived = breaks.keep(to, slot);
      breaks.add(row, new Breaks.Break(step, time, event, -1, -1, NONE, before, arrived, null));
      if (goesOn) {
        arrived(row, slot, step, time);
      }
      return true;
    }
    waiting.add(new Waiting(row, slot, step, time, event, before));
    boolean near = Math.abs(time - lastEvent[row]) <= NEAR * Math.ulp(time);
    crowded[row] = near ? crowded[row] + 1 : 0;
    lastEvent[row] = time;
    atEvents[row]++;
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
      left.removeIf(sample -> !queue.isDue(sample.row, sample.time));
    }
  }

  private Jump jump(Waiting sample) {
    Jump atEvent = sample.event < 0 ? null : interruptions.events().get(sample.event).jump();
    return atEvent == null ? interruptions.jumps().get(queue.next(sample.row).kind()) : atEvent;
  }

  private void take(Jump jump, List<Waiting> samples, State state, Spans spans, Listener listener) {
    SampleProgram program = programs.computeIfAbsent(jump, this::program);
    int slots = program.slots();
    for (int from = 0; from < samples.size(); from += slots) {
      List<Waiting> some = samples.subList(from, Math.min(from + slots, samples.size()));
      List<JumpQueue.@Nullable Due> dues = new ArrayList<>();
      for (Waiting sample : some) {
        dues.add(sample.event < 0 ? queue.take(sample.row) : null);
      }
      prepare(program, jump, some, dues, state, spans);
      program.run();
      for (int slot = 0; slot < some.size(); slot++) {
        restart(program, slot, some.get(slot), dues.get(slot), state, listener);
      }
    }
  }

  private SampleProgram program(Jump jump) {
    Graph restart = jump.restart(method, field);
    return new SampleProgram(
        backend, steps == null ? restart : withFirstStep(restart, steps), rows, parameters, null);
  }

  private Graph withFirstStep(Graph restart, AdaptiveSteps adaptive) {
    Graph first = FirstStep.graph(field, adaptive);
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

  private void prepare(
      SampleProgram program,
      Jump jump,
      List<Waiting> some,
      List<JumpQueue.@Nullable Due> dues,
      State state,
      Spans spans) {
    double[] times = new double[program.slots()];
    double[] directions = new double[program.slots()];
    for (int slot = 0; slot < program.slots(); slot++) {
      Waiting sample = some.get(Math.min(slot, some.size() - 1));
      program.take(slot, context, sample.row);
      program.take(slot, state.parts(), sample.slot);
      times[slot] = sample.time;
      directions[slot] = spans.direction(sample.row);
    }
    program.input("t").set(times);
    if (steps != null) {
      program.input("direction").set(directions);
    }
    giveOwnInputs(program, jump, some, dues);
  }

  private void giveOwnInputs(
      SampleProgram program, Jump jump, List<Waiting> some, List<JumpQueue.@Nullable Due> dues) {
    int offset = 0;
    for (Map.Entry<String, Type> own : jump.ownInputs(field).entrySet()) {
      int size = own.getValue().shape().size();
      double[] numbers = new double[program.slots() * size];
      for (int slot = 0; slot < program.slots(); slot++) {
        int from = Math.min(slot, some.size() - 1);
        JumpQueue.Due due = dues.get(from);
        if (due != null) {
          double[] all = queue.inputs(some.get(from).row, due);
          System.arraycopy(all, offset, numbers, slot * size, size);
        }
      }
      program.input(own.getKey()).set(numbers);
      offset += size;
    }
  }

  private void restart(
      SampleProgram program,
      int slot,
      Waiting sample,
      JumpQueue.@Nullable Due due,
      State state,
      Listener listener) {
    State arrived = breaks.keep(state, sample.slot);
    program.give(slot, state.parts(), sample.slot);
    State restarted = breaks.keep(state, sample.slot);
    breaks.add(
        sample.row,
        new Breaks.Break(
            sample.step,
            sample.time,
            sample.event,
            due == null ? -1 : due.kind(),
            due == null ? -1 : due.place(),
            due == null ? NONE : queue.inputs(sample.row, due),
            due == null ? sample.before : null,
            arrived,
            restarted));
    sample.event = -1;
    double first = Double.NaN;
    if (steps != null) {
      int k = method.estimateOrder() + 1;
      first =
          FirstStep.size(
              number(program, "slope", slot),
              number(program, "bend", slot),
              number(program, "trial", slot),
              k);
    }
    listener.restarted(sample.row, sample.time, first, state, sample.slot);
  }

  private static double number(SampleProgram program, String output, int slot) {
    double[] number = new double[1];
    program.output(output).getRow(slot, number, 0);
    return number[0];
  }

  long bytes() {
    return breaks.bytes() + programs.values().stream().mapToLong(SampleProgram::bytes).sum();
  }
}
