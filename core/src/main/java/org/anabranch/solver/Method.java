package org.anabranch.solver;

import java.util.List;
import java.util.Optional;
import org.anabranch.field.Field;
import org.anabranch.graph.Graph;

/**
 * A one-step method: it does not run, it builds the graphs of its steps. Inputs of these graphs are
 * {@code t} and {@code h} (float64: the time at the start of the step and its size), the state's
 * parts by name, and the field's context.
 */
public interface Method {
  static Method rk4() {
    return new ExplicitRungeKutta(Tableau.RK4);
  }

  static Method explicit(Tableau tableau) {
    return new ExplicitRungeKutta(tableau);
  }

  /**
   * The undamped asynchronous leapfrog whose states lie on a grid, so that it inverts bit for bit.
   */
  static ReversibleMethod alf() {
    return AsynchronousLeapfrog.onGrid();
  }

  /** The asynchronous leapfrog in working precision, with damping η in (1/2, 1]. */
  static Method alf(double damping) {
    return AsynchronousLeapfrog.damped(damping);
  }

  /** What a user writes to choose it. */
  String name();

  /** The global order of convergence. */
  int order();

  /** The names of the state's parts; the first one is the solution y. */
  List<String> state();

  /** {@code t, x} (the initial value) and context to the state. */
  Graph init(Field field);

  /**
   * {@code t, h}, state and context to the state after the step. Further outputs name inner values
   * that {@link ReversibleMethod#inverse} computes too.
   */
  Graph step(Field field);

  /**
   * An estimate of the local error: the inputs of {@link #step} to {@code error}, [rows × dim] in
   * working precision, the difference of y after the step and a solution of another order. Built of
   * the same expressions as the step, so that a graph of both evaluates the field once.
   */
  default Optional<Graph> error(Field field) {
    return Optional.empty();
  }

  /**
   * The order q of the less exact of the two solutions whose difference is {@link #error}: the
   * estimate shrinks like h to the power q + 1.
   *
   * @throws IllegalStateException if the method has no estimate
   */
  default int estimateOrder() {
    throw new IllegalStateException(
        "Method %s has no error estimate. Use fixed steps, or a method that has one."
            .formatted(name()));
  }

  /**
   * The continuous solution within a step: the inputs of {@link #step} to {@code c.1} … {@code
   * c.p}, [rows × dim] each in working precision, with y(t + θh) = y + c.1 θ + … + c.p θᵖ for θ in
   * [0, 1]; at 1 it agrees with the step up to round-off. May evaluate the field where the step
   * does not; shares the step's expressions otherwise.
   */
  default Optional<Graph> interpolant(Field field) {
    return Optional.empty();
  }

  /**
   * A detector of instability: {@code t}, state and context to {@code defect}, a number for each
   * sample that is small while the method follows its field and about 1 when it does not.
   */
  default Optional<Graph> defect(Field field) {
    return Optional.empty();
  }
}
