package org.anabranch.gradient;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.anabranch.backend.Buffer;
import org.anabranch.graph.Graph;
import org.anabranch.solver.Breaks;
import org.anabranch.solver.SampleProgram;
import org.anabranch.solver.Spans;
import org.anabranch.solver.State;
import org.anabranch.solver.StepTimes;
import org.jspecify.annotations.Nullable;

/**
 * The solution at times that steps do not land on, and its cotangents: pulled back through the
 * interpolant of the step that each lies in to the state before it, to the step's time and size,
 * and to the output's own time.
 */
final class Outputs {
  /** Of an output that is the initial value itself. */
  private static final int AT_START = -1;

  /** Of an output that the solve did not come to. */
  private static final int NOWHERE = -2;

  /** The outputs of one sample. */
  private static final class Own {
    final double[] times;
    final double[][] values;
    final double[][] cotangents;
    final double[] byTimes;
    final int[] steps;

    Own(double[] times, int dimension) {
      this.times = times.clone();
      values = new double[times.length][dimension];
      cotangents = new double[times.length][dimension];
      byTimes = new double[times.length];
      steps = new int[times.length];
      for (double[] value : values) {
        Arrays.fill(value, Double.NaN);
      }
    }
  }

  /** One output of a sample. */
  private record One(int row, Own own, int place) {
    int step() {
      return own.steps[place];
    }
  }

  private final ProgramSource source;
  private final int dimension;
  private final List<Own> byRow = new ArrayList<>();

  /** All of them, in the order of their steps. */
  private final List<One> located = new ArrayList<>();

  private @Nullable SampleProgram values;
  private @Nullable SampleProgram pullback;
  private @Nullable SampleProgram probe;

  Outputs(ProgramSource source) {
    this.source = source;
    dimension = source.field().dimension();
  }

  /**
   * Before a forward solve.
   *
   * @param times of each sample; empty for none at all
   */
  void start(double[][] times) {
    byRow.clear();
    located.clear();
    for (double[] own : times) {
      byRow.add(new Own(own, dimension));
    }
  }

  boolean isEmpty() {
    return byRow.isEmpty();
  }

  /**
   * Checks times before a solve.
   *
   * @throws IllegalArgumentException if one lies outside its sample's span
   */
  void requireWithin(Spans spans, double[][] times) {
    if (times.length != source.rows()) {
      throw new IllegalArgumentException(
          "Output times: %d rows were given, the solve has %d. Give one for each sample, empty for none."
              .formatted(times.length, source.rows()));
    }
    for (int row = 0; row < source.rows(); row++) {
      double low = Math.min(spans.start(row), spans.end(row));
      double high = Math.max(spans.start(row), spans.end(row));
      for (double time : times[row]) {
        if (!(time >= low && time <= high)) {
          throw new IllegalArgumentException(
              "Output times: sample %d is wanted at %s, its solve goes from %s to %s. Use times between."
                  .formatted(row, time, spans.start(row), spans.end(row)));
        }
      }
    }
  }

  /** Takes a value as an adaptive solve delivers it. */
  void keep(int row, int place, Buffer solution, int slot) {
    solution.getRow(slot, byRow.get(row).values[place], 0);
  }

  double[] value(int row, int place) {
    return byRow.get(row).values[place];
  }

  double[] cotangent(int row, int place) {
    return byRow.get(row).cotangents[place];
  }

  double byTime(int row, int place) {
    return byRow.get(row).byTimes[place];
  }

  /** Finds the step that each output lies in, as far as the grid goes. */
  void locate(StepTimes grid, @Nullable Breaks breaks) {
    located.clear();
    for (int row = 0; row < byRow.size(); row++) {
      Own own = byRow.get(row);
      int last = grid.steps(row);
      double start = grid.time(row, 0);
      double direction = grid.time(row, last) < start ? -1 : 1;
      boolean jumps = breaks != null && breaks.of(row).stream().anyMatch(one -> one.step() == 0);
      for (int place = 0; place < own.times.length; place++) {
        double time = own.times[place];
        int step = 0;
        for (int beyond = last; step < beyond; ) { // the first step that ends at it or after
          int middle = (step + beyond) >>> 1;
          boolean later = (time - grid.time(row, middle + 1)) * direction > 0;
          step = later ? middle + 1 : step;
          beyond = later ? beyond : middle;
        }
        boolean initial = time == start && (jumps || last == 0);
        own.steps[place] = initial ? AT_START : step < last ? step : NOWHERE;
        located.add(new One(row, own, place));
      }
    }
    located.sort(Comparator.comparingInt(One::step));
  }

  /** Computes the values in a step from the state before it: where steps are known before. */
  void evaluate(int step, State before, StepTimes grid) {
    for (One one : in(step)) {
      if (values == null) {
        values = source.computing(OutputGraphs.solution(source.method(), source.field()));
      }
      prepare(values, List.of(one), step, grid);
      for (int slot = 0; slot < values.slots(); slot++) {
        values.take(slot, before.parts(), one.row);
      }
      values.run();
      keep(one.row, one.place, values.output(OutputGraphs.SOLUTION), 0);
    }
  }

  /** Gives those that are the initial value itself. */
  void atStart(Buffer initialValue) {
    for (One one : in(AT_START)) {
      keep(one.row, one.place, initialValue, one.row);
    }
  }

  /** Those in a step, sample by sample. */
  private List<One> in(int step) {
    return located.subList(before(step), before(step + 1));
  }

