package org.anabranch.solver;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Type;
import org.anabranch.graph.Value;

/**
 * What a solve is brought down to along the way, without its path being kept: numbers for each
 * sample that every accepted step makes anew.
 *
 * <pre>
 * Fold turns = Fold.of(2, List.of(0.0), (step, a) -&gt;
 *     a.plus(step.y0().slice(0, 1).times(step.y1().slice(0, 1)).lessThan(Value.constant(0))));
 * </pre>
 *
 * @param graph {@code t, h} (the step's start and size, numbers of each sample), {@code y0, y1}
 *     (the solution at both ends, before a jump) and {@code a} to {@code a}, a vector for each
 *     sample
 * @param start a before the first step
 * @param results how many of its numbers are the result, the first ones
 */
public record Fold(Graph graph, List<Double> start, int results) {
  /** A step, as a formula sees it. */
  public record Step(Value t, Value h, Value y0, Value y1) {}

  /** Makes a of a step and of what a was before. */
  @FunctionalInterface
  public interface Formula {
    Value of(Step step, Value a);
  }

  public Fold {
    start = List.copyOf(start);
    Type type = Type.perSample(start.size());
    if (!graph.input("a").type().equals(type) || !graph.output("a").type().equals(type)) {
      throw new IllegalArgumentException(
          "Fold %s: it makes %s of %s, and starts with %d numbers. All must be vectors of as many."
              .formatted(
                  graph.name(), graph.output("a").type(), graph.input("a").type(), start.size()));
    }
    if (results < 1 || results > start.size()) {
      throw new IllegalArgumentException(
          "Fold %s: %d of its %d numbers are the result. Name at least one and no more than all."
              .formatted(graph.name(), results, start.size()));
    }
  }

  /**
   * A fold of a formula.
   *
   * @param dimension of the solution
   */
  public static Fold of(int dimension, List<Double> start, Formula formula) {
    return of("fold", dimension, start, start.size(), formula);
  }

  private static Fold of(
      String name, int dimension, List<Double> start, int results, Formula formula) {
    Value t = Value.input("t", Type.perSampleScalar());
    Value h = Value.input("h", Type.perSampleScalar());
    Value y0 = Value.input("y0", Type.perSample(dimension));
    Value y1 = Value.input("y1", Type.perSample(dimension));
    Value a = Value.input("a", Type.perSample(start.size()));
    Value next = formula.of(new Step(t, h, y0, y1), a);
    return new Fold(Graph.of(name, List.of(t, h, y0, y1, a), Map.of("a", next)), start, results);
  }

  /** The smallest of each component at the ends of steps. */
  public static Fold minimum(int dimension) {
    List<Double> start = Collections.nCopies(dimension, Double.POSITIVE_INFINITY);
    return of(
        "minimum", dimension, start, dimension, (step, a) -> a.minimum(step.y0).minimum(step.y1));
  }

  /** The largest of each component at the ends of steps. */
  public static Fold maximum(int dimension) {
    List<Double> start = Collections.nCopies(dimension, Double.NEGATIVE_INFINITY);
    return of(
        "maximum", dimension, start, dimension, (step, a) -> a.maximum(step.y0).maximum(step.y1));
  }

  /**
   * The mean of each component over time, by the trapezoidal rule on the steps taken. Where that is
   * not enough, let the solve integrate: {@link org.anabranch.field.Field#withIntegrals}.
   */
  public static Fold mean(int dimension) {
    // The mean so far, and the time that it is of: a running mean neither overflows nor cancels.
    List<Double> start = Collections.nCopies(dimension + 1, 0.0);
    return of(
        "mean",
        dimension,
        start,
        dimension,
        (step, a) -> {
          Value mean = a.slice(0, dimension);
          Value size = step.h.absolute();
          Value elapsed = a.slice(dimension, 1).sum().plus(size);
          Value middle = step.y0.plus(step.y1).times(0.5);
          Value share = size.dividedBy(elapsed);
          Value moved = mean.plus(middle.minus(mean).times(share));
          return Value.concatenate(List.of(moved, elapsed.broadcast(1)));
        });
  }
}
