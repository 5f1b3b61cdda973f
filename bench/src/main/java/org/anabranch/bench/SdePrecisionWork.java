package org.anabranch.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anabranch.backend.Backend;
import org.anabranch.backend.simd.SimdBackend;
import org.anabranch.backend.simd.WorkingPrecision;
import org.anabranch.field.Calculus;
import org.anabranch.field.Noise;
import org.anabranch.field.StochasticField;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Operation;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.graph.UnaryFunction;
import org.anabranch.graph.Value;
import org.anabranch.solver.AdaptiveSolve;
import org.anabranch.solver.AdaptiveSpan;
import org.anabranch.solver.AdaptiveSteps;
import org.anabranch.solver.BrownianDrive;
import org.anabranch.solver.DrivenMethod;
import org.anabranch.solver.Interruptions;
import org.anabranch.solver.SampleReport;
import org.anabranch.solver.SteppedSolve;
import org.anabranch.solver.Stepping;
import org.anabranch.solver.StochasticMethod;
import org.anabranch.solver.TimeGrid;

/**
 * What solves of many paths took.
 *
 * @param error the mean over samples of the largest component's error at the end
 * @param tries of steps, of a sample on the average
 * @param evaluations of drift and of diffusion, added, of a sample on the average
 */
record SdePrecisionWork(double error, double tries, double evaluations) {
  static final int ROWS = 500;

  /** On steps of each sample's own. */
  static SdePrecisionWork adaptive(
      SdePrecisionProblem problem, List<double[]> truths, String name, double tolerance) {
    AdaptiveSteps steps = AdaptiveSteps.of(tolerance, tolerance).withFirstStep(0.1);
    return of(problem, truths, name, new AdaptiveSpan(0, 1, steps));
  }

  /** On equal steps of all samples. */
  static SdePrecisionWork equal(
      SdePrecisionProblem problem, List<double[]> truths, String name, int steps) {
    return of(problem, truths, name, new TimeGrid(0, 1, steps));
  }

  private static SdePrecisionWork of(
      SdePrecisionProblem problem, List<double[]> truths, String name, Stepping stepping) {
    DrivenMethod driven = on(StochasticMethod.named(name), problem.field());
    Backend backend = new SimdBackend(WorkingPrecision.FLOAT64);
    SteppedSolve solve =
        new SteppedSolve(
            backend,
            driven.method(),
            driven.field(),
            Map.of(),
            backend.parameters(new ParameterLayout(List.of())),
            stepping,
            Interruptions.none(),
            false,
            new BrownianDrive(problem.motion(), driven.need(), ROWS),
            ROWS);
    solve.solve().initialValue().set(problem.starts(ROWS));
    solve.run((step, state) -> {}, new AdaptiveSolve.Observer() {});
    double tries = stepping instanceof TimeGrid grid ? grid.steps() : tries(solve.reports());
    long each = evaluations(name, problem.field().noise(), stepping instanceof AdaptiveSpan);
    return new SdePrecisionWork(error(solve, truths), tries, tries * each);
  }

  private static double tries(List<SampleReport> reports) {
    long tries = 0;
    for (SampleReport report : reports) {
      if (!report.outcome().isSolved()) {
        throw new AssertionError(report.sentence());
      }
      tries += report.accepted() + report.rejected();
    }
    return (double) tries / reports.size();
  }

  private static double error(SteppedSolve solve, List<double[]> truths) {
    double sum = 0;
    double[] end = new double[truths.get(0).length];
    for (int row = 0; row < ROWS; row++) {
      solve.solve().solution().getRow(row, end, 0);
      double largest = 0;
      for (int i = 0; i < end.length; i++) {
        largest = Math.max(largest, Math.abs(end[i] - truths.get(row)[i]));
      }
      sum += largest;
    }
    return sum / ROWS;
  }

  private static DrivenMethod on(StochasticMethod method, StochasticField field) {
    boolean stratonovich = method.calculi().contains(Calculus.STRATONOVICH);
    return method.on(stratonovich ? field : field.toIto());
  }

  static boolean isAdaptive(String name, SdePrecisionProblem problem) {
    DrivenMethod driven = on(StochasticMethod.named(name), problem.field());
    return driven.method().error(driven.field()).isPresent();
  }

  /** Those in a try of a step, counted in its graph by the ERF of each. */
  static long evaluations(String name, Noise noise, boolean withError) {
    StochasticMethod method = StochasticMethod.named(name);
    boolean stratonovich = method.calculi().contains(Calculus.STRATONOVICH);
    StochasticField field =
        StochasticField.of(
            1,
            noise == Noise.GENERAL ? Noise.SCALAR : noise,
            stratonovich ? Calculus.STRATONOVICH : Calculus.ITO,
            (t, y) -> y.erf(),
            (t, y) -> noise == Noise.ADDITIVE ? t.erf().broadcast(1) : y.times(2).erf());
    DrivenMethod driven = method.on(field);
    Graph step = driven.method().step(driven.field());
    Map<String, Value> outputs = new LinkedHashMap<>(step.outputs());
    Optional<Graph> error = driven.method().error(driven.field());
    error.filter(graph -> withError).ifPresent(graph -> outputs.putAll(graph.outputs()));
    return Graph.of("try", List.copyOf(step.inputs().values()), outputs).order().stream()
        .filter(
            value ->
                value.operation() instanceof Operation.Unary unary
                    && unary.function() == UnaryFunction.ERF)
        .count();
  }
}
