package org.anabranch.train;

import org.anabranch.field.Field;
import org.anabranch.gradient.GradientMode;
import org.anabranch.graph.Graph;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.graph.Type;
import org.anabranch.solver.Method;
import org.anabranch.solver.TimeGrid;

/**
 * A model as stages that a tile of samples passes from the front to the back and back again: memory
 * is one tile's whatever the size of a batch.
 *
 * @param stem {@code x} (features) to {@code y0}, the initial value
 * @param field the differential equation between stem and objective
 * @param objective {@code y} (the solution at the end) and {@code label} to {@code loss}, a number
 *     for each sample, and {@code logits}, one for each class
 */
public record Pipeline(
    ParameterLayout layout,
    Graph stem,
    Field field,
    Method method,
    TimeGrid grid,
    GradientMode mode,
    Graph objective) {
  public Pipeline {
    requireType("the stem's y0", stem.output("y0").type(), Type.perSample(field.dimension()));
    requireType(
        "the objective's y", objective.input("y").type(), Type.perSample(field.dimension()));
    requireType("the objective's loss", objective.output("loss").type(), Type.perSampleScalar());
    mode.forSolve(method, grid);
  }

  private static void requireType(String what, Type found, Type expected) {
    if (!found.equals(expected)) {
      throw new IllegalArgumentException(
          "Pipeline: %s is %s, expected %s. Stages must fit one another."
              .formatted(what, found, expected));
    }
  }

  /** The number of features of a sample. */
  public int inputs() {
    return stem.input("x").type().shape().size();
  }

  /** The number of classes. */
  public int classes() {
    return objective.output("logits").type().shape().size();
  }
}
