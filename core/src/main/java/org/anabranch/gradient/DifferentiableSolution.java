package org.anabranch.gradient;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.anabranch.backend.Accumulators;
import org.anabranch.backend.Buffer;
import org.anabranch.solver.Outcome;
import org.anabranch.solver.SampleReport;
import org.anabranch.solver.Trajectory.Occurrence;
import org.jspecify.annotations.Nullable;

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
  private final Supplier<SolveTangent> compilation;
  private final double[] theta;
  private final double[] times;
  private final Outcome[] outcomes;
  private final int dimension;
  private final MetInterruptions met;

  /** [time][sample × component]. */
  private final double[][] values;

  private @Nullable SolveTangent tangent;

  DifferentiableSolution(
      DifferentiableEquation equation,
      SolveGradient solve,
      Accumulators accumulators,
      SampleInputs inputs,
      Supplier<SolveTangent> compilation,
      double[] theta,
      double[] times,
      double[] start,
      Outcome[] outcomes) {
    this.equation = equation;
    this.solve = solve;
    this.accumulators = accumulators;
    this.inputs = inputs;
    this.compilation = compilation;
    this.theta = theta.clone();
    this.times = times.clone();
    this.outcomes = outcomes;
    this.dimension = equation.field().dimension();
    met = new MetInterruptions(solve, outcomes.length, dimension);
    values = new double[times.length][start.length];
    values[0] = start.clone();
    for (int time = 1; time < times.length; time++) {
      boolean last = time == times.length - 1;
      Buffer buffer = last ? solve.solve().solution() : solve.pointValue(time - 1);
      buffer.get(values[time]);
    }
    for (int row = 0; row < outcomes.length; row++) {
      for (int time = 1; time < times.length; time++) {
        if (!isReached(row, time)) {
          Arrays.fill(values[time], row * dimension, (row + 1) * dimension, Double.NaN);
        }
      }
    }
  }

  /** Whether no terminal event came before a time. */
  private boolean isReached(int row, int time) {
    if (outcomes[row] != Outcome.EVENT) {
      return true;
    }
    double end = met.last(row);
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
    return List.copyOf(met.events());
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
    int events = met.events().size();
    return pullback(cotangents, new double[events], new double[events][dimension]);
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
    requireSizes(ofOutputs);
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
    met.arrive(ofEventTimes, ofEventValues);
    solve.backward();
    requireSolvedBack();
    met.requireCrossed();
    return read(cotangents);
  }

  private void requireSizes(double[][][] ofOutputs) {
    double[][] times = inputs.outputs();
    boolean fits = ofOutputs.length == times.length;
    for (int row = 0; fits && row < times.length; row++) {
      fits =
          ofOutputs[row].length == times[row].length
              && Arrays.stream(ofOutputs[row]).allMatch(value -> value.length == dimension);
    }
    if (!fits) {
      throw new IllegalArgumentException(
          "Pullback: the cotangents of outputs are not [%d samples][the sample's output times][%d components]: those times are %s."
              .formatted(
                  times.length,
                  dimension,
                  Arrays.toString(Arrays.stream(times).mapToInt(own -> own.length).toArray())));
    }
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
        byStart, byParameters, byTimes, byContext, readOutputs(), met.ofJumps(inputs.jumps()));
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

  /**
   * The derivative of every value along directions, as often as wanted: exact for the steps taken,
   * also where {@link #pullback} is a backsolve.
   *
   * @return [sample][time][component], as {@link #value}
   * @throws IllegalStateException if a sample's solve failed
   */
  public double[][][] pushforward(SolutionDirections directions) {
    requireSolved();
    requireUninterrupted();
    requireSizes(directions);
    if (tangent == null) {
      tangent = compilation.get();
    }
    int rows = outcomes.length;
    double[] flat = new double[rows * dimension];
    double[][][] tangents = new double[rows][times.length][dimension];
    for (int row = 0; row < rows; row++) {
      System.arraycopy(directions.byStart()[row], 0, flat, row * dimension, dimension);
      tangents[row][0] = directions.byStart()[row].clone();
    }
    tangent.initialTangent().set(flat);
    giveContext(tangent, directions);
    tangent.load(theta, directions.byParameters());
    tangent.run(directions.byTimes());
    for (int time = 1; time < times.length; time++) {
      boolean last = time == times.length - 1;
      (last ? tangent.solutionTangent() : tangent.pointTangent(time - 1)).get(flat);
      for (int row = 0; row < rows; row++) {
        System.arraycopy(flat, row * dimension, tangents[row][time], 0, dimension);
      }
    }
    return tangents;
  }

  private void giveContext(SolveTangent of, SolutionDirections directions) {
    for (String name : directions.byContext().keySet()) {
      if (!equation.field().context().containsKey(name)) {
        throw new IllegalArgumentException(
            "Pushforward: a direction is given of '%s', which is no context of the field. Known are %s."
                .formatted(name, equation.field().context().keySet()));
      }
    }
    for (String name : equation.field().context().keySet()) {
      Buffer buffer = of.contextTangent(name);
      double[][] given = directions.byContext().get(name);
      double[] flat = new double[buffer.count()];
      if (given != null) {
        flat = Arrays.stream(given).flatMapToDouble(Arrays::stream).toArray();
      }
      if (flat.length != buffer.count()) {
        throw new IllegalArgumentException(
            "Pushforward: the direction of context '%s' has %d numbers, expected %d. Give a row for each sample."
                .formatted(name, flat.length, buffer.count()));
      }
      buffer.set(flat);
    }
  }

  private void requireUninterrupted() {
    if (solve.breaks() != null) {
      throw new IllegalStateException(
          "Pushforward: the equation has events or jumps, which directions do not go through. Use the pullback.");
    }
  }

  private void requireSizes(SolutionDirections directions) {
    boolean fits =
        directions.byStart().length == outcomes.length
            && directions.byTimes().length == outcomes.length
            && directions.byParameters().length == theta.length
            && Arrays.stream(directions.byStart()).allMatch(start -> start.length == dimension)
            && Arrays.stream(directions.byTimes()).allMatch(time -> time.length == times.length);
    if (!fits) {
      throw new IllegalArgumentException(
          "Pushforward: the directions are not those of [%d samples][%d components] at the start, %d parameters and [%d samples][%d times]."
              .formatted(outcomes.length, dimension, theta.length, outcomes.length, times.length));
    }
  }

  private void requireSolved() {
    for (int row = 0; row < outcomes.length; row++) {
      if (!outcomes[row].isSolved()) {
        throw new IllegalStateException(
            "Pullback: sample %d has no solution: %s.".formatted(row, outcomes[row].sentence()));
      }
    }
  }

  private void requireSolvedBack() {
    for (int row = 0; row < outcomes.length; row++) {
      if (!solve.outcomeBack(row).isSolved()) {
        throw new IllegalStateException(
            "Pullback: the adjoint of sample %d cannot be solved back: %s. Use the gradient mode 'checkpointed', which needs no such solve."
                .formatted(row, solve.outcomeBack(row).sentence()));
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
    int events = met.events().size();
    if (ofTimes.length != events
        || ofValues.length != events
        || !Arrays.stream(ofValues).allMatch(value -> value.length == dimension)) {
      throw new IllegalArgumentException(
          "Pullback: cotangents of %d times and %d values of events, met were %d, of %d components."
              .formatted(ofTimes.length, ofValues.length, events, dimension));
    }
  }
}
