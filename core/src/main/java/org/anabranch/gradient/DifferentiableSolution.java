package org.anabranch.gradient;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.anabranch.backend.Accumulators;
import org.anabranch.backend.Buffer;
import org.anabranch.solver.Outcome;
import org.anabranch.solver.SampleReport;
import org.jspecify.annotations.Nullable;

/**
 * A solution that remembers what its pullback needs. Not for several threads at a time.
 *
 * @see DifferentiableEquation
 */
public final class DifferentiableSolution {
  private final SolveGradient solve;
  private final Accumulators accumulators;
  private final Supplier<SolveTangent> compilation;
  private final double[] theta;
  private final double[] times;
  private final Outcome[] outcomes;
  private final int dimension;

  /** [time][sample × component]. */
  private final double[][] values;

  private @Nullable SolveTangent tangent;

  DifferentiableSolution(
      SolveGradient solve,
      Accumulators accumulators,
      Supplier<SolveTangent> compilation,
      double[] theta,
      double[] times,
      double[] start,
      Outcome[] outcomes,
      int dimension) {
    this.solve = solve;
    this.accumulators = accumulators;
    this.compilation = compilation;
    this.theta = theta.clone();
    this.times = times.clone();
    this.outcomes = outcomes;
    this.dimension = dimension;
    values = new double[times.length][start.length];
    values[0] = start.clone();
    for (int time = 1; time < times.length; time++) {
      buffer(time).get(values[time]);
    }
  }

  private Buffer buffer(int time) {
    boolean last = time == times.length - 1;
    return last ? solve.solve().solution() : solve.pointValue(time - 1);
  }

  /** y of a sample at the time of a place; without meaning where its outcome is a failure. */
  public double value(int sample, int time, int component) {
    return values[time][sample * dimension + component];
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

  /**
   * Pulls cotangents of the values back, as often as wanted.
   *
   * @param cotangents [sample][time][component], as {@link #value}
   * @throws IllegalStateException if a sample's solve failed: its cotangents would not be those of
   *     anything
   */
  public SolutionCotangents pullback(double[][][] cotangents) {
    int rows = outcomes.length;
    requireSolved();
    requireSizes(cotangents);
    accumulators.clear();
    double[] flat = new double[rows * dimension];
    for (int time = 1; time < times.length; time++) {
      for (int row = 0; row < rows; row++) {
        System.arraycopy(cotangents[row][time], 0, flat, row * dimension, dimension);
      }
      boolean last = time == times.length - 1;
      (last ? solve.solutionCotangent() : solve.pointCotangent(time - 1)).set(flat);
    }
    solve.backward();
    requireSolvedBack();
    double[] byParameters = new double[accumulators.layout().size()];
    accumulators.total(byParameters);
    solve.initialCotangent().get(flat);
    double[][] byStart = new double[rows][dimension];
    double[][] byTimes = new double[rows][times.length];
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < dimension; i++) {
        byStart[row][i] = flat[row * dimension + i] + cotangents[row][0][i];
      }
      for (int time = 0; time < times.length; time++) {
        byTimes[row][time] = solve.timeCotangent(row, time);
      }
    }
    return new SolutionCotangents(byStart, byParameters, byTimes);
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

  private void requireSizes(double[][][] cotangents) {
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
  }
}
