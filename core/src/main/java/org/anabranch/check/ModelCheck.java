package org.anabranch.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.anabranch.backend.Backend;
import org.anabranch.train.Block;
import org.anabranch.train.OpaqueStage;
import org.anabranch.train.Pipeline;
import org.jspecify.annotations.Nullable;

/**
 * Certifies a model on some samples: see {@link Certificate}.
 *
 * @param backend that trains it
 * @param single whether that computes in float32
 * @param blockSize samples of a block in training
 */
public record ModelCheck(Pipeline pipeline, Backend backend, boolean single, int blockSize) {
  private static final double SINGLE = 1e-4;
  private static final double TWICE = 1e-6;

  /** Nanoseconds: a kernel that is new to the program is compiled within them. */
  private static final long TIMING = 20_000_000;

  /**
   * Checks the model.
   *
   * @param theta the parameters at which to look
   * @param block real samples
   * @throws IllegalArgumentException if a sample cannot be solved as configured
   */
  public Certificate at(double[] theta, Block block) {
    return at(theta, block, TIMING);
  }

  Certificate at(double[] theta, Block block, long timing) {
    Passage passage = Passage.of(pipeline, theta, block);
    GradientCheck gradient = new GradientCheck(pipeline, backend, theta, block);
    GradientCheck.Judged judged = gradient.judged(Bounds.of(pipeline, single, gradient.forward()));
    WorkPrecision precision =
        new WorkPrecision(pipeline, backend, theta, passage.start(), passage.rows(), timing);
    List<WorkRow> work = precision.rows();
    StateMemory memory = new StateMemory(pipeline.field(), blockSize, single);
    return new Certificate(
        passage.rows(),
        pipeline.mode().forSolve(pipeline.method(), pipeline.stepping()).name(),
        gradient.slopeRoute(),
        judged.bounds(),
        judged.blocks(),
        operations(passage, theta),
        precision.reference(),
        work,
        Advice.of(work, precision.reference(), memory));
  }

  private List<OperationFinding> operations(Passage passage, double[] theta) {
    OperationCheck check = new OperationCheck(backend, single ? SINGLE : TWICE);
    int rows = passage.rows();
    List<OperationFinding> findings = new ArrayList<>();
    OpaqueStage before = pipeline.before();
    if (before != null && before.layout().size() > 0) { // nobody asks others for a way back
      stage("the stage before the stem", before, passage.features(), theta, findings);
    }
    Map<String, double[]> stem = Map.of("x", passage.stemInput());
    findings.addAll(check.of("stem", pipeline.stem(), stem, pipeline.layout(), theta, rows));
    for (boolean first : new boolean[] {true, false}) {
      Map<String, double[]> inputs = new HashMap<>();
      double time = first ? pipeline.stepping().start() : pipeline.stepping().end();
      inputs.put("t", new double[] {time});
      inputs.put("y", first ? passage.start() : passage.end());
      String place = first ? "field at the start" : "field at the end";
      findings.addAll(
          check.of(place, pipeline.field().graph(), inputs, pipeline.layout(), theta, rows));
    }
    stage("the stage after the solve", pipeline.after(), passage.end(), theta, findings);
    Map<String, double[]> last = Map.of("y", passage.objectiveInput(), "label", passage.labels());
    findings.addAll(
        check.of("objective", pipeline.objective(), last, pipeline.layout(), theta, rows));
    return findings;
  }

  private void stage(
      String place,
      @Nullable OpaqueStage stage,
      double[] input,
      double[] theta,
      List<OperationFinding> findings) {
    if (stage != null) {
      int offset = Passage.offset(pipeline.layout(), stage);
      double[] own = Arrays.copyOfRange(theta, offset, offset + stage.layout().size());
      int rows = input.length / stage.inputs();
      findings.addAll(new StageCheck(place, stage, input, own, rows).findings());
    }
  }
}
