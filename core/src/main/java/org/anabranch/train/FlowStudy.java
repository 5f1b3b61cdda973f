package org.anabranch.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToIntFunction;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Parameters;
import org.anabranch.field.Field;
import org.anabranch.gradient.GradientMode;
import org.anabranch.gradient.SolveGradient;
import org.anabranch.graph.Call;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Value;
import org.anabranch.solver.Clock;
import org.anabranch.solver.ForwardSolve;
import org.anabranch.solver.SampleReport;
import org.anabranch.solver.TimeGrid;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a {@link Pipeline} sample by sample: what it decides, which way a sample takes through
 * the flow, and how well the solver does. For reports, never for training: it reads the same
 * programs, and nothing that it computes reaches parameters. Not for several threads at a time.
 */
public final class FlowStudy {
  private final Pipeline pipeline;
  private final Backend backend;
  private final int capacity;
  private final Parameters parameters;
  private final ForwardPass pass;
  private final double[] stateNumbers;
  private final double[] defects;
  private @Nullable SolveGradient wayBack;

  /**
   * @param capacity of the blocks that will come
   */
  public FlowStudy(Pipeline pipeline, Backend backend, int capacity) {
    this.pipeline = pipeline;
    this.backend = backend;
    this.capacity = capacity;
    parameters = backend.parameters(pipeline.layout());
    pass = new ForwardPass(pipeline, backend, capacity);
    stateNumbers = new double[capacity * pipeline.field().dimension()];
    defects = new double[capacity];
  }

  /** The parameters of what comes. */
  public void load(double[] values) {
    parameters.load(values);
    pass.load(values);
  }

  /** What the model makes of each sample of a block. */
  public List<Verdict> verdicts(Block block) {
    pass.run(block);
    List<Verdict> verdicts = new ArrayList<>();
    for (int row = 0; row < block.rows(); row++) {
      int label = (int) block.label(row);
      double[] probabilities = pass.probabilities(row);
      int found = pass.found(row);
      verdicts.add(
          new Verdict(
              row,
              block.id(row),
              label,
              found,
              probabilities[found],
              probabilities[label],
              pass.outcome(row),
              pass.defect(row)));
    }
    return verdicts;
  }

  /**
   * The ways of some samples of a block through the flow.
   *
   * @param rows of the block, in the order of the result
   */
  public List<Course> courses(Block block, List<Integer> rows) {
    List<Verdict> verdicts = verdicts(block);
    List<CourseNotes> notes = new ArrayList<>();
    rows.forEach(row -> notes.add(new CourseNotes(verdicts.get(row))));
    String part = pipeline.method().state().get(0);
    Clock clock = pass.solve().clock();
    ForwardSolve end =
        pass.solve()
            .again(
                (solving, step, at) -> {
                  at.part(part).get(stateNumbers);
                  solving.defectBefore(step, defects);
                  pass.decide(stateNumbers);
                  notes.stream()
                      .filter(one -> step < clock.steps(one.row()))
                      .forEach(one -> note(one, clock.time(one.row(), step)));
                });
    end.solution().get(stateNumbers);
    end.defect(defects);
    pass.decide(stateNumbers);
    notes.forEach(one -> note(one, clock.time(one.row(), clock.steps(one.row()))));
    return notes.stream().map(CourseNotes::course).toList();
  }

  private void note(CourseNotes notes, double time) {
    int row = notes.row();
    int dimension = pipeline.field().dimension();
    double[] state = Arrays.copyOfRange(stateNumbers, row * dimension, (row + 1) * dimension);
    double ofLabel = pass.probabilities(row)[notes.label()];
    notes.add(time, Arrays.stream(state).boxed().toList(), ofLabel, defects[row]);
  }

  /**
   * The largest distance of a number of a sample's state from its start, after the solve was undone
   * step by step; empty where the backward pass keeps states instead of undoing steps.
   */
  public OptionalDouble reconstructionError(Block block) {
    if (!mode().equals(GradientMode.reversible())) {
      return OptionalDouble.empty();
    }
    if (wayBack == null) {
      wayBack = wayBack();
    }
    SolveGradient solve = wayBack;
    solve.solve().initialValue().copyFrom(pass.start(block));
    solve.forward();
    solve.solutionCotangent().fill(0);
    solve.backward();
    double worst = 0;
    for (int row = 0; row < block.rows(); row++) {
      double error = solve.reconstructionError(row);
      worst = error <= worst ? worst : error; // keeps NaN
    }
    return OptionalDouble.of(worst);
  }

  /** What a user wrote to choose the way back, settled for method and grid. */
  public String gradientMode() {
    return mode().name();
  }

  /** Why it is that. */
  public String gradientReason() {
    return pipeline.mode().reason(pipeline.method(), pipeline.stepping());
  }

  private GradientMode mode() {
    return pipeline.mode().forSolve(pipeline.method(), pipeline.stepping());
  }

  /** Compiled when it is asked for first. */
  private SolveGradient wayBack() {
    return new SolveGradient(
        backend,
        pipeline.method(),
        pipeline.field(),
        parameters,
        backend.accumulators(pipeline.layout()),
        pipeline.stepping(),
        pipeline.mode(),
        capacity);
  }

  /** How often a forward solve evaluates the field: on adaptive steps that of the last block. */
  public int evaluations() {
    Graph body = pipeline.field().graph();
    Field counted =
        Field.of(
            pipeline.field().dimension(),
            (t, y) -> {
              Value drift = body.call(Map.of("t", t, "y", y)).get("drift");
              if (drift == null) {
                throw new AssertionError("a field has a drift");
              }
              return drift;
            });
    long first = calls(pipeline.method().init(counted));
    long each = calls(pipeline.method().step(counted));
    return (int) Math.round(first + each * (accepted() + rejected()));
  }

  /** The accepted steps of a sample: on adaptive steps the mean over the last block. */
  public double accepted() {
    return mean(SampleReport::accepted)
        .orElseGet(() -> pipeline.stepping() instanceof TimeGrid grid ? grid.steps() : 0);
  }

  /** The rejected steps of a sample, likewise. */
  public double rejected() {
    return mean(SampleReport::rejected).orElse(0);
  }

  private OptionalDouble mean(ToIntFunction<SampleReport> count) {
    return pass.solve().reports().stream().mapToInt(count).average();
  }

  private static long calls(Graph graph) {
    return graph.order().stream().filter(value -> value.operation() instanceof Call).count();
  }
}
