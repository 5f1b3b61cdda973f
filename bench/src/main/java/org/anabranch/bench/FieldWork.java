package org.anabranch.bench;

import org.anabranch.field.Field;
import org.anabranch.gradient.GradientMode;
import org.anabranch.gradient.ReverseStep;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Operation;
import org.anabranch.graph.Shape;
import org.anabranch.graph.Value;
import org.anabranch.solver.Method;
import org.anabranch.solver.ReversibleMethod;
import org.anabranch.solver.TimeGrid;

/**
 * What solves and their gradients cost, counted in the graphs of their steps: nothing but the
 * number of adaptive steps is taken from a run. States computed again count again.
 *
 * @param evaluations of the field
 * @param multiplyAdds of the products with matrices and of the sums of outer products; the
 *     element-wise rest is left out
 */
record FieldWork(long evaluations, long multiplyAdds) {
  private static final FieldWork NONE = new FieldWork(0, 0);

  /** Of one sample's forward solve alone. */
  static FieldWork ofSolve(Method method, Field field, TimeGrid grid) {
    return ofSolve(method, field, StepCounts.of(grid));
  }

  /** Of the forward solves of the samples whose steps were counted. */
  static FieldWork ofSolve(Method method, Field field, StepCounts steps) {
    FieldWork solve =
        of(method.init(field))
            .times(steps.samples())
            .plus(of(method.step(field)).times(steps.tried()));
    // Hairer's rule for the first step evaluates the field twice, as ALF's start does once.
    return steps.adaptive()
        ? solve.plus(of(Method.alf().init(field)).times(2 * steps.samples()))
        : solve;
  }

  /** Of one sample's forward solve and of the way back. */
  static FieldWork ofGradient(Method method, GradientMode mode, Field field, TimeGrid grid) {
    return ofGradient(method, mode.forSolve(method, grid), field, StepCounts.of(grid));
  }

  /**
   * Of the samples whose steps were counted.
   *
   * @param settled mode, as {@link GradientMode#forSolve} gives it
   */
  static FieldWork ofGradient(Method method, GradientMode settled, Field field, StepCounts steps) {
    Graph reverse =
        settled instanceof GradientMode.Reversible && method instanceof ReversibleMethod reversible
            ? ReverseStep.fromEnd(reversible, field)
            : ReverseStep.fromStart(method, field);
    return ofSolve(method, field, steps)
        .plus(of(method.step(field)).times(stepsAgain(settled, steps)))
        .plus(of(reverse).times(steps.accepted()))
        .plus(of(ReverseStep.ofInit(method, field)).times(steps.samples()));
  }

  /**
   * Forward steps taken a second time: those of every segment whose states were dropped. Samples
   * whose numbers of steps differ are counted as if each took the mean, rounded.
   */
  private static long stepsAgain(GradientMode mode, StepCounts steps) {
    if (!(mode instanceof GradientMode.Checkpointed checkpointed)) {
      return 0;
    }
    long each = Math.round((double) steps.accepted() / steps.samples());
    long every =
        steps.adaptive()
            ? checkpointed.spacing(each)
            : checkpointed.spacingOfKnown(Math.toIntExact(each));
    long again = 0;
    for (long start = 0; start < each; start += every) {
      again += Math.min(every, each - start) - 1;
    }
    return again * steps.samples();
  }

  private static FieldWork of(Graph graph) {
    FieldWork work = NONE;
    for (Value value : graph.order()) {
      work = work.plus(of(value.operation()));
    }
    return work;
  }

  private static FieldWork of(Operation operation) {
    if (operation instanceof Operation.Product product) {
      boolean evaluates =
          !product.transposed()
              && product.matrix().operation() instanceof Operation.Parameter parameter
              && parameter.name().equals(OdeProblem.firstWeight());
      return new FieldWork(evaluates ? 1 : 0, size(product.matrix().type().shape()));
    }
    return operation instanceof Operation.RowProduct product
        ? new FieldWork(0, size(product.type().shape()))
        : NONE;
  }

  private static long size(Shape matrix) {
    return (long) matrix.rows() * matrix.columns();
  }

  private FieldWork plus(FieldWork other) {
    return new FieldWork(evaluations + other.evaluations, multiplyAdds + other.multiplyAdds);
  }

  private FieldWork times(long count) {
    return new FieldWork(evaluations * count, multiplyAdds * count);
  }
}
