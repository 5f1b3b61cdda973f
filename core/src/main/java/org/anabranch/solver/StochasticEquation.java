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
