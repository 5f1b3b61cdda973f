package org.anabranch.gradient;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anabranch.backend.Accumulators;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.Parameters;
import org.anabranch.field.Field;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Pullback;
import org.anabranch.graph.Type;
import org.anabranch.solver.Breaks;
import org.anabranch.solver.Event;
import org.anabranch.solver.Interruptions;
import org.anabranch.solver.Jump;
import org.anabranch.solver.Method;
import org.anabranch.solver.SampleProgram;
import org.anabranch.solver.State;
import org.anabranch.solver.StepTimes;

/** Pulls cotangents back over the interruptions of a solve: its jumps, and the times of events. */
final class ReverseBreaks {
  /** Where the slope at an event is so small a part of the step's mean, it is only touched. */
  private static final double TOUCH_FLOAT64 = 1e-7;

  private static final double TOUCH_FLOAT32 = 1e-3;

  /** One interruption of a sample, with what the caller gives and gets. */
  private static final class Own {
    final int row;
    final Breaks.Break at;
    final double[] ofValue;
    double ofTime;
    double[] ofInputs = {};
    boolean touched;

    Own(int row, Breaks.Break at, int dimension) {
      this.row = row;
      this.at = at;
      this.ofValue = new double[dimension];
    }
  }

  private final Backend backend;
  private final Method method;
  private final Field field;
  private final Map<String, Buffer> context;
  private final Parameters parameters;
  private final Accumulators accumulators;
  private final Interruptions interruptions;
  private final List<String> wanted;
  private final boolean reversible;
  private final int rows;
  private final State zero;
  private final double touch;
  private final Map<Jump, SampleProgram> jumps = new HashMap<>();
  private final Map<Integer, SampleProgram> weights = new HashMap<>();
  private final Map<Integer, SampleProgram> conditions = new HashMap<>();
  private final List<List<Own>> byRow = new ArrayList<>();
  private final int[] next;
  private final boolean[] jumped;

  /**
   * @param method without times of each sample's own
   */
  ReverseBreaks(
      Backend backend,
      Method method,
      Field field,
      Map<String, Type> types,
      Map<String, Buffer> context,
      Parameters parameters,
      Accumulators accumulators,
      Interruptions interruptions,
      boolean reversible,
      Demands demands,
      int rows) {
    this.backend = backend;
    this.method = method;
    this.field = field;
    this.context = context;
    this.parameters = parameters;
    this.accumulators = accumulators;
    this.interruptions = interruptions;
    this.reversible = reversible;
    this.rows = rows;
    wanted = demands.context() ? List.copyOf(field.context().keySet()) : List.of();
    Map<String, Type> ofState = new LinkedHashMap<>();
    types.forEach((name, type) -> ofState.put(ReverseStep.cotangent(name), type.working()));
    zero = State.allocate(backend, ofState, 1);
    next = new int[rows];
    jumped = new boolean[rows];
    touch = isFloat64(backend) ? TOUCH_FLOAT64 : TOUCH_FLOAT32;
  }

  private static boolean isFloat64(Backend backend) {
    Buffer number = backend.buffer(Type.perSampleScalar(), 1);
    number.fill(0.1);
    double[] held = new double[1];
    number.get(held);
    return held[0] == 0.1;
  }

  /** After a forward solve: no cotangent arrives at any interruption until it is set. */
  void met(Breaks breaks) {
    byRow.clear();
    for (int row = 0; row < rows; row++) {
      List<Own> own = new ArrayList<>();
      for (Breaks.Break one : breaks.of(row)) {
        own.add(new Own(row, one, field.dimension()));
      }
      byRow.add(own);
    }
  }

  /** Sets the cotangents of an event's time and of the solution there. */
  void arrive(int row, int place, double ofTime, double[] ofValue) {
    Own one = byRow.get(row).get(place);
    if (!one.at.isEvent()) {
      throw new IllegalArgumentException(
          "Solve: interruption %d of sample %d is a jump known before. Its time and inputs get cotangents, they have none."
              .formatted(place, row));
    }
    one.ofTime = ofTime;
    System.arraycopy(ofValue, 0, one.ofValue, 0, ofValue.length);
  }

  /** The cotangents of a jump's own inputs, after the way back. */
  double[] ofInputs(int row, int place) {
    return byRow.get(row).get(place).ofInputs;
  }

  /** Whether an event is only touched, so that its time has no derivative: taken for 0. */
  boolean isTouched(int row, int place) {
    return byRow.get(row).get(place).touched;
  }

  /** Before the way back. */
  void start() {
    for (int row = 0; row < rows; row++) {
      next[row] = byRow.get(row).size() - 1;
      jumped[row] = false;
    }
  }

