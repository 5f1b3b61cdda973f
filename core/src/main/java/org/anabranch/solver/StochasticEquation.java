package org.anabranch.solver;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.Parameters;
import org.anabranch.backend.reference.ReferenceBackend;
import org.anabranch.control.brownian.BrownianGrid;
import org.anabranch.control.brownian.BrownianMotion;
import org.anabranch.field.StochasticField;
import org.anabranch.graph.ParameterLayout;

/**
 * For whoever only wants paths of dy = μ dt + σ dW, in float64:
 *
 * <pre>
 * StochasticField field = StochasticField.of(1, Noise.DIAGONAL, Calculus.STRATONOVICH,
 *     (t, y) -&gt; y.negated(), (t, y) -&gt; y.times(0.3));
 * Trajectory paths = new StochasticEquation(field)
 *     .solve(new TimeGrid(0, 1, 100), StochasticMethod.named("heun"), 7, new double[][] {{1}, {1}});
 * paths.value(0, 100, 0);
 * </pre>
 *
 * @param field without context and parameters
 */
public record StochasticEquation(StochasticField field) {
  /**
   * A path from each initial value, at the start and after every step. Sample i has the Brownian
   * motions of (seed, i), whatever samples are beside it.
   *
   * @throws IllegalArgumentException if the method does not solve the field, or an initial value
   *     has not its dimension
   */
  public Trajectory solve(
      TimeGrid grid, StochasticMethod method, long seed, double[][] initialValues) {
    BrownianGrid motion =
        BrownianGrid.equal(seed, grid.start(), grid.end(), grid.steps(), field.noiseDimension());
    return solve(grid, method, motion, initialValues);
  }

