package org.anabranch.check;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.anabranch.backend.Backend;
import org.anabranch.backend.simd.SimdBackend;
import org.anabranch.backend.simd.WorkingPrecision;
import org.anabranch.field.Field;
import org.anabranch.solver.AdaptiveSpan;
import org.anabranch.solver.AdaptiveSteps;
import org.anabranch.solver.Evaluations;
import org.anabranch.solver.Method;
import org.anabranch.solver.Stepping;
import org.anabranch.solver.TimeGrid;
import org.anabranch.train.Pipeline;
import org.jspecify.annotations.Nullable;

/** Every method that takes a pipeline's field, over step counts and tolerances. */
final class WorkPrecision {
  /** A Jacobian of more components costs more than it is worth: methods for stiff fields. */
  private static final int JACOBIAN = 32;

  private static final double[] TOLERANCES = {1e-2, 1e-3, 1e-4, 1e-5, 1e-6};
  private static final int[] FACTORS = {1, 2, 4, 8, 16};
  private static final double TIGHT = 1e-11;

  /** The second is for stiff fields, on which the first ends at its limit of steps. */
  private static final List<String> TIGHT_METHODS = List.of("dopri8", "rodas4");

  private final Pipeline pipeline;
  private final Backend backend;
  private final WorkSolve.Problem problem;
  private final long timing;
  private final Reference reference;
  private double @Nullable [] truth;

  /**
   * @param start the initial values of the samples
   * @param timing nanoseconds for which each solve is repeated to find its fastest run
   */
  WorkPrecision(
      Pipeline pipeline, Backend backend, double[] theta, double[] start, int rows, long timing) {
    this.timing = timing;
    this.pipeline = pipeline;
    this.backend = backend;
    problem = new WorkSolve.Problem(pipeline, theta, start, rows);
    reference = tight();
  }

  private Reference tight() {
    AdaptiveSteps tight = AdaptiveSteps.of(TIGHT, TIGHT);
    Stepping span = new AdaptiveSpan(pipeline.stepping().start(), pipeline.stepping().end(), tight);
    Backend twice = new SimdBackend(WorkingPrecision.FLOAT64);
    List<String> failures = new ArrayList<>();
    for (String name : TIGHT_METHODS) {
      Method method = Method.named(name);
      if (!takes(method)) {
        failures.add("%s does not take this field of %d components".formatted(name, dimension()));
        continue;
      }
      WorkSolve solve = new WorkSolve(problem, twice, method, span);
      if (solve.note().isEmpty()) {
        truth = solve.end();
        return new Reference(name + " at a tolerance of 1e-11", String.join("; ", failures));
      }
      failures.add("%s ended with: %s".formatted(name, solve.note()));
    }
    return new Reference("", String.join("; ", failures));
  }

  /** What the errors of {@link #rows} are measured against. */
  Reference reference() {
    return reference;
  }

  /** The row of the configuration first, then every method's. */
  List<WorkRow> rows() {
    List<WorkSolve> all = new ArrayList<>();
    all.add(new WorkSolve(problem, backend, pipeline.method(), pipeline.stepping()));
    for (Method method : methods()) {
      for (Stepping stepping : steppings(method)) {
        boolean configured = method == pipeline.method() && stepping.equals(pipeline.stepping());
        if (!configured) {
          all.add(new WorkSolve(problem, backend, method, stepping));
        }
      }
    }
    // Times come last, when what all of them run is compiled, and the first solve's at the very
    // end.
    double[] milliseconds = new double[all.size()];
    for (int i = all.size() - 1; i >= 0; i--) {
      milliseconds[i] = all.get(i).time(timing);
    }
    List<WorkRow> rows = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      rows.add(row(all.get(i), milliseconds[i], i == 0));
    }
    return rows;
  }

  /** Those with a name, and the configured one where its damping or coupling is its own. */
  private List<Method> methods() {
    Method configured = pipeline.method();
    List<Method> methods = new ArrayList<>(List.of(configured));
    for (String name : Method.names()) {
      Method named = Method.named(name);
      if (!WorkRow.areAlike(named, configured) && takes(named)) {
        methods.add(named);
      }
    }
    return methods;
  }

  private int dimension() {
    return pipeline.field().dimension();
  }

  private boolean takes(Method method) {
    Field field = pipeline.field();
    if (method.name().startsWith("rodas") && dimension() > JACOBIAN) {
      return false;
    }
    try {
      return method.step(field) != null;
    } catch (IllegalArgumentException refused) {
      return false;
    }
  }

  private Set<Stepping> steppings(Method method) {
    double from = pipeline.stepping().start();
    double to = pipeline.stepping().end();
    int configured = pipeline.stepping() instanceof TimeGrid grid ? grid.steps() : 8;
    int fewest = Math.max(1, configured / 4);
    Set<Stepping> steppings = new LinkedHashSet<>();
    for (int factor : FACTORS) {
      steppings.add(new TimeGrid(from, to, fewest * factor));
    }
    if (method.error(pipeline.field()).isPresent()) {
      for (double tolerance : TOLERANCES) {
        steppings.add(
            new AdaptiveSpan(
                from, to, AdaptiveSteps.of(tolerance, tolerance / 100).withLimit(10_000)));
      }
    }
    return steppings;
  }

  private WorkRow row(WorkSolve solve, double milliseconds, boolean configured) {
    return new WorkRow(
        solve.method(),
        solve.stepping(),
        configured,
        solve.note().isEmpty() ? error(solve.end()) : Double.NaN,
        Evaluations.of(solve.method(), pipeline.field()).over(solve.tried()),
        solve.accepted(),
        milliseconds,
        solve.note());
  }

  private double error(double[] end) {
    if (truth == null) {
      return Double.NaN;
    }
    double squares = 0;
    double size = 0;
    for (int i = 0; i < end.length; i++) {
      squares += (end[i] - truth[i]) * (end[i] - truth[i]);
      size += truth[i] * truth[i];
    }
    return Math.sqrt(squares / size);
  }
}
