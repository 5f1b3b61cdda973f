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
  /**
   * The method of a name: {@code dopri5}, {@code alf} (undamped, on the grid), {@code leapfrog},
   * {@code coupled-rk4} (with λ = 0.99), and others.
   *
   * @throws IllegalArgumentException if there is none, with the nearest and all names
   */
  static Method named(String name) {
    return MethodNames.method(name);
  }

  /** The names that {@link #named} knows. */
  static List<String> names() {
    return MethodNames.all();
  }

  static Method rk4() {
    return new ExplicitRungeKutta(PublishedTableaux.RK4);
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

  /**
   * An explicit Runge-Kutta method made reversible by McCallum and Foster's coupling λ in (0, 1]:
   * bit for bit with λ = 1, stable on fields that decay below it, where the best λ is exp(−c h)
   * with c at least the fastest rate of decay.
   */
  static ReversibleMethod reversible(Tableau tableau, double coupling) {
    return new McCallumFoster(tableau, coupling, 0);
  }

  /**
   * The same with the coupling λ = exp(−c |h|) of each step, stable where solutions decay at rates
   * up to c. Undoing all steps of an interval multiplies round-off alike, however many they are.
   *
   * @param rate c, at least 0, in units of one over time
   */
  static ReversibleMethod reversibleAtRate(Tableau tableau, double rate) {
    return new McCallumFoster(tableau, 1, rate);
  }

  /**
   * The leapfrog of Störmer and Verlet for y = (q, p) with dq/dt of p and dp/dt of q only.
   *
   * @param exact whether states lie on a grid, so that it inverts bit for bit
   */
  static ReversibleMethod leapfrog(boolean exact) {
    return SymplecticSplitting.leapfrog(exact);
  }

  /** The semi-implicit Euler method, for the same fields. */
  static ReversibleMethod symplecticEuler(boolean exact) {
    return SymplecticSplitting.euler(exact);
  }

  /**
   * The Rosenbrock method RODAS, of order 4, for stiff fields of some tens of components: exact
   * Jacobians from the field's graph, which must be differentiable twice for gradients.
   */
  static Method rodas4() {
    return Rosenbrock.rodas4();
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
