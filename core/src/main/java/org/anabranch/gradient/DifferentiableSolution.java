package org.anabranch.gradient;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anabranch.backend.Accumulators;
import org.anabranch.backend.Buffer;
import org.anabranch.solver.Breaks;
import org.anabranch.solver.JumpTimes;
import org.anabranch.solver.Outcome;
import org.anabranch.solver.SampleReport;
import org.anabranch.solver.Trajectory.Occurrence;

/**
 * A solution that remembers what its pullback needs. Not for several threads at a time.
 *
 * @see DifferentiableEquation
 */
public final class DifferentiableSolution {
  private final DifferentiableEquation equation;
  private final SolveGradient solve;
  private final Accumulators accumulators;
  private final SampleInputs inputs;
  private final double[] times;
  private final Outcome[] outcomes;
  private final int dimension;
  private final List<Occurrence> events = new ArrayList<>();

  /** The place of each event among its sample's interruptions. */
  private final List<Integer> places = new ArrayList<>();

  /** [time][sample × component]. */
  private final double[][] values;

  DifferentiableSolution(
      DifferentiableEquation equation,
      SolveGradient solve,
      Accumulators accumulators,
      SampleInputs inputs,
      double[] times,
      double[] start,
      Outcome[] outcomes) {
    this.equation = equation;
    this.solve = solve;
    this.accumulators = accumulators;
    this.inputs = inputs;
    this.times = times.clone();
    this.outcomes = outcomes;
    this.dimension = equation.field().dimension();
    values = new double[times.length][start.length];
    values[0] = start.clone();
    for (int time = 1; time < times.length; time++) {
      boolean last = time == times.length - 1;
      Buffer buffer = last ? solve.solve().solution() : solve.pointValue(time - 1);
      buffer.get(values[time]);
    }
    for (int row = 0; row < outcomes.length; row++) {
      readEvents(row);
      for (int time = 1; time < times.length; time++) {
        if (!isReached(row, time)) {
          Arrays.fill(values[time], row * dimension, (row + 1) * dimension, Double.NaN);
        }
      }
    }
  }

  private void readEvents(int row) {
    List<Breaks.Break> own = breaks(row);
    for (int place = 0; place < own.size(); place++) {
      Breaks.Break one = own.get(place);
      if (one.isEvent()) {
        double[] value = new double[dimension];
        String part = solve.solve().method().state().get(0);
        one.arrived().part(part).getRow(0, value, 0);
        List<Double> numbers = Arrays.stream(value).boxed().toList();
        events.add(new Occurrence(row, one.event(), one.time(), numbers));
        places.add(place);
      }
    }
  }

  private List<Breaks.Break> breaks(int row) {
    Breaks breaks = solve.breaks();
    return breaks == null ? List.of() : breaks.of(row);
  }

  /** Whether no terminal event came before a time. */
  private boolean isReached(int row, int time) {
    if (outcomes[row] != Outcome.EVENT) {
      return true;
    }
    List<Breaks.Break> own = breaks(row);
    double end = own.get(own.size() - 1).time();
    return (times[time] - end) * (times[times.length - 1] - times[0]) <= 0;
  }

  /**
   * y of a sample at the time of a place, before a jump there; NaN after a terminal event, and
   * without meaning where the sample's outcome is a failure.
   */
  public double value(int sample, int time, int component) {
    return values[time][sample * dimension + component];
  }

  /**
   * y of a sample at its output time of a place, before a jump there; NaN where its solve did not
   * come to.
   */
  public double output(int sample, int place, int component) {
    return solve.outputValue(sample, place)[component];
  }

  /** The events met, sample by sample, each in the order of its solve, with y before a jump. */
  public List<Occurrence> events() {
    return List.copyOf(events);
  }

  /** How a sample's solve ended. */
  public Outcome outcome(int sample) {
    return outcomes[sample];
  }

