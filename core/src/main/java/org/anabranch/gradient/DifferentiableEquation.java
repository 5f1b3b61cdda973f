package org.anabranch.gradient;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Supplier;
import org.anabranch.backend.Accumulators;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.Parameters;
import org.anabranch.field.Field;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.solver.Event;
import org.anabranch.solver.InitialValues;
import org.anabranch.solver.Interruptions;
import org.anabranch.solver.Jump;
import org.anabranch.solver.Method;
import org.anabranch.solver.Outcome;
import org.anabranch.solver.Outcomes;
import org.anabranch.solver.Spans;
import org.anabranch.solver.Stepping;

/**
 * For whoever has a loss of their own: the solution of dy/dt = f(t, y; θ) at some times, the
 * pullback of its cotangents, and the pushforward of directions.
 *
 * <pre>
 * DifferentiableEquation equation = new DifferentiableEquation(backend, field, layout);
 * DifferentiableSolution solution = equation.solve(Method.named("tsit5"),
 *     new AdaptiveSpan(0, 2, AdaptiveSteps.of(1e-6, 1e-8)), GradientMode.automatic(),
 *     theta, new double[] {0, 1, 2}, new double[][] {{1, 0}});
 * double[][][] cotangents = ...;                     // of solution.value(sample, time, component)
 * SolutionCotangents slopes = solution.pullback(cotangents);
 * slopes.byParameters();                             // in the order of the layout
 * solution.pushforward(directions);                  // the other way: of each value, by a direction
 * </pre>
 *
 * @param layout of the parameters that the field reads, and the conditions of events and jumps
 * @param interruptions events to look for, on adaptive steps, and jumps to take
 */
public record DifferentiableEquation(
    Backend backend, Field field, ParameterLayout layout, Interruptions interruptions) {
  public DifferentiableEquation(Backend backend, Field field, ParameterLayout layout) {
    this(backend, field, layout, Interruptions.none());
  }

  /** The same with an event looked for, or jumped at. */
  public DifferentiableEquation with(Event event) {
    return new DifferentiableEquation(backend, field, layout, interruptions.with(event));
  }

  /** The same with a jump, whose times {@link SampleInputs} give. */
  public DifferentiableEquation with(Jump jump) {
    return new DifferentiableEquation(backend, field, layout, interruptions.with(jump));
  }

  /** Solves an equation without context and jumps: see the other. */
  public DifferentiableSolution solve(
      Method method,
      Stepping stepping,
      GradientMode mode,
      double[] theta,
      double[] times,
      double[][] initialValues) {
    return solve(method, stepping, mode, theta, times, initialValues, SampleInputs.none());
  }

  /**
   * Solves from the first time to the last. Steps land on every time between, so that the gradient
   * is that of the numbers computed.
   *
   * @param stepping equal steps no larger than those of a {@code TimeGrid}, or adaptive ones; its
   *     own start and end are not looked at
   * @param theta values of the parameters
   * @param times strictly ascending or descending, at least two
   * @param initialValues [sample][component]
   * @param inputs the field's context, when jumps are taken, and output times
   * @throws IllegalArgumentException if sizes do not fit, the method does not allow stepping or
   *     mode
   */
  public DifferentiableSolution solve(
      Method method,
      Stepping stepping,
      GradientMode mode,
      double[] theta,
      double[] times,
      double[][] initialValues,
      SampleInputs inputs) {
    requireParameters(theta);
    int rows = initialValues.length;
    int dimension = field.dimension();
    double[] start = InitialValues.flat("DifferentiableEquation", initialValues, dimension);
    Parameters parameters = backend.parameters(layout);
    parameters.load(theta);
    Accumulators accumulators = backend.accumulators(layout);
    Demands demands = Demands.none().withTimes().withPoints(Math.max(0, times.length - 2));
    Map<String, Buffer> context = inputs.buffers(backend, field, rows);
    Demands all = context.isEmpty() ? demands : demands.withContext();
    SolveGradient solve =
        new SolveGradient(
            backend,
            method,
            field,
            context,
            parameters,
            accumulators,
            stepping,
            interruptions,
            mode,
            all,
            rows);
    solve.solve().initialValue().set(start);
    Spans spans = Spans.same(rows, times);
    if (inputs.outputs().length == 0) {
      solve.forward(spans, inputs.jumps());
    } else {
      solve.forward(spans, inputs.jumps(), inputs.outputs());
    }
    Outcomes outcomes = new Outcomes(rows, dimension);
    outcomes.judge(solve.solve());
    Outcome[] ends = new Outcome[rows];
    Arrays.setAll(ends, outcomes::outcome);
    Supplier<SolveTangent> tangent =
        () -> new SolveTangent(backend, field, context, layout, solve, all, rows);
    return new DifferentiableSolution(
        this, solve, accumulators, inputs, tangent, theta, times, start, ends);
  }

  private void requireParameters(double[] theta) {
    if (theta.length != layout.size()) {
      throw new IllegalArgumentException(
          "DifferentiableEquation: %d parameters were given, the layout has %d."
              .formatted(theta.length, layout.size()));
    }
  }
}
