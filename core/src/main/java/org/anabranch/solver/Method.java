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
   * A detector of instability: {@code t}, state and context to {@code defect}, a number for each
   * sample that is small while the method follows its field and about 1 when it does not.
   */
  default Optional<Graph> defect(Field field) {
    return Optional.empty();
  }
}
