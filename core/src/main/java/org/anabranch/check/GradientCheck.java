package org.anabranch.check;

import java.util.ArrayList;
import java.util.List;
import org.anabranch.backend.Backend;
import org.anabranch.backend.reference.ReferenceBackend;
import org.anabranch.gradient.GradientMode;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.solver.TimeGrid;
import org.anabranch.train.Block;
import org.anabranch.train.Pipeline;
import org.anabranch.train.PipelineWorker;

/** The whole gradient of a block by independent routes, compared parameter by parameter. */
final class GradientCheck {
  private final Pipeline pipeline;
  private final Backend backend;
  private final double[] theta;
  private final Block block;

  GradientCheck(Pipeline pipeline, Backend backend, double[] theta, Block block) {
    this.pipeline = pipeline;
    this.backend = backend;
    this.theta = theta;
    this.block = block;
  }

  /** What the last route is called: it differs with what the pipeline allows. */
  String slopeRoute() {
    return forward() ? "forward sensitivities" : "finite differences";
  }

  /** Equal steps have a slope; where steps are chosen anew with every move it has jumps. */
  boolean forward() {
    return !(pipeline.stepping() instanceof TimeGrid);
  }

  /** The figures, and what bounds them: the noise of opaque stages widens that of slopes. */
  record Judged(Bounds bounds, List<BlockFigures> blocks) {}

  Judged judged(Bounds least) {
    double[] chosen = gradient(pipeline, backend);
    double[] direct = gradient(with(GradientMode.direct()), backend);
    Backend reference = new ReferenceBackend();
    // What is compared with slopes is the exact gradient of the steps; the mode is the first route.
    double[] exact = gradient(with(GradientMode.direct()), reference);
    double[] same =
        pipeline.mode() instanceof GradientMode.Backsolve ? gradient(pipeline, reference) : exact;
    Slope slope =
        forward()
            ? new ForwardSlope(pipeline, theta, block)
            : new DifferenceSlope(pipeline, theta, block);
    List<Difference> slopes = slopes(slope, exact);
    double noise = slopes.stream().mapToDouble(Difference::noise).max().orElse(0);
    Bounds bounds = least.withNoise(noise);
    List<BlockFigures> figures = new ArrayList<>();
    int block = 0;
    for (ParameterLayout.View view : pipeline.layout().views()) {
      double ofDirect = difference(chosen, direct, view);
      double ofReference = difference(chosen, same, view);
      double ofSlope = slopes.get(block++).error();
      figures.add(
          new BlockFigures(
              view.name(),
              view.size(),
              ofDirect,
              ofReference,
              ofSlope,
              ofDirect <= bounds.direct()
                  && ofReference <= bounds.reference()
                  && ofSlope <= bounds.slope()));
    }
    return new Judged(bounds, figures);
  }

  private Pipeline with(GradientMode mode) {
    return new Pipeline(
        pipeline.layout(),
        pipeline.stem(),
        pipeline.field(),
        pipeline.method(),
        pipeline.stepping(),
        mode,
        pipeline.objective(),
        pipeline.before(),
        pipeline.after());
  }

  private double[] gradient(Pipeline of, Backend on) {
    PipelineWorker worker = new PipelineWorker(of, on, block.capacity());
    worker.load(theta);
    return worker.gradient(block).gradient().clone();
  }

  /** The largest difference of a component by the largest component of the parameter. */
  private static double difference(double[] actual, double[] expected, ParameterLayout.View view) {
    double largest = 0;
    double difference = 0;
    for (int i = view.offset(); i < view.offset() + view.size(); i++) {
      largest = Math.max(largest, Math.abs(expected[i]));
      difference = Math.max(difference, Math.abs(actual[i] - expected[i]));
    }
    return difference == 0 ? 0 : difference / Math.max(largest, Double.MIN_NORMAL);
  }

  private List<Difference> slopes(Slope slope, double[] gradient) {
    List<Difference> differences = new ArrayList<>();
    int seed = 0;
    for (ParameterLayout.View view : pipeline.layout().views()) {
      double[] signs = Signs.of(view.size(), seed++);
      differences.add(slopeError(slope, gradient, view, signs));
    }
    return differences;
  }

  /** Both by what a product is large. */
  private record Difference(double error, double noise) {}

  /** A product of n terms of mixed signs is about √n times as large as one. */
  private static Difference slopeError(
      Slope slope, double[] gradient, ParameterLayout.View view, double[] signs) {
    double dot = 0;
    double squares = 0;
    for (int i = 0; i < view.size(); i++) {
      double component = gradient[view.offset() + i];
      dot += component * signs[i];
      squares += component * component;
    }
    Measured found = slope.along(view, signs);
    double scale = Math.max(Math.sqrt(squares), Math.abs(found.slope()));
    return scale == 0
        ? new Difference(0, 0)
        : new Difference(
            Math.abs(dot - found.slope()) / Math.max(scale, found.least()), found.noise() / scale);
  }

  /**
   * A slope of the summed loss.
   *
   * @param noise what two ways to it differ by, summed over samples; 0 where there is one
   * @param rounding below which nothing can be told
   */
  record Measured(double slope, double noise, double rounding) {
    /** The size of a gradient whose bound is this rounding. */
    private double least() {
      return rounding / Bounds.DIFFERENCES;
    }
  }

  /** The derivative of the summed loss along a direction of one parameter. */
  interface Slope {
    Measured along(ParameterLayout.View view, double[] direction);
  }
}
