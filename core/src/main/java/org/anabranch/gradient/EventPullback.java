package org.anabranch.gradient;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.anabranch.backend.Buffer;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Type;
import org.anabranch.solver.Breaks;
import org.anabranch.solver.Event;
import org.anabranch.solver.SampleProgram;
import org.anabranch.solver.State;
import org.anabranch.solver.StepTimes;

/** Has cotangents at events go on to what the events' times depend on: see {@link EventGraphs}. */
final class EventPullback {
  /**
   * Where the slope at an event is so small a part of the step's mean, it is only touched: a double
   * zero is found to the root of the rounding.
   */
  private static final double TOUCH_FLOAT64 = Math.sqrt(Math.ulp(1.0));

  private static final double TOUCH_FLOAT32 = Math.sqrt(Math.ulp(1f));

  private final ProgramSource source;
  private final List<Event> events;
  private final double touch;
  private final Map<Integer, SampleProgram> weights = new HashMap<>();
  private final Map<Integer, SampleProgram> conditions = new HashMap<>();

  EventPullback(ProgramSource source, List<Event> events) {
    this.source = source;
    this.events = events;
    touch = isFloat64(source) ? TOUCH_FLOAT64 : TOUCH_FLOAT32;
  }

  private static boolean isFloat64(ProgramSource source) {
    Buffer number = source.backend().buffer(Type.perSampleScalar(), 1);
    number.fill(0.1);
    double[] held = new double[1];
    number.get(held);
    return held[0] == 0.1;
  }

  /** Takes what arrives at an event that steps of several samples end at. */
  void pull(
      int event,
      List<Interruption> all,
      StepTimes grid,
      ReversePass pass,
      TimeCotangents times,
      Outputs outputs) {
    SampleProgram weight = weights.computeIfAbsent(event, this::weight);
    SampleProgram condition = conditions.computeIfAbsent(event, this::condition);
    int slots = weight.slots();
    for (int from = 0; from < all.size(); from += slots) {
      List<Interruption> some = all.subList(from, Math.min(from + slots, all.size()));
      pull(weight, condition, some, grid, pass, times, outputs);
    }
  }

  private SampleProgram weight(int event) {
    Event one = events.get(event);
    Graph graph = EventGraphs.weight(one, source.method(), source.field());
    return source.computing(graph);
  }

  private SampleProgram condition(int event) {
    Event one = events.get(event);
    Graph graph = EventGraphs.pullback(one, source.method(), source.field(), source.wanted());
    return source.adding(graph);
  }

  private void pull(
      SampleProgram weight,
      SampleProgram condition,
      List<Interruption> some,
      StepTimes grid,
      ReversePass pass,
      TimeCotangents times,
      Outputs outputs) {
    int slots = weight.slots();
    int dimension = source.field().dimension();
    double[] starts = new double[slots];
    double[] sizes = new double[slots];
    double[] ends = new double[slots];
    double[] ofTimes = new double[slots];
    double[] ofValues = new double[slots * dimension];
    for (int slot = 0; slot < slots; slot++) {
      Interruption one = some.get(Math.min(slot, some.size() - 1));
      ends[slot] = one.at.time();
      starts[slot] = grid.time(one.row, one.at.step() - 1);
      sizes[slot] = ends[slot] - starts[slot];
      ofTimes[slot] = one.ofTime + (one.last ? ofWhatFollows(one, grid, times, outputs) : 0);
      System.arraycopy(one.ofValue, 0, ofValues, slot * dimension, dimension);
      weight.take(slot, source.context(), one.row);
      condition.take(slot, source.context(), one.row);
      if (one.last) {
        weight.take(slot, pass.cotangents().parts(), one.row);
      } else {
        weight.clear(slot, pass.cotangents().parts().keySet());
      }
      weight.take(slot, before(one.at).parts(), 0);
      condition.take(slot, pass.cotangents().parts(), one.row);
      condition.take(slot, one.at.arrived().parts(), 0);
    }
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
      Interruption one = some.get(slot);
      condition.give(slot, pass.cotangents().parts(), one.row);
    }
  }

  private static double ofWhatFollows(
      Interruption one, StepTimes grid, TimeCotangents times, Outputs outputs) {
    return times.ending(one.row, one.at.step())
        + outputs.ofSize(one.row, one.at.step() - 1, before(one.at), grid);
  }

  /** λ for each slot; 0 for those that no sample needs, and where a condition is only touched. */
  private double[] factors(SampleProgram weight, List<Interruption> some) {
    double[] factors = new double[weight.slots()];
    for (int slot = 0; slot < some.size(); slot++) {
      Interruption one = some.get(slot);
      double sum = ProgramSource.number(weight, EventGraphs.SUM, slot);
      double slope = ProgramSource.number(weight, EventGraphs.SLOPE, slot);
      double mean = ProgramSource.number(weight, EventGraphs.MEAN_SLOPE, slot);
      boolean touched = !(Math.abs(slope) > touch * Math.abs(mean));
      factors[slot] = touched ? 0 : -sum / slope;
      one.touched = touched && sum != 0 && matters(one);
    }
    return factors;
  }

  /** Whether what follows depends on when the event is; else its end of a step is as any other. */
  private boolean matters(Interruption one) {
    Event event = events.get(one.at.event());
    boolean asked = one.ofTime != 0 || Arrays.stream(one.ofValue).anyMatch(x -> x != 0);
    return asked || (one.last && (event.terminal() || event.jump() != null));
  }

  private static State before(Breaks.Break at) {
    State before = at.before();
    if (before == null) {
      throw new AssertionError("an event keeps the state before its step");
    }
    return before;
  }

  long bytes() {
    long ofWeights = weights.values().stream().mapToLong(SampleProgram::bytes).sum();
    return ofWeights + conditions.values().stream().mapToLong(SampleProgram::bytes).sum();
  }
}
