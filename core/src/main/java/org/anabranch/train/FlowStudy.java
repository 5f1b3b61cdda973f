package org.anabranch.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.Parameters;
import org.anabranch.backend.Program;
import org.anabranch.field.Field;
import org.anabranch.gradient.GradientMode;
import org.anabranch.gradient.SolveGradient;
import org.anabranch.graph.Call;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Type;
import org.anabranch.graph.Value;
import org.anabranch.solver.ForwardSolve;
import org.anabranch.solver.Outcome;
import org.anabranch.solver.Outcomes;
import org.anabranch.solver.TimeGrid;

/**
 * Looks at a {@link Pipeline} sample by sample: what it decides, which way a sample takes through
 * the flow, and how well the solver does. For reports, never for training: it reads the same
 * programs, and nothing that it computes reaches parameters. Not for several threads at a time.
 */
public final class FlowStudy {
  private final Pipeline pipeline;
  private final int capacity;
  private final Parameters parameters;
  private final SolveGradient solve;
  private final Outcomes outcomes;
  private final Buffer features;
  private final Buffer state;
  private final Buffer logits;
  private final Program.Execution stem;
  private final Program.Execution head;
  private final float[] featureNumbers;
  private final double[] logitNumbers;
  private final double[] stateNumbers;
  private final double[] defects;

  /**
   * @param capacity of the blocks that will come
   */
  public FlowStudy(Pipeline pipeline, Backend backend, int capacity) {
    this.pipeline = pipeline;
    this.capacity = capacity;
    int dimension = pipeline.field().dimension();
    parameters = backend.parameters(pipeline.layout());
    solve =
        new SolveGradient(
            backend,
            pipeline.method(),
            pipeline.field(),
            parameters,
            backend.accumulators(pipeline.layout()),
            pipeline.stepping(),
            pipeline.mode(),
            capacity);
    outcomes = new Outcomes(capacity, dimension);
    features = backend.buffer(Type.perSample(pipeline.inputs()), capacity);
    state = backend.buffer(Type.perSample(dimension), capacity);
    logits = backend.buffer(Type.perSample(pipeline.classes()), capacity);
    Map<String, Buffer> inputs = new HashMap<>();
    inputs.put("x", features);
    inputs.put("y", state);
    inputs.put("label", backend.buffer(Type.perSampleScalar(), capacity));
    stem =
        backend
            .compile(pipeline.stem(), capacity)
            .bind(inputs, Map.of("y0", solve.solve().initialValue()), parameters, null);
    head =
        backend
            .compile(pipeline.objective(), capacity)
            .bind(inputs, Map.of("logits", logits), parameters, null);
    featureNumbers = new float[capacity * pipeline.inputs()];
    logitNumbers = new double[capacity * pipeline.classes()];
    stateNumbers = new double[capacity * dimension];
    defects = new double[capacity];
  }

  /** The parameters of what comes. */
  public void load(double[] values) {
    parameters.load(values);
  }

  /** What the model makes of each sample of a block. */
  public List<Verdict> verdicts(Block block) {
    solve(block);
    List<Verdict> verdicts = new ArrayList<>();
    for (int row = 0; row < block.rows(); row++) {
      int label = (int) block.label(row);
      double[] probabilities = probabilities(row);
      int found = 0;
      for (int k = 1; k < probabilities.length; k++) {
        found = logit(row, k) > logit(row, found) ? k : found;
      }
      verdicts.add(
          new Verdict(
              row,
              block.id(row),
              label,
              found,
              probabilities[found],
              probabilities[label],
              outcomes.outcome(row),
              outcomes.defect(row)));
    }
    return verdicts;
  }

  /**
   * The probability of each class for each sample of a block; without numbers (NaN) for a sample
   * whose solve failed.
   */
  public List<double[]> probabilities(Block block) {
    solve(block);
    List<double[]> probabilities = new ArrayList<>();
    for (int row = 0; row < block.rows(); row++) {
      double[] ofRow = probabilities(row);
      boolean solved =
          switch (outcomes.outcome(row)) {
            case COMPLETED, UNSTABLE -> true;
            case NOT_FINITE, OUT_OF_RANGE, STEP_LIMIT, STEP_TOO_SMALL -> false;
          };
      if (!solved) {
        Arrays.fill(ofRow, Double.NaN);
      }
      probabilities.add(ofRow);
    }
    return probabilities;
  }

