package org.anabranch.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.anabranch.backend.Accumulators;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.Parameters;
import org.anabranch.backend.Program;
import org.anabranch.gradient.ReverseStep;
import org.anabranch.gradient.SolveGradient;
import org.anabranch.graph.Differentiation;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Pullback;
import org.anabranch.graph.Type;
import org.anabranch.graph.Value;
import org.anabranch.solver.FaultSearch;
import org.anabranch.solver.Outcome;
import org.anabranch.solver.Outcomes;
import org.anabranch.solver.SampleReport;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Pipeline} compiled for blocks of one capacity. What a block gives is a pure function of
 * the parameters and the block. Not for several threads at a time.
 *
 * <p>A sample whose solve fails is put at weight zero, a healthy sample of the block takes its
 * place and the block is computed again: its numbers reach no sum, and NaN·0 cannot arise.
 */
public final class PipelineWorker implements BlockWorker {
  private final Pipeline pipeline;
  private final Backend backend;
  private final List<Double> classWeights;
  private final int capacity;
  private final Parameters parameters;
  private final Accumulators accumulators;
  private final SolveGradient solve;
  private final Outcomes outcomes;
  private final Buffer features;
  private final Buffer labels;
  private final Buffer weights;
  private final Buffer losses;
  private final Logits logits;
  private final @Nullable BoundStage before;
  private final @Nullable BoundStage after;
  private final Program.Execution stem;
  private final Program.Execution stemPullback;
  private final Program.Execution objective;
  private final Program.Execution objectivePullback;
  private final float[] featureNumbers;
  private final double[] labelNumbers;
  private final double[] weightNumbers;
  private final double[] lossNumbers;
  private final double[] opaque;
  private final long bytes;
  private @Nullable FaultSearch faults;

  /**
   * @param capacity the capacity of the blocks that will come
   */
  public PipelineWorker(Pipeline pipeline, Backend backend, int capacity) {
    this(pipeline, backend, capacity, List.of());
  }

  /**
   * @param capacity the capacity of the blocks that will come
   * @param classWeights what a sample of each class counts in loss and gradient of the training,
   *     above 0; empty for 1
   */
  public PipelineWorker(
      Pipeline pipeline, Backend backend, int capacity, List<Double> classWeights) {
    requireWeights(classWeights, pipeline.classes());
    this.pipeline = pipeline;
    this.backend = backend;
    this.classWeights = List.copyOf(classWeights);
    this.capacity = capacity;
    parameters = backend.parameters(pipeline.layout());
    accumulators = backend.accumulators(pipeline.layout());
    solve =
        new SolveGradient(
            backend,
            pipeline.method(),
            pipeline.field(),
            parameters,
            accumulators,
            pipeline.stepping(),
            pipeline.mode(),
            capacity);
    outcomes = new Outcomes(capacity, pipeline.field().dimension());
    features = backend.buffer(Type.perSample(pipeline.inputs()), capacity);
    labels = backend.buffer(Type.perSampleScalar(), capacity);
    weights = backend.buffer(Type.perSampleScalar(), capacity);
    losses = backend.buffer(Type.perSampleScalar(), capacity);
    logits = new Logits(backend, pipeline.classes(), capacity);
    Program stemProgram = backend.compile(pipeline.stem(), capacity);
    Program stemPullbackProgram = backend.compile(stemPullback(), capacity);
    Program objectiveProgram = backend.compile(pipeline.objective(), capacity);
    Program objectivePullbackProgram = backend.compile(objectivePullback(), capacity);
    Buffer stemInput = features;
    Map<String, Buffer> stemCotangents = new HashMap<>();
    OpaqueStage first = pipeline.before();
    if (first == null) {
      before = null;
    } else {
      Buffer unread = backend.buffer(Type.perSample(first.inputs()), capacity);
      before = new BoundStage(first, pipeline, backend, capacity, features, unread);
      stemInput = before.output();
      if (learns(first)) {
        stemCotangents.put(ReverseStep.cotangent("x"), before.outputCotangent());
      }
    }
    Buffer end = solve.solve().solution();
    Buffer endCotangent = solve.solutionCotangent();
    OpaqueStage last = pipeline.after();
    if (last == null) {
      after = null;
    } else {
      after = new BoundStage(last, pipeline, backend, capacity, end, endCotangent);
      end = after.output();
      endCotangent = after.outputCotangent();
    }
    Map<String, Buffer> inputs = new HashMap<>();
    inputs.put("x", stemInput);
    inputs.put("d.y0", solve.initialCotangent());
    inputs.put("y", end);
    inputs.put("label", labels);
    inputs.put("weight", weights);
    Map<String, Buffer> results = Map.of("loss", losses, "logits", logits.buffer());
    Map<String, Buffer> resultsAndCotangent = new HashMap<>(results);
    resultsAndCotangent.put(ReverseStep.cotangent("y"), endCotangent);
    stem = stemProgram.bind(inputs, Map.of("y0", solve.solve().initialValue()), parameters, null);
    stemPullback = stemPullbackProgram.bind(inputs, stemCotangents, parameters, accumulators);
    objective = objectiveProgram.bind(inputs, results, parameters, null);
    objectivePullback =
        objectivePullbackProgram.bind(inputs, resultsAndCotangent, parameters, accumulators);
    featureNumbers = new float[capacity * pipeline.inputs()];
    labelNumbers = new double[capacity];
    weightNumbers = new double[capacity];
    lossNumbers = new double[capacity];
    opaque = new double[learns(first) || learns(last) ? pipeline.layout().size() : 0];
    bytes =
        stemProgram.bytes()
            + stemPullbackProgram.bytes()
            + objectiveProgram.bytes()
            + objectivePullbackProgram.bytes()
            + (before == null ? 0 : before.bytes())
            + (after == null ? 0 : after.bytes());
  }