  /** The mode in use, settled for method and stepping. */
  public GradientMode mode() {
    return solve.mode();
  }

  /** How each sample's adaptive solve went; empty for equal steps. */
  public List<SampleReport> reports() {
    return solve.reports();
  }

  /** The bytes reserved for programs and states, those kept for the pullback among them. */
  public long bytes() {
    return solve.bytes();
  }

  /**
   * Pulls cotangents of the values back, as often as wanted.
   *
   * @param cotangents [sample][time][component], as {@link #value}
   * @throws IllegalStateException if a sample's solve failed: its cotangents would not be those of
   *     anything
   */
  public SolutionCotangents pullback(double[][][] cotangents) {
    return pullback(cotangents, new double[events.size()], new double[events.size()][dimension]);
  }

  /** The same of a solution with events. */
  public SolutionCotangents pullback(
      double[][][] cotangents, double[] ofEventTimes, double[][] ofEventValues) {
    double[][][] none = new double[inputs.outputs().length][][];
    for (int row = 0; row < none.length; row++) {
      none[row] = new double[inputs.outputs()[row].length][dimension];
    }
    return pullback(cotangents, ofEventTimes, ofEventValues, none);
  }

  /**
   * Pulls cotangents of values, events and outputs back, as often as wanted. The step to an event
   * depends on all that its condition does: derivatives are by the implicit function theorem on
   * that step.
   *
   * @param cotangents [sample][time][component], as {@link #value}; not looked at where that is NaN
   * @param ofEventTimes as {@link #events}
   * @param ofEventValues the same with components
   * @param ofOutputs [sample][place][component], as {@link #output}; not looked at where that is
   *     NaN
   * @throws IllegalStateException if a sample's solve failed, or one depends on an event that is
   *     only touched, whose time has no derivative
   */
  public SolutionCotangents pullback(
      double[][][] cotangents,
      double[] ofEventTimes,
      double[][] ofEventValues,
      double[][][] ofOutputs) {
    requireSolved();
    requireSizes(cotangents, ofEventTimes, ofEventValues);
    giveOutputs(ofOutputs);
    accumulators.clear();
    double[] flat = new double[outcomes.length * dimension];
    for (int time = 1; time < times.length; time++) {
      for (int row = 0; row < outcomes.length; row++) {
        if (isReached(row, time)) {
          System.arraycopy(cotangents[row][time], 0, flat, row * dimension, dimension);
        } else {
          Arrays.fill(flat, row * dimension, (row + 1) * dimension, 0);
        }
      }
      boolean last = time == times.length - 1;
      (last ? solve.solutionCotangent() : solve.pointCotangent(time - 1)).set(flat);
    }
    for (int i = 0; i < events.size(); i++) {
      solve
          .breakCotangents()
          .arrive(events.get(i).sample(), places.get(i), ofEventTimes[i], ofEventValues[i]);
    }
    solve.backward();
    requireCrossed();
    return read(cotangents);
  }

  private void giveOutputs(double[][][] ofOutputs) {
    for (int row = 0; row < inputs.outputs().length; row++) {
      for (int place = 0; place < inputs.outputs()[row].length; place++) {
        System.arraycopy(ofOutputs[row][place], 0, solve.outputCotangent(row, place), 0, dimension);
      }
    }
  }