  /** What became of the solve of a sample of the last block. */
  public Outcome outcome(int row) {
    return outcomes.outcome(row);
  }

  /**
   * The ways of some samples of a block through the flow.
   *
   * @param rows of the block, in the order of the result
   */
  public List<Course> courses(Block block, List<Integer> rows) {
    List<List<List<Double>>> states = lists(rows.size());
    List<List<Double>> ofLabel = lists(rows.size());
    List<List<Double>> shares = lists(rows.size());
    List<Verdict> verdicts = verdicts(block);
    String part = pipeline.method().state().get(0);
    ForwardSolve forward =
        solve.again(
            (solving, step, at) -> {
              at.part(part).get(stateNumbers);
              solving.defectBefore(step, defects);
              decide();
              note(block, rows, states, ofLabel, shares);
            });
    forward.solution().get(stateNumbers);
    forward.defect(defects);
    decide();
    note(block, rows, states, ofLabel, shares);
    List<Course> courses = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      Verdict verdict = verdicts.get(rows.get(i));
      courses.add(new Course(verdict, states.get(i), ofLabel.get(i), shares.get(i)));
    }
    return courses;
  }

  /**
   * The largest distance of a number of a sample's state from its start, after the solve was undone
   * step by step; empty where the backward pass keeps states instead of undoing steps.
   */
  public OptionalDouble reconstructionError(Block block) {
    if (!solve.mode().equals(GradientMode.reversible())) {
      return OptionalDouble.empty();
    }
    fill(block);
    stem.run();
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
    return solve.mode().name();
  }

  /** How often a forward solve evaluates the field. */
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
    return (int) (first + each * tries());
  }

  /** The steps that a sample tries in the mean. */
  private double tries() {
    if (pipeline.stepping() instanceof TimeGrid grid) {
      return grid.steps();
    }
    return solve.reports().stream()
        .mapToInt(report -> report.accepted() + report.rejected())
        .average()
        .orElse(0);
  }

  private static long calls(Graph graph) {
    return graph.order().stream().filter(value -> value.operation() instanceof Call).count();
  }

  private void solve(Block block) {
    fill(block);
    stem.run();
    solve.forward();
    outcomes.judge(solve.solve());
    solve.solve().solution().get(stateNumbers);
    decide();
  }

  private void decide() {
    state.set(stateNumbers);
    head.run();
    logits.get(logitNumbers);
  }

  private void fill(Block block) {
    if (block.capacity() != capacity || block.width() != pipeline.inputs()) {
      throw new IllegalArgumentException(
          "FlowStudy: %s came where blocks of capacity %d and width %d were expected. Make a study for it."
              .formatted(block, capacity, pipeline.inputs()));
    }
    Arrays.fill(featureNumbers, 0);
    block.copyFeatures(featureNumbers);
    features.set(featureNumbers);
  }

  private void note(
      Block block,
      List<Integer> rows,
      List<List<List<Double>>> states,
      List<List<Double>> ofLabel,
      List<List<Double>> shares) {
    int dimension = pipeline.field().dimension();
    for (int i = 0; i < rows.size(); i++) {
      int row = rows.get(i);
      double[] values = Arrays.copyOfRange(stateNumbers, row * dimension, (row + 1) * dimension);
      states.get(i).add(Arrays.stream(values).boxed().toList());
      ofLabel.get(i).add(probabilities(row)[(int) block.label(row)]);
      shares.get(i).add(defects[row]);
    }
  }

  private double logit(int row, int k) {
    return logitNumbers[row * pipeline.classes() + k];
  }

  /** Softmax, shifted by the largest logit so that none overflows. */
  private double[] probabilities(int row) {
    double[] values = new double[pipeline.classes()];
    double largest = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < values.length; k++) {
      largest = Math.max(largest, logit(row, k));
    }
    double sum = 0;
    for (int k = 0; k < values.length; k++) {
      values[k] = Math.exp(logit(row, k) - largest);
      sum += values[k];
    }
    for (int k = 0; k < values.length; k++) {
      values[k] /= sum;
    }
    return values;
  }

  private static <T> List<List<T>> lists(int count) {
    List<List<T>> lists = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      lists.add(new ArrayList<>());
    }
    return lists;
  }
}