  private static void requireWeights(List<Double> weights, int classes) {
    boolean fits = weights.isEmpty() || weights.size() == classes;
    if (!fits || weights.stream().anyMatch(weight -> !(weight > 0) || weight.isInfinite())) {
      throw new IllegalArgumentException(
          "Class weights: %s, for %d classes. Give each class a number above 0."
              .formatted(weights, classes));
    }
  }

  /** What has no parameters and stands first needs no way back: nobody asks for it. */
  private static boolean learns(@Nullable OpaqueStage stage) {
    return stage != null && stage.layout().size() > 0;
  }

  private Graph stemPullback() {
    Graph graph = pipeline.stem();
    Value cotangent = Value.input("d.y0", graph.output("y0").type());
    List<String> wanted = learns(pipeline.before()) ? List.of("x") : List.of();
    Pullback pullback = Differentiation.pullback(graph, Map.of("y0", cotangent), wanted);
    Map<String, Value> outputs = new HashMap<>();
    pullback.cotangents().forEach((name, value) -> outputs.put(ReverseStep.cotangent(name), value));
    List<Value> inputs = new ArrayList<>(graph.inputs().values());
    inputs.add(cotangent);
    return Graph.of("stem.pullback", inputs, outputs, pullback.accumulations());
  }

  /** Loss and logits, and the cotangents for weights as cotangent of the losses. */
  private Graph objectivePullback() {
    Graph graph = pipeline.objective();
    Value weight = Value.input("weight", Type.perSampleScalar());
    Pullback pullback = Differentiation.pullback(graph, Map.of("loss", weight), List.of("y"));
    Map<String, Value> outputs = new HashMap<>(graph.outputs());
    pullback.cotangents().forEach((name, value) -> outputs.put(ReverseStep.cotangent(name), value));
    List<Value> inputs = new ArrayList<>(graph.inputs().values());
    inputs.add(weight);
    return Graph.of("objective.pullback", inputs, outputs, pullback.accumulations());
  }

  @Override
  public void load(double[] values) {
    parameters.load(values);
    if (before != null) {
      before.load(values);
    }
    if (after != null) {
      after.load(values);
    }
  }

  @Override
  public BlockResult gradient(Block block) {
    List<SampleFailure> failures = new ArrayList<>();
    boolean healthy = solveHealthy(block, classWeights, failures);
    if (!healthy) {
      double[] gradient = new double[pipeline.layout().size()];
      return new BlockResult(block.number(), gradient, 0, 0, 0, failures, 0);
    }
    double[] gradient;
    do {
      gradient = backward();
    } while (removeUnrestored(block, failures));
    return result(block, gradient, failures);
  }

  /** The gradient, until the next one: a copy would cost as much as adding it to a sum. */
  private double[] backward() {
    accumulators.clear();
    Arrays.fill(opaque, 0);
    objectivePullback.run();
    if (after != null) {
      after.backward(opaque);
    }
    solve.backward();
    stemPullback.run();
    if (before != null && learns(pipeline.before())) {
      before.backward(opaque);
    }
    double[] gradient = accumulators.totals();
    for (int i = 0; i < opaque.length; i++) {
      gradient[i] += opaque[i];
    }
    return gradient;
  }

  /**
   * Where states are restored bit for bit, a sample that did not come back to its start has left
   * the exact range on the way; where the adjoint is solved back, that solve may fail. Such a
   * sample is taken out and the block solved again.
   */
  private boolean removeUnrestored(Block block, List<SampleFailure> failures) {
    boolean removed = false;
    for (int row = 0; row < block.rows(); row++) {
      Outcome back = outcomeBack(row);
      if (weightNumbers[row] != 0 && !back.isSolved()) {
        failures.add(new SampleFailure(block.id(row), back, back.sentence()));
        weightNumbers[row] = 0;
        removed = true;
      }
    }
    return removed && replaceAndSolve(block, failures);
  }

  private Outcome outcomeBack(int row) {
    return solve.isBitExact() && !solve.isRestored(row)
        ? Outcome.OUT_OF_RANGE
        : solve.outcomeBack(row);
  }

  private boolean replaceAndSolve(Block block, List<SampleFailure> failures) {
    for (int row = 0; row < block.rows(); row++) {
      if (weightNumbers[row] != 0) {
        replaceFailed(row);
        return solveFilled(block, failures);
      }
    }
    return false;
  }