  /** Pulls back over the jumps after so many of each sample's steps. */
  void jumps(int step, ReversePass pass, TimeCotangents times) {
    List<Own> waiting = waiting(step, true);
    while (!waiting.isEmpty()) {
      Map<Jump, List<Own>> together = new LinkedHashMap<>();
      for (Own one : waiting) {
        together.computeIfAbsent(jump(one.at), jump -> new ArrayList<>()).add(one);
      }
      together.forEach((jump, some) -> jump(jump, some, pass, times));
      waiting = waiting(step, true);
    }
  }

  private List<Own> waiting(int step, boolean jumping) {
    List<Own> waiting = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      if (next[row] >= 0) {
        Own one = byRow.get(row).get(next[row]);
        boolean jump = one.at.jumps() && !jumped[row];
        if (one.at.step() == step && jump == jumping) {
          waiting.add(one);
        }
      }
    }
    return waiting;
  }

  private Jump jump(Breaks.Break at) {
    Jump atEvent = at.isEvent() ? interruptions.events().get(at.event()).jump() : null;
    return atEvent == null ? interruptions.jumps().get(at.kind()) : atEvent;
  }

  private void jump(Jump jump, List<Own> all, ReversePass pass, TimeCotangents times) {
    SampleProgram program = jumps.computeIfAbsent(jump, this::pullback);
    inParts(all, program.slots(), some -> jump(program, jump, some, pass, times));
  }

  private interface Part {
    void take(List<Own> some);
  }

  private static void inParts(List<Own> all, int slots, Part part) {
    for (int from = 0; from < all.size(); from += slots) {
      part.take(all.subList(from, Math.min(from + slots, all.size())));
    }
  }

  private SampleProgram pullback(Jump jump) {
    Graph graph = jump.restart(method, field);
    Cotangents cotangents = new Cotangents(graph, method.state(), wanted, List.of("t"));
    List<String> inputs = new ArrayList<>(List.of(method.state().get(0)));
    inputs.addAll(jump.ownInputs(field).keySet());
    Pullback pullback = cotangents.pullback(inputs);
    Graph reverse =
        Graph.of(
            graph.name() + ".pullback",
            cotangents.inputs(),
            cotangents.outputs(pullback),
            pullback.accumulations());
    return new SampleProgram(backend, reverse, rows, parameters, accumulators);
  }

  private void jump(
      SampleProgram program, Jump jump, List<Own> some, ReversePass pass, TimeCotangents times) {
    Map<String, Buffer> running = pass.cotangents().parts();
    takeContext(program, some);
    running.keySet().forEach(name -> program.input(name).fill(0));
    double[] at = new double[program.slots()];
    for (int slot = 0; slot < program.slots(); slot++) {
      Own one = some.get(Math.min(slot, some.size() - 1));
      program.take(slot, one.at.arrived().parts(), 0);
      at[slot] = one.at.time();
      if (slot < some.size()) {
        program.take(slot, running, one.row);
      }
    }
    program.input("t").set(at);
    takeOwnInputs(program, jump, some);
    program.run();
    for (int slot = 0; slot < some.size(); slot++) {
      Own one = some.get(slot);
      zero.parts().forEach((name, none) -> pass.cotangents().part(name).copyRow(one.row, none, 0));
      program.give(slot, running, one.row);
      times.add(one.row, one.at.step(), number(program, ReverseStep.cotangent("t"), slot));
      one.ofInputs = ownInputs(program, jump, slot);
      if (reversible) {
        pass.state().copyRow(one.row, one.at.arrived(), 0);
      }
      if (one.at.isEvent()) {
        jumped[one.row] = true;
      } else {
        next[one.row]--;
      }
    }
  }

  private void takeContext(SampleProgram program, List<Own> some) {
    for (int slot = 0; slot < program.slots(); slot++) {
      program.take(slot, context, some.get(Math.min(slot, some.size() - 1)).row);
    }
  }

  private void takeOwnInputs(SampleProgram program, Jump jump, List<Own> some) {
    int offset = 0;
    for (Map.Entry<String, Type> own : jump.ownInputs(field).entrySet()) {
      int size = own.getValue().shape().size();
      double[] numbers = new double[program.slots() * size];
      for (int slot = 0; slot < program.slots(); slot++) {
        double[] given = some.get(Math.min(slot, some.size() - 1)).at.inputs();
        System.arraycopy(given, offset, numbers, slot * size, size);
      }
      program.input(own.getKey()).set(numbers);
      offset += size;
    }
  }

  private double[] ownInputs(SampleProgram program, Jump jump, int slot) {
    double[] numbers = new double[jump.ownNumbers(field)];
    int offset = 0;
    for (Map.Entry<String, Type> own : jump.ownInputs(field).entrySet()) {
      program.output(ReverseStep.cotangent(own.getKey())).getRow(slot, numbers, offset);
      offset += own.getValue().shape().size();
    }
    return numbers;
  }

  /** Takes what arrives at the events that the samples' steps of a number end at. */
  void events(int step, StepTimes grid, ReversePass pass, TimeCotangents times, Outputs outputs) {
    List<Own> waiting = waiting(step, false);
    if (waiting.isEmpty()) {
      return;
    }
    for (int event = 0; event < interruptions.events().size(); event++) {
      int which = event;
      List<Own> all = waiting.stream().filter(one -> one.at.event() == which).toList();
      if (!all.isEmpty()) {
        SampleProgram weight = weights.computeIfAbsent(event, this::weight);
        SampleProgram condition = conditions.computeIfAbsent(event, this::condition);
        inParts(
            all,
            weight.slots(),
            some -> event(weight, condition, some, grid, pass, times, outputs));
      }
    }
  }

  private SampleProgram weight(int event) {
    Event one = interruptions.events().get(event);
    Graph graph = EventGraphs.weight(one, method, field);
    return new SampleProgram(backend, graph, rows, parameters, null);
  }

  private SampleProgram condition(int event) {
    Event one = interruptions.events().get(event);
    Graph graph = EventGraphs.pullback(one, method, field, wanted);
    return new SampleProgram(backend, graph, rows, parameters, accumulators);
  }

  private void event(
      SampleProgram weight,
      SampleProgram condition,
      List<Own> some,
      StepTimes grid,
      ReversePass pass,
      TimeCotangents times,
      Outputs outputs) {
    int slots = weight.slots();
    int dimension = field.dimension();
    double[] starts = new double[slots];
    double[] sizes = new double[slots];
    double[] ends = new double[slots];
    double[] ofTimes = new double[slots];
    double[] ofValues = new double[slots * dimension];
    for (int slot = 0; slot < slots; slot++) {
      Own one = some.get(Math.min(slot, some.size() - 1));
      ends[slot] = one.at.time();
      starts[slot] = grid.time(one.row, one.at.step() - 1);
      sizes[slot] = ends[slot] - starts[slot];
      ofTimes[slot] =
          one.ofTime
              + times.ending(one.row, one.at.step())
              + outputs.ofSize(one.row, one.at.step() - 1, before(one.at), grid);
      System.arraycopy(one.ofValue, 0, ofValues, slot * dimension, dimension);
      weight.take(slot, pass.cotangents().parts(), one.row);
      weight.take(slot, before(one.at).parts(), 0);
      condition.take(slot, pass.cotangents().parts(), one.row);
      condition.take(slot, one.at.arrived().parts(), 0);
    }
    takeContext(weight, some);
    takeContext(condition, some);
    weight.input("t").set(starts);
    weight.input("h").set(sizes);
    weight.input(EventGraphs.TIME).set(ofTimes);
    weight.input(EventGraphs.ARRIVING).set(ofValues);
    weight.run();
    condition.input("t").set(ends);
    condition.input(EventGraphs.ARRIVING).set(ofValues);
    condition.input(EventGraphs.WEIGHT).set(factors(weight, some));
    condition.run();
    for (int slot = 0; slot < some.size(); slot++) {
      Own one = some.get(slot);
      condition.give(slot, pass.cotangents().parts(), one.row);
      next[one.row]--;
      jumped[one.row] = false;
    }
  }

  /** λ for each slot; 0 for those that no sample needs, and where a condition is only touched. */
  private double[] factors(SampleProgram weight, List<Own> some) {
    double[] factors = new double[weight.slots()];
    for (int slot = 0; slot < some.size(); slot++) {
      Own one = some.get(slot);
      double sum = number(weight, EventGraphs.SUM, slot);
      double slope = number(weight, EventGraphs.SLOPE, slot);
      double mean = number(weight, EventGraphs.MEAN_SLOPE, slot);
      boolean touched = !(Math.abs(slope) > touch * Math.abs(mean));
      factors[slot] = touched ? 0 : -sum / slope;
      one.touched = touched && sum != 0 && matters(one);
    }
    return factors;
  }

  /** Whether what follows depends on when the event is; else its end of a step is as any other. */
  private boolean matters(Own one) {
    Event event = interruptions.events().get(one.at.event());
    boolean asked = one.ofTime != 0 || Arrays.stream(one.ofValue).anyMatch(x -> x != 0);
    return asked || event.terminal() || event.jump() != null;
  }

  private static State before(Breaks.Break at) {
    State before = at.before();
    if (before == null) {
      throw new AssertionError("an event keeps the state before its step");
    }
    return before;
  }

  private static double number(SampleProgram program, String output, int slot) {
    double[] number = new double[1];
    program.output(output).getRow(slot, number, 0);
    return number[0];
  }

  long bytes() {
    long sum = 0;
    for (Map<?, SampleProgram> programs : List.of(jumps, weights, conditions)) {
      sum += programs.values().stream().mapToLong(SampleProgram::bytes).sum();
    }
    return sum;
  }
}
