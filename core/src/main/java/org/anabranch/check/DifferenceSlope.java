package org.anabranch.check;

import org.anabranch.backend.reference.ReferenceBackend;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.train.Block;
import org.anabranch.train.Pipeline;
import org.anabranch.train.PipelineWorker;

/** Slopes by differences of fourth order of losses in float64: no derivative is read. */
final class DifferenceSlope implements GradientCheck.Slope {
  /** The length of a move: states on a grid round losses to about 1e-9. */
  private static final double MOVE = 1e-2;

  /** Of rounding in a loss: one that hardly depends on a parameter has no slope beyond it. */
  private static final double ROUNDING = 64;

  private final PipelineWorker worker;
  private final double[] theta;
  private final Block block;
  private final long[][] confusion;

  DifferenceSlope(Pipeline pipeline, double[] theta, Block block) {
    worker = new PipelineWorker(pipeline, new ReferenceBackend(), block.capacity());
    this.theta = theta;
    this.block = block;
    confusion = new long[pipeline.classes()][pipeline.classes()];
  }

  @Override
  public GradientCheck.Measured along(ParameterLayout.View view, double[] direction) {
    double move = MOVE / Math.sqrt(view.size());
    double near = loss(view, direction, move) - loss(view, direction, -move);
    double far = loss(view, direction, 2 * move) - loss(view, direction, -2 * move);
    double rounding = ROUNDING * Math.ulp(loss(view, direction, 0)) / move;
    return new GradientCheck.Measured((8 * near - far) / (12 * move), 0, rounding);
  }

  private double loss(ParameterLayout.View view, double[] direction, double by) {
    double[] moved = theta.clone();
    for (int i = 0; i < view.size(); i++) {
      moved[view.offset() + i] += by * direction[i];
    }
    worker.load(moved);
    return worker.evaluate(block, confusion).loss();
  }
}