  @Override
  public BlockResult evaluate(Block block, long[][] confusion) {
    List<SampleFailure> failures = new ArrayList<>();
    if (!solveHealthy(block, List.of(), failures)) {
      return new BlockResult(block.number(), new double[0], 0, 0, 0, failures, 0);
    }
    objective.run();
    BlockResult result = result(block, new double[0], failures);
    for (int row = 0; row < block.rows(); row++) {
      if (weightNumbers[row] != 0) {
        confusion[(int) labelNumbers[row]][logits.largest(row)]++;
      }
    }
    return result;
  }

  private BlockResult result(Block block, double[] gradient, List<SampleFailure> failures) {
    losses.get(lossNumbers);
    logits.read();
    double loss = 0;
    double worstDefect = 0;
    long weight = 0;
    long correct = 0;
    for (int row = 0; row < block.rows(); row++) {
      if (weightNumbers[row] != 0) {
        loss += weightNumbers[row] * lossNumbers[row];
        weight++;
        correct += logits.largest(row) == (int) labelNumbers[row] ? 1 : 0;
        worstDefect = Math.max(worstDefect, outcomes.defect(row));
      }
    }
    return new BlockResult(block.number(), gradient, loss, weight, correct, failures, worstDefect);
  }

  /** Solves the block, with failed samples replaced; false when no sample of it can be solved. */
  private boolean solveHealthy(Block block, List<Double> weights, List<SampleFailure> failures) {
    fill(block, weights);
    return solveFilled(block, failures);
  }

  private boolean solveFilled(Block block, List<SampleFailure> failures) {
    while (true) {
      features.set(featureNumbers);
      labels.set(labelNumbers);
      weights.set(weightNumbers);
      if (before != null) {
        before.forward();
      }
      stem.run();
      solve.forward();
      outcomes.judge(solve.solve());
      boolean failed = false;
      int healthy = -1;
      for (int row = 0; row < block.rows(); row++) {
        if (weightNumbers[row] == 0) {
          continue;
        }
        if (!outcomes.outcome(row).isSolved()) {
          failures.add(failure(block, row, failures));
          weightNumbers[row] = 0;
          failed = true;
        } else if (healthy < 0) {
          healthy = row;
        }
      }
      if (!failed || healthy < 0) {
        if (after != null && healthy >= 0) {
          after.forward();
        }
        return healthy >= 0;
      }
      replaceFailed(healthy);
    }
  }

  private SampleFailure failure(Block block, int row, List<SampleFailure> earlier) {
    Outcome outcome = outcomes.outcome(row);
    List<SampleReport> reports = solve.reports();
    boolean stepped = !reports.isEmpty() && reports.get(row).outcome() == outcome;
    String sentence = stepped ? reports.get(row).sentence() : outcome.sentence();
    if (outcome == Outcome.NOT_FINITE && earlier.stream().noneMatch(f -> f.outcome() == outcome)) {
      sentence += place(row);
    }
    return new SampleFailure(block.id(row), outcome, sentence);
  }

  /** Where a sample left the numbers: of one in a block, since it takes a solve more. */
  private String place(int row) {
    if (faults == null) {
      faults =
          new FaultSearch(
              backend,
              pipeline.method(),
              pipeline.field(),
              Map.of(),
              parameters,
              pipeline.stepping());
    }
    double[] start = new double[pipeline.field().dimension()];
    solve.solve().initialValue().getRow(row, start, 0);
    return faults.search(start).map(fault -> " (" + fault.sentence() + ")").orElse("");
  }

  private void fill(Block block, List<Double> weightOfClass) {
    if (block.capacity() != capacity || block.width() != pipeline.inputs()) {
      throw new IllegalArgumentException(
          "Block %d: it has capacity %d and %d features, the worker was made for %d and %d."
              .formatted(
                  block.number(), block.capacity(), block.width(), capacity, pipeline.inputs()));
    }
    Arrays.fill(featureNumbers, 0);
    block.copyFeatures(featureNumbers);
    for (int row = 0; row < capacity; row++) {
      boolean real = row < block.rows();
      labelNumbers[row] = real ? block.label(row) : 0;
      weightNumbers[row] = real ? weight(block, row, weightOfClass) : 0;
    }
    int width = pipeline.inputs();
    for (int row = block.rows(); row < capacity; row++) {
      System.arraycopy(featureNumbers, 0, featureNumbers, row * width, width);
    }
  }

  private static double weight(Block block, int row, List<Double> ofClass) {
    return ofClass.isEmpty() ? 1 : ofClass.get((int) block.label(row));
  }

  private void replaceFailed(int healthy) {
    int width = pipeline.inputs();
    for (int row = 0; row < capacity; row++) {
      if (weightNumbers[row] == 0) {
        System.arraycopy(featureNumbers, healthy * width, featureNumbers, row * width, width);
      }
    }
  }

  /** The bytes reserved by its programs and states, parameters and gradients included. */
  public long bytes() {
    return bytes + solve.bytes() + parameters.bytes() + accumulators.bytes();
  }
}