  private SolutionCotangents read(double[][][] cotangents) {
    int rows = outcomes.length;
    double[] byParameters = new double[accumulators.layout().size()];
    accumulators.total(byParameters);
    double[][] byStart = rows(solve.initialCotangent());
    double[][] byTimes = new double[rows][times.length];
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < dimension; i++) {
        byStart[row][i] += cotangents[row][0][i];
      }
      for (int time = 0; time < times.length; time++) {
        byTimes[row][time] = solve.timeCotangent(row, time);
      }
    }
    Map<String, double[][]> byContext = new LinkedHashMap<>();
    for (String name : equation.field().context().keySet()) {
      byContext.put(name, rows(solve.contextCotangent(name)));
    }
    return new SolutionCotangents(
        byStart, byParameters, byTimes, byContext, readOutputs(), readJumps());
  }

  private static double[][] rows(Buffer buffer) {
    int size = buffer.type().shape().size();
    double[][] rows = new double[buffer.rows()][size];
    for (int row = 0; row < rows.length; row++) {
      buffer.getRow(row, rows[row], 0);
    }
    return rows;
  }

  private double[][] readOutputs() {
    double[][] byTimes = new double[inputs.outputs().length][];
    for (int row = 0; row < byTimes.length; row++) {
      byTimes[row] = new double[inputs.outputs()[row].length];
      for (int place = 0; place < byTimes[row].length; place++) {
        byTimes[row][place] = solve.outputTimeCotangent(row, place);
      }
    }
    return byTimes;
  }

  private List<SolutionCotangents.OfJump> readJumps() {
    List<SolutionCotangents.OfJump> all = new ArrayList<>();
    for (JumpTimes jump : inputs.jumps()) {
      double[][] byTimes = new double[jump.rows()][];
      double[][][] byInputs = new double[jump.rows()][][];
      for (int row = 0; row < jump.rows(); row++) {
        byTimes[row] = new double[jump.count(row)];
        byInputs[row] = new double[jump.count(row)][];
        for (int place = 0; place < jump.count(row); place++) {
          byInputs[row][place] = new double[jump.numbers(row, place)];
        }
      }
      all.add(new SolutionCotangents.OfJump(byTimes, byInputs));
    }
    for (int row = 0; row < outcomes.length; row++) {
      List<Breaks.Break> own = breaks(row);
      for (int i = 0; i < own.size(); i++) {
        Breaks.Break one = own.get(i);
        if (!one.isEvent()) {
          SolutionCotangents.OfJump of = all.get(one.kind());
          of.byTimes()[row][one.place()] = solve.breakCotangents().ofJumpTime(row, i);
          of.byInputs()[row][one.place()] = solve.breakCotangents().ofJumpInputs(row, i);
        }
      }
    }
    return all;
  }

  private void requireSolved() {
    for (int row = 0; row < outcomes.length; row++) {
      if (!outcomes[row].isSolved()) {
        throw new IllegalStateException(
            "Pullback: sample %d has no solution: %s.".formatted(row, outcomes[row].sentence()));
      }
    }
  }

  private void requireCrossed() {
    for (int i = 0; i < events.size(); i++) {
      Occurrence one = events.get(i);
      if (solve.breakCotangents().isTouched(one.sample(), places.get(i))) {
        throw new IllegalStateException(
            "Pullback: sample %d only touches event %d at t = %s: the condition's slope there is zero up to rounding, so its time has no derivative. Leave the sample out, or choose a condition that is crossed."
                .formatted(one.sample(), one.event(), one.time()));
      }
    }
  }

  private void requireSizes(double[][][] cotangents, double[] ofTimes, double[][] ofValues) {
    boolean fits =
        cotangents.length == outcomes.length
            && Arrays.stream(cotangents)
                .allMatch(
                    sample ->
                        sample.length == times.length
                            && Arrays.stream(sample).allMatch(value -> value.length == dimension));
    if (!fits) {
      throw new IllegalArgumentException(
          "Pullback: the cotangents are not [%d samples][%d times][%d components], as the values are."
              .formatted(outcomes.length, times.length, dimension));
    }
    if (ofTimes.length != events.size()
        || ofValues.length != events.size()
        || !Arrays.stream(ofValues).allMatch(value -> value.length == dimension)) {
      throw new IllegalArgumentException(
          "Pullback: cotangents of %d times and %d values of events, met were %d, of %d components."
              .formatted(ofTimes.length, ofValues.length, events.size(), dimension));
    }
  }
}
