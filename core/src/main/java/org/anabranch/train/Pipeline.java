package org.anabranch.train;

import java.util.List;
import org.anabranch.backend.Backend;
import org.anabranch.field.Field;
import org.anabranch.gradient.GradientMode;
import org.anabranch.graph.Graph;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.graph.Type;
import org.anabranch.solver.Method;
import org.anabranch.solver.Stepping;
import org.jspecify.annotations.Nullable;

/**
 * A model as stages that a tile of samples passes from the front to the back and back again: memory
 * is one tile's whatever the size of a batch.
 *
 * @param stem {@code x} (features) to {@code y0}, the initial value
 * @param field the differential equation between stem and objective
 * @param objective {@code y} (the solution at the end) and {@code label} to {@code loss}, a number
 *     for each sample, and {@code logits}, one for each class
 * @param before what features pass on their way to the stem; null for nothing
 * @param after what the solution passes on its way to the objective; null for nothing
 */
public record Pipeline(
    ParameterLayout layout,
    Graph stem,
    Field field,
    Method method,
    Stepping stepping,
    GradientMode mode,
    Graph objective,
    @Nullable OpaqueStage before,
    @Nullable OpaqueStage after) {
  public Pipeline {
    requireType("the stem's y0", stem.output("y0").type(), Type.perSample(field.dimension()));
    int end = after == null ? field.dimension() : after.outputs();
    requireType("the objective's y", objective.input("y").type(), Type.perSample(end));
    requireType("the objective's loss", objective.output("loss").type(), Type.perSampleScalar());
    mode.forSolve(method, stepping);
    if (before != null) {
      requireType("the stem's x", stem.input("x").type(), Type.perSample(before.outputs()));
      offset(layout, before);
    }
    if (after != null) {
      requireType(
          "the stage after the solve takes what",
          Type.perSample(after.inputs()),
          Type.perSample(field.dimension()));
      offset(layout, after);
    }
  }

  /** Of graphs alone. */
  public Pipeline(
      ParameterLayout layout,
      Graph stem,
      Field field,
      Method method,
      Stepping stepping,
      GradientMode mode,
      Graph objective) {
    this(layout, stem, field, method, stepping, mode, objective, null, null);
  }

  /** Where the parameters of one of its opaque stages start. */
  int offset(OpaqueStage stage) {
    return offset(layout, stage);
  }

  private static int offset(ParameterLayout layout, OpaqueStage stage) {
    List<ParameterLayout.View> views = stage.layout().views();
    if (views.isEmpty()) {
      return 0;
    }
    int start = layout.view(views.get(0).name()).offset();
    for (ParameterLayout.View view : views) {
      ParameterLayout.View found = layout.view(view.name());
      if (found.offset() != start + view.offset() || found.size() != view.size()) {
        throw new IllegalArgumentException(
            "Pipeline: parameter '%s' starts at %d with %d numbers, expected %d with %d. Declare an opaque stage's parameters one behind the other, in its order."
                .formatted(
                    view.name(), found.offset(), found.size(), start + view.offset(), view.size()));
      }
    }
    return start;
  }

  /** Names the arithmetic: the backend's, and that of each opaque stage. */
  public String numericsId(Backend backend) {
    String first = before == null ? "" : "+" + before.numericsId();
    String last = after == null ? "" : "+" + after.numericsId();
    return backend.numericsId() + first + (last.equals(first) ? "" : last);
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
    return before == null ? stem.input("x").type().shape().size() : before.inputs();
  }

  /** The number of classes. */
  public int classes() {
    return objective.output("logits").type().shape().size();
  }
}