  /**
   * The same with motions of one's own: those of sample i have the id i.
   *
   * @param motion as many motions as the field has
   */
  public Trajectory solve(
      TimeGrid grid, StochasticMethod method, BrownianMotion motion, double[][] initialValues) {
    if (motion.motions() != field.noiseDimension()) {
      throw new IllegalArgumentException(
          "StochasticEquation: %d motions for a field of %d. Give as many."
              .formatted(motion.motions(), field.noiseDimension()));
    }
    int rows = initialValues.length;
    double[] start = InitialValues.flat("StochasticEquation", initialValues, field.dimension());
    DrivenMethod driven = method.on(field);
    Backend backend = new ReferenceBackend();
    Parameters none = backend.parameters(new ParameterLayout(List.of()));
    BrownianDrive drive = new BrownianDrive(motion, driven.need(), rows);
    GridClock clock = new GridClock(backend, grid, drive, rows);
    ForwardSolve solve =
        new ForwardSolve(backend, driven.method(), driven.field(), Map.of(), none, clock, rows);
    solve.initialValue().set(start);
    double[][] values = new double[grid.steps() + 1][];
    solve.run((step, state) -> values[step] = numbers(solve.solutionNow()));
    values[grid.steps()] = numbers(solve.solution());
    Outcomes outcomes = new Outcomes(rows, field.dimension());
    outcomes.judge(solve);
    List<List<List<Double>>> paths = new ArrayList<>();
    List<SampleReport> reports = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      List<List<Double>> path = path(values, row);
      paths.add(path);
      reports.add(report(grid, outcomes.outcome(row), path));
    }
    List<Double> times = new ArrayList<>();
    for (int step = 0; step <= grid.steps(); step++) {
      times.add(grid.time(step));
    }
    return new Trajectory(times, paths, List.of(), reports);
  }

  /** With the last step after which a path that left the numbers was finite. */
  private static SampleReport report(TimeGrid grid, Outcome outcome, List<List<Double>> path) {
    int taken = grid.steps();
    while (outcome == Outcome.NOT_FINITE && taken > 0 && !isFinite(path.get(taken))) {
      taken--;
    }
    double next = grid.size(Math.min(taken, grid.steps() - 1));
    double least = taken == 0 ? Double.NaN : grid.size(0);
    return new SampleReport(outcome, grid.time(taken), next, 0, taken, 0, least);
  }

  private static boolean isFinite(List<Double> value) {
    return value.stream().allMatch(Double::isFinite);
  }

  /**
   * Values of each path at times of its own, on the grid or between its steps: there
   *
   * <pre>  y(t) = yₙ + s (yₙ₊₁ − yₙ) + σ(tₙ, yₙ) (W(t) − W(tₙ) − s ΔW)      s = (t − tₙ)/h  </pre>
   *
   * <p>straight but for what the Brownian motion does beside its straight line, with an error of
   * order h, or √h where the noise does not commute.
   *
   * @param motion one that can be asked anywhere, such as a {@code BrownianInterval}, where times
   *     lie between steps
   * @param times [sample][time], within the grid, in any order
   * @return [sample][time][component]; NaN for a path that did not come to an end
   */
  public double[][][] valuesAt(
      TimeGrid grid,
      StochasticMethod method,
      BrownianMotion motion,
      double[][] initialValues,
      double[][] times) {
    if (times.length != initialValues.length) {
      throw new IllegalArgumentException(
          "StochasticEquation: times of %d samples for %d. Give each its own."
              .formatted(times.length, initialValues.length));
    }
    requireWithin(grid, times);
    Trajectory paths = solve(grid, method, motion, initialValues);
    Backend backend = new ReferenceBackend();
    Parameters none = backend.parameters(new ParameterLayout(List.of()));
    BridgedValues between = new BridgedValues(backend, field, none, motion);
    double[][][] values = new double[times.length][][];
    for (int row = 0; row < times.length; row++) {
      values[row] = new double[times[row].length][];
      for (int i = 0; i < times[row].length; i++) {
        values[row][i] = valueAt(grid, paths, row, times[row][i], between);
      }
    }
    return values;
  }

  private static void requireWithin(TimeGrid grid, double[][] times) {
    double low = Math.min(grid.start(), grid.end());
    double high = Math.max(grid.start(), grid.end());
    for (int row = 0; row < times.length; row++) {
      for (double time : times[row]) {
        if (!(time >= low && time <= high)) {
          throw new IllegalArgumentException(
              "StochasticEquation: sample %d asks for %s, the grid goes from %s to %s."
                  .formatted(row, time, grid.start(), grid.end()));
        }
      }
    }
  }

  private static double[] valueAt(
      TimeGrid grid, Trajectory paths, int row, double time, BridgedValues between) {
    double share = (time - grid.start()) / (grid.end() - grid.start());
    int step = (int) Math.min(grid.steps() - 1, Math.floor(share * grid.steps()));
    double direction = Math.signum(grid.end() - grid.start());
    while (step > 0 && (time - grid.time(step)) * direction < 0) {
      step--; // a rounding too far
    }
    while (step < grid.steps() - 1 && (time - grid.time(step + 1)) * direction >= 0) {
      step++;
    }
    double from = grid.time(step);
    double to = grid.time(step + 1);
    double[] before = unboxed(paths.values().get(row).get(step));
    if (time == from) {
      return before;
    }
    double[] after = unboxed(paths.values().get(row).get(step + 1));
    return time == to ? after : between.at(row, from, to, time, before, after);
  }

  private static double[] unboxed(List<Double> value) {
    return value.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private List<List<Double>> path(double[][] values, int row) {
    int dimension = field.dimension();
    List<List<Double>> path = new ArrayList<>();
    for (double[] all : values) {
      double[] value = Arrays.copyOfRange(all, row * dimension, (row + 1) * dimension);
      path.add(Arrays.stream(value).boxed().toList());
    }
    return path;
  }

  private static double[] numbers(Buffer buffer) {
    double[] numbers = new double[buffer.count()];
    buffer.get(numbers);
    return numbers;
  }
}
