package org.anabranch.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.anabranch.backend.Backend;
import org.anabranch.backend.simd.SimdBackend;
import org.anabranch.backend.simd.WorkingPrecision;
import org.anabranch.field.Field;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Operation;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.graph.UnaryFunction;
import org.anabranch.graph.Value;
import org.anabranch.solver.AdaptiveSolve;
import org.anabranch.solver.AdaptiveSteps;
import org.anabranch.solver.Method;
import org.anabranch.solver.Outcome;
import org.anabranch.solver.SampleReport;
import org.anabranch.solver.Spans;
import org.hipparchus.ode.ODEIntegrator;
import org.hipparchus.ode.ODEState;
import org.hipparchus.ode.nonstiff.DormandPrince54Integrator;
import org.hipparchus.ode.nonstiff.DormandPrince853Integrator;
import org.hipparchus.ode.nonstiff.GraggBulirschStoerIntegrator;

/**
 * What one solve took.
 *
 * @param error at the end; NaN if it was not reached
 * @param evaluations of the field for a sample
 * @param micros for a sample, the fastest of some solves
 */
record PrecisionWork(double tolerance, double error, double evaluations, double micros) {
  /** Samples solved together by our methods; their times are divided by it. */
  static final int ROWS = 64;

  private static final int LIMIT = 20_000;

  /** Solves are repeated until they have taken this long, in seconds. */
  private static final double ENOUGH = 0.1;

  static PrecisionWork ours(PrecisionProblem problem, String name, double tolerance) {
    Method method = Method.named(name);
    Backend backend = new SimdBackend(WorkingPrecision.FLOAT64);
    AdaptiveSteps steps = AdaptiveSteps.of(tolerance, tolerance).withLimit(LIMIT);
    AdaptiveSolve solve =
        new AdaptiveSolve(
            backend,
            method,
            problem.field(),
            Map.of(),
            backend.parameters(new ParameterLayout(List.of())),
            steps,
            ROWS);
    double[] one = problem.startNumbers();
    double[] starts = new double[ROWS * one.length];
    for (int row = 0; row < ROWS; row++) {
      System.arraycopy(one, 0, starts, row * one.length, one.length);
    }
    Spans spans = Spans.same(ROWS, 0, problem.end());
    double seconds =
        fastest(
            () -> {
              solve.initialValue().set(starts);
              solve.run(spans, new AdaptiveSolve.Observer() {});
              return solve;
            });
    solve.solution().get(starts);
    SampleReport report = solve.reports().get(0);
    double error =
        report.outcome() == Outcome.COMPLETED
            ? problem.error(Arrays.copyOf(starts, one.length))
            : Double.NaN;
    // Two of the rule for the first step, one for a slope that is kept.
    double evaluations = 3 + (report.accepted() + report.rejected()) * (double) stages(method);
    return new PrecisionWork(tolerance, error, evaluations, 1e6 * seconds / ROWS);
  }

  /** The evaluations of the field in a try of a step, counted in its graph. */
  static long stages(Method method) {
    Field field = Field.of(1, (t, y) -> y.erf());
    Graph step = method.step(field);
    Map<String, Value> outputs = new LinkedHashMap<>(step.outputs());
    method.error(field).ifPresent(graph -> outputs.put("error", graph.output("error")));
    Graph attempt = Graph.of("attempt", List.copyOf(step.inputs().values()), outputs);
    return attempt.order().stream()
        .filter(
            value ->
                value.operation() instanceof Operation.Unary unary
                    && unary.function() == UnaryFunction.ERF)
        .count();
  }

  static PrecisionWork hipparchus(PrecisionProblem problem, String name, double tolerance) {
    ODEIntegrator integrator = integrator(name, problem.end(), tolerance);
    integrator.setMaxEvaluations(LIMIT * 12);
    ODEState start = new ODEState(0, problem.startNumbers());
    double[][] end = new double[1][];
    double seconds =
        fastest(
            () -> {
              end[0] =
                  integrator.integrate(problem.equation(), start, problem.end()).getPrimaryState();
              return end[0];
            });
    return new PrecisionWork(
        tolerance, problem.error(end[0]), integrator.getEvaluations(), 1e6 * seconds);
  }

  private static ODEIntegrator integrator(String name, double span, double tolerance) {
    double least = 1e-20 * span;
    return switch (name) {
      case "dopri5" -> new DormandPrince54Integrator(least, span, tolerance, tolerance);
      case "dopri853" -> new DormandPrince853Integrator(least, span, tolerance, tolerance);
      case "gbs" -> new GraggBulirschStoerIntegrator(least, span, tolerance, tolerance);
      default ->
          throw new IllegalArgumentException(
              "Hipparchus: no integrator is called '%s'. Known are dopri5, dopri853, gbs."
                  .formatted(name));
    };
  }

  /**
   * The shortest time of a solve in seconds of its thread on a processor: what else runs meanwhile
   * counts little.
   */
  private static double fastest(Supplier<Object> solve) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    double fastest = Double.POSITIVE_INFINITY;
    double total = 0;
    while (total < ENOUGH) {
      long start = threads.getCurrentThreadCpuTime();
      if (solve.get() == null) {
        throw new AssertionError("a solve gave nothing");
      }
      double seconds = 1e-9 * (threads.getCurrentThreadCpuTime() - start);
      total += seconds;
      fastest = Math.min(fastest, seconds);
    }
    return fastest;
  }
}
