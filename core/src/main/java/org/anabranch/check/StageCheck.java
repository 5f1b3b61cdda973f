package org.anabranch.check;

import java.util.ArrayList;
import java.util.List;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.reference.ReferenceBackend;
import org.anabranch.check.OperationFinding.Verdict;
import org.anabranch.graph.Type;
import org.anabranch.train.OpaqueStage;

/**
 * An opaque stage's own product against slopes of its own forward pass. Its arithmetic is not
 * known, so that the best of several moves counts.
 */
final class StageCheck {
  private static final double TOLERANCE = 1e-3;
  private static final double[] MOVES = {1e-2, 1e-3, 1e-4, 1e-5, 1e-6};

  private final String place;
  private final OpaqueStage stage;
  private final int rows;
  private final double[] input;
  private final double[] theta;
  private final StageForward pass;
  private final double[] cotangent;

  /**
   * @param input the samples' numbers before the stage
   * @param theta the stage's parameters
   */
  StageCheck(String place, OpaqueStage stage, double[] input, double[] theta, int rows) {
    this.place = place;
    this.stage = stage;
    this.rows = rows;
    this.input = input;
    this.theta = theta;
    pass = new StageForward(stage, rows);
    cotangent = Signs.of(rows * stage.outputs(), 5);
  }

  List<OperationFinding> findings() {
    Backend backend = new ReferenceBackend();
    Buffer byOutput = backend.buffer(Type.perSample(stage.outputs()), rows);
    Buffer byInput = backend.buffer(Type.perSample(stage.inputs()), rows);
    byOutput.set(cotangent);
    double[] byTheta = new double[theta.length];
    pass.at(input, theta);
    pass.tile().backward(byOutput, byInput, byTheta, 0);
    double[] pulled = new double[input.length];
    byInput.get(pulled);
    List<OperationFinding> findings = new ArrayList<>();
    findings.add(finding(0, pulled, true));
    if (theta.length > 0) {
      findings.add(finding(1, byTheta, false));
    }
    return findings;
  }

  private OperationFinding finding(int operand, double[] pulled, boolean ofInput) {
    double[] direction = Signs.of(pulled.length, operand);
    double dot = 0;
    double size = 0;
    for (int i = 0; i < pulled.length; i++) {
      dot += pulled[i] * direction[i];
      size += Math.abs(pulled[i] * direction[i]);
    }
    double error = Double.POSITIVE_INFINITY;
    for (double move : MOVES) {
      double slope =
          (moved(direction, move, ofInput) - moved(direction, -move, ofInput)) / (2 * move);
      double scale = Math.max(size, Math.abs(slope));
      error = Math.min(error, scale == 0 ? 0 : Math.abs(dot - slope) / scale);
    }
    return new OperationFinding(
        place,
        stage.getClass().getSimpleName() + " (" + stage.numericsId() + ")",
        List.of(Type.perSample(stage.inputs()).toString(), theta.length + " parameters"),
        operand,
        error,
        error <= TOLERANCE ? Verdict.RIGHT : Verdict.WRONG);
  }

  private double moved(double[] direction, double by, boolean ofInput) {
    double[] numbers = (ofInput ? input : theta).clone();
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] += by * direction[i];
    }
    double[] results = ofInput ? pass.at(numbers, theta) : pass.at(input, numbers);
    double dot = 0;
    for (int i = 0; i < results.length; i++) {
      dot += cotangent[i] * results[i];
    }
    return dot;
  }
}
