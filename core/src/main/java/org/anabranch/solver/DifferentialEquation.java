package org.anabranch.solver;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Parameters;
import org.anabranch.backend.reference.ReferenceBackend;
import org.anabranch.field.Field;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.graph.Value;

/**
 * For whoever only wants the solution of dy/dt = f(t, y), in float64:
 *
 * <pre>
 * Solution solution = DifferentialEquation.of(1, (t, y) -> y.negated())
 *     .solve(new TimeGrid(0, 1, 100), Method.rk4(), new double[][] {{1}});
 * solution.value(0, 0);      // 0.3678794412
 * </pre>
 *
 * <p>or, on steps that each sample's error chooses, at times asked for:
 *
 * <pre>
 * Trajectory trajectory = DifferentialEquation.of(1, (t, y) -> y.negated())
 *     .solve(Method.named("tsit5"), AdaptiveSteps.of(1e-8, 1e-10),
 *         new double[] {0, 0.5, 1}, new double[][] {{1}});
 * trajectory.value(0, 2, 0); // 0.3678794412
 * </pre>
 *
 * @param field without context and parameters
 */
public record DifferentialEquation(Field field) {
  public static DifferentialEquation of(int dimension, BinaryOperator<Value> drift) {
    return new DifferentialEquation(Field.of(dimension, drift));
  }

  /**
   * The solution at the grid's end for each initial value.
   *
   * @throws IllegalArgumentException if an initial value has not the field's dimension
   */
  public Solution solve(TimeGrid grid, Method method, double[][] initialValues) {
    int rows = initialValues.length;
    int dimension = field.dimension();
    double[] flat = InitialValues.flat("DifferentialEquation", initialValues, dimension);
    Backend backend = new ReferenceBackend();
    Parameters none = backend.parameters(new ParameterLayout(List.of()));
    GridClock clock = new GridClock(backend, grid);
    ForwardSolve solve = new ForwardSolve(backend, method, field, Map.of(), none, clock, rows);
    solve.initialValue().set(flat);
    solve.run((step, state) -> {});
    Outcomes outcomes = new Outcomes(rows, dimension);
    outcomes.judge(solve);
    solve.solution().get(flat);
    List<List<Double>> values = new ArrayList<>();
    List<Outcome> ends = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      double[] value = Arrays.copyOfRange(flat, row * dimension, (row + 1) * dimension);
      values.add(Arrays.stream(value).boxed().toList());
      ends.add(outcomes.outcome(row));
    }
    return new Solution(values, ends);
  }

  /**
   * The solution at times of which the first is the start and the last the end, by the method's
   * interpolant between its steps.
   *
   * @throws IllegalArgumentException if the method has no error estimate or no interpolant, or the
   *     times do not lie between the first and the last
   */
  public Trajectory solve(
      Method method, AdaptiveSteps steps, double[] times, double[][] initialValues) {
    return solve(method, steps, times, initialValues, List.of());
  }

  /** The same, with events looked for; a sample that a terminal one ends has no values after it. */
  public Trajectory solve(
      Method method,
      AdaptiveSteps steps,
      double[] times,
      double[][] initialValues,
      List<Event> events) {
    Interruptions interruptions =
        new Interruptions(events, List.of(), Interruptions.none().limit());
    return solve(method, steps, times, initialValues, interruptions, List.of());
  }

  /**
   * The same, with events and jumps. At the time of a jump the solution is the one before it.
   *
   * @param jumps when each of the interruptions' jumps is taken
   */
  public Trajectory solve(
      Method method,
      AdaptiveSteps steps,
      double[] times,
      double[][] initialValues,
      Interruptions interruptions,
      List<JumpTimes> jumps) {
    if (times.length < 2) {
      throw new IllegalArgumentException(
          "DifferentialEquation: %d times. Give at least a start and an end."
              .formatted(times.length));
    }
    return open(method, steps, times[0], initialValues, interruptions, jumps).resume(times);
  }

  /** A solution without interruptions that goes on when it is asked to. */
  public OpenSolution open(
      Method method, AdaptiveSteps steps, double start, double[][] initialValues) {
    return open(method, steps, start, initialValues, Interruptions.none(), List.of());
  }

  /**
   * A solution that goes on when it is asked to.
   *
   * @param jumps when each of the interruptions' jumps is taken, over all that is to come
   * @throws IllegalArgumentException if the method has no error estimate, or sizes do not fit
   */
  public OpenSolution open(
      Method method,
      AdaptiveSteps steps,
      double start,
      double[][] initialValues,
      Interruptions interruptions,
      List<JumpTimes> jumps) {
    int rows = initialValues.length;
    double[] flat = InitialValues.flat("DifferentialEquation", initialValues, field.dimension());
    Backend backend = new ReferenceBackend();
    Parameters none = backend.parameters(new ParameterLayout(List.of()));
    AdaptiveSolve solve =
        new AdaptiveSolve(backend, method, field, Map.of(), none, steps, interruptions, rows);
    solve.forgetBreaks();
    solve.initialValue().set(flat);
    return new OpenSolution(solve, jumps, rows, field.dimension(), start);
  }
}
