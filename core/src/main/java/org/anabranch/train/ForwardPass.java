package org.anabranch.train;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.Parameters;
import org.anabranch.backend.Program;
import org.anabranch.graph.Type;
import org.anabranch.solver.AdaptiveSolve;
import org.anabranch.solver.Outcome;
import org.anabranch.solver.Outcomes;
import org.anabranch.solver.SteppedSolve;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Pipeline} compiled without its way back: what it decides of each sample of a block. What
 * a sample gives does not depend on the others. Not for several threads at a time.
 */
public final class ForwardPass {
  private final Pipeline pipeline;
  private final int capacity;
  private final Parameters parameters;
  private final SteppedSolve solve;
  private final Outcomes outcomes;
  private final Buffer features;
  private final Buffer state;
  private final Logits logits;
  private final @Nullable BoundStage before;
  private final @Nullable BoundStage after;
  private final Program.Execution stem;
  private final Program.Execution objective;
  private final float[] featureNumbers;

  /**
   * @param capacity of the blocks that will come
   */
  public ForwardPass(Pipeline pipeline, Backend backend, int capacity) {
    this.pipeline = pipeline;
    this.capacity = capacity;
    int dimension = pipeline.field().dimension();
    parameters = backend.parameters(pipeline.layout());
    solve =
        new SteppedSolve(
            backend,
            pipeline.method(),
            pipeline.field(),
            Map.of(),
            parameters,
            pipeline.stepping(),
            false,
            capacity);
    outcomes = new Outcomes(capacity, dimension);
    features = backend.buffer(Type.perSample(pipeline.inputs()), capacity);
    state = backend.buffer(Type.perSample(dimension), capacity);
    logits = new Logits(backend, pipeline.classes(), capacity);
    before = bound(pipeline.before(), pipeline, backend, features);
    after = bound(pipeline.after(), pipeline, backend, state);
    Map<String, Buffer> inputs = new HashMap<>();
    inputs.put("x", before == null ? features : before.output());
    inputs.put("y", after == null ? state : after.output());
    inputs.put("label", backend.buffer(Type.perSampleScalar(), capacity));
    stem =
        backend
            .compile(pipeline.stem(), capacity)
            .bind(inputs, Map.of("y0", solve.solve().initialValue()), parameters, null);
    objective =
        backend
            .compile(pipeline.objective(), capacity)
            .bind(inputs, Map.of("logits", logits.buffer()), parameters, null);
    featureNumbers = new float[capacity * pipeline.inputs()];
  }

  private static @Nullable BoundStage bound(
      @Nullable OpaqueStage stage, Pipeline pipeline, Backend backend, Buffer input) {
    if (stage == null) {
      return null;
    }
    Buffer unread = backend.buffer(input.type(), input.rows());
    return new BoundStage(stage, pipeline, backend, input.rows(), input, unread);
  }

  /** The parameters of what comes. */
  public void load(double[] values) {
    parameters.load(values);
    if (before != null) {
      before.load(values);
    }
    if (after != null) {
      after.load(values);
    }
  }

  /** Takes a block through the pipeline; what follows is about its samples. */
  public void run(Block block) {
    start(block);
    solve.run((step, state) -> {}, new AdaptiveSolve.Observer() {});
    outcomes.judge(solve.solve());
    state.copyFrom(solve.solve().solution());
    decide();
  }

  /** The initial values of a block, in place for the solve. */
  Buffer start(Block block) {
    if (block.capacity() != capacity || block.width() != pipeline.inputs()) {
      throw new IllegalArgumentException(
          "ForwardPass: %s came where blocks of capacity %d and width %d were expected. Make a pass for it."
              .formatted(block, capacity, pipeline.inputs()));
    }
    Arrays.fill(featureNumbers, 0);
    block.copyFeatures(featureNumbers);
    features.set(featureNumbers);
    if (before != null) {
      before.forward();
    }
    stem.run();
    return solve.solve().initialValue();
  }

  /** What would be decided if the flow ended at these states, [rows × dim]. */
  void decide(double[] states) {
    state.set(states);
    decide();
  }

  private void decide() {
    if (after != null) {
      after.forward();
    }
    objective.run();
    logits.read();
  }

  SteppedSolve solve() {
    return solve;
  }

  /** What became of the solve of a sample of the last block. */
  public Outcome outcome(int row) {
    return outcomes.outcome(row);
  }

  /** See {@link Outcomes#defect}. */
  double defect(int row) {
    return outcomes.defect(row);
  }

  /** The class that a sample is taken for, the first of equals; of no meaning without a solve. */
  public int found(int row) {
    return logits.largest(row);
  }

  /** The probability of each class; of no meaning for a sample whose solve failed. */
  public double[] probabilities(int row) {
    return logits.probabilities(row);
  }
}
