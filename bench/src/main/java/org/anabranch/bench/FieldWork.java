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
 * What a solve and its gradient cost for one sample, counted in the graphs of its steps: nothing is
 * taken from a run. States computed again count again.
 *
 * @param evaluations of the field
 * @param multiplyAdds of the products with matrices and of the sums of outer products; the
 *     element-wise rest is left out
 */
record FieldWork(long evaluations, long multiplyAdds) {
  private static final FieldWork NONE = new FieldWork(0, 0);

  /** Of the forward solve alone. */
  static FieldWork ofSolve(Method method, Field field, TimeGrid grid) {
    return of(method.init(field)).plus(of(method.step(field)).times(grid.steps()));
  }

  /** Of the forward solve and of the way back. */
  static FieldWork ofGradient(Method method, GradientMode mode, Field field, TimeGrid grid) {
    GradientMode settled = mode.forSolve(method, grid);
    Graph reverse =
        settled instanceof GradientMode.Reversible && method instanceof ReversibleMethod reversible
            ? ReverseStep.fromEnd(reversible, field)
            : ReverseStep.fromStart(method, field);
    return ofSolve(method, field, grid)
        .plus(of(method.step(field)).times(stepsAgain(settled, grid)))
        .plus(of(reverse).times(grid.steps()))
        .plus(of(ReverseStep.ofInit(method, field)));
  }

  /** Forward steps taken a second time: those of every segment whose states were dropped. */
  private static int stepsAgain(GradientMode mode, TimeGrid grid) {
    if (!(mode instanceof GradientMode.Checkpointed checkpointed)) {
      return 0;
    }
    int every = checkpointed.every();
    int again = 0;
    for (int start = 0; start < grid.steps(); start += every) {
      int length = Math.min(every, grid.steps() - start);
      again += length > 1 ? length : 0;
    }
    return again;
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

  private FieldWork times(int count) {
    return new FieldWork(evaluations * count, multiplyAdds * count);
  }
}