  /** How many lie in steps before one. */
  private int before(int step) {
    int low = 0;
    int high = located.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (located.get(middle).step() < step) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Times, fractions and context of a program's slots; the last one's for those left over. */
  private void prepare(SampleProgram program, List<One> some, int step, StepTimes grid) {
    double[] starts = new double[program.slots()];
    double[] sizes = new double[program.slots()];
    double[] fractions = new double[program.slots()];
    for (int slot = 0; slot < program.slots(); slot++) {
      One one = some.get(Math.min(slot, some.size() - 1));
      starts[slot] = grid.time(one.row, step);
      sizes[slot] = grid.time(one.row, step + 1) - starts[slot];
      fractions[slot] = (one.own.times[one.place] - starts[slot]) / sizes[slot];
      program.take(slot, source.context(), one.row);
    }
    program.input("t").set(starts);
    program.input("h").set(sizes);
    program.input(OutputGraphs.FRACTION).set(fractions);
  }

  /**
   * What the outputs within a sample's step give to its size, the step's end held to no time: for a
   * step that ends at an event.
   */
  double ofSize(int row, int step, State before, StepTimes grid) {
    double sum = 0;
    for (One one : in(step)) {
      if (one.row == row) {
        if (probe == null) {
          probe = source.probing(pullbackGraph());
        }
        prepare(probe, List.of(one), step, grid);
        for (int slot = 0; slot < probe.slots(); slot++) {
          probe.take(slot, before.parts(), 0);
        }
        giveCotangents(probe, List.of(one));
        probe.run();
        sum += bySize(probe, one, 0, step, grid);
      }
    }
    return sum;
  }

  private Graph pullbackGraph() {
    return OutputGraphs.pullback(source.method(), source.field(), source.types(), source.wanted());
  }

  private void giveCotangents(SampleProgram program, List<One> some) {
    double[] flat = new double[program.slots() * dimension];
    for (int slot = 0; slot < some.size(); slot++) {
      One one = some.get(slot);
      System.arraycopy(one.own.cotangents[one.place], 0, flat, slot * dimension, dimension);
    }
    program.input(ReverseStep.cotangent(OutputGraphs.SOLUTION)).set(flat);
    for (String part : source.types().keySet()) {
      program.input(ReverseStep.cotangent(part)).fill(0);
    }
    for (String name : source.wanted()) {
      program.input(ReverseStep.cotangent(name)).fill(0);
    }
  }

  private static double bySize(SampleProgram program, One one, int slot, int step, StepTimes grid) {
    double start = grid.time(one.row, step);
    double size = grid.time(one.row, step + 1) - start;
    double fraction = (one.own.times[one.place] - start) / size;
    return number(program, "h", slot)
        - number(program, OutputGraphs.FRACTION, slot) * fraction / size;
  }

  private static double number(SampleProgram program, String of, int slot) {
    return ProgramSource.number(program, ReverseStep.cotangent(of), slot);
  }

  /**
   * After a step was pulled back: adds what the outputs within it give to the cotangents before it.
   *
   * @param byTime of the step's time, sample by sample, added to; of no length where not wanted
   * @param bySize of its size
   */
  void pull(int step, ReversePass pass, StepTimes grid, double[] byTime, double[] bySize) {
    List<One> left = in(step);
    while (!left.isEmpty()) {
      List<One> some = new ArrayList<>();
      List<One> later = new ArrayList<>();
      if (pullback == null) {
        pullback = source.adding(pullbackGraph());
      }
      for (One one : left) { // one of each sample at a time: they add to the same cotangents
        boolean taken = some.stream().anyMatch(other -> other.row == one.row);
        (taken || some.size() == pullback.slots() ? later : some).add(one);
      }
      pull(pullback, some, step, pass, grid);
      for (int slot = 0; slot < some.size(); slot++) {
        One one = some.get(slot);
        double size = grid.time(one.row, step + 1) - grid.time(one.row, step);
        double byFraction = number(pullback, OutputGraphs.FRACTION, slot) / size;
        one.own.byTimes[one.place] = byFraction;
        if (byTime.length > 0) {
          byTime[one.row] += number(pullback, "t", slot) - byFraction;
          bySize[one.row] += bySize(pullback, one, slot, step, grid);
        }
      }
      left = later;
    }
  }

  private void pull(
      SampleProgram program, List<One> some, int step, ReversePass pass, StepTimes grid) {
    prepare(program, some, step, grid);
    giveCotangents(program, some);
    for (int slot = 0; slot < program.slots(); slot++) {
      One one = some.get(Math.min(slot, some.size() - 1));
      program.take(slot, pass.before().parts(), one.row);
      if (slot < some.size()) {
        program.take(slot, pass.cotangents().parts(), one.row);
      }
    }
    program.run();
    for (int slot = 0; slot < some.size(); slot++) {
      program.give(slot, pass.cotangents().parts(), some.get(slot).row);
    }
  }

  /** Adds the cotangents of outputs that are the initial value itself. */
  void addToStart(Buffer initialCotangent) {
    List<One> all = in(AT_START);
    if (!all.isEmpty()) {
      double[] flat = new double[source.rows() * dimension];
      initialCotangent.get(flat);
      for (One one : all) {
        for (int i = 0; i < dimension; i++) {
          flat[one.row * dimension + i] += one.own.cotangents[one.place][i];
        }
      }
      initialCotangent.set(flat);
    }
  }

  long bytes() {
    return (values == null ? 0 : values.bytes())
        + (pullback == null ? 0 : pullback.bytes())
        + (probe == null ? 0 : probe.bytes());
  }
}
