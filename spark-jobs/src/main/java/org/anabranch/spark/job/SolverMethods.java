package org.anabranch.spark.job;

import java.util.List;
import java.util.Set;
import org.anabranch.field.Field;
import org.anabranch.gradient.GradientMode;
import org.anabranch.solver.Method;
import org.anabranch.solver.ReversibleMethod;
import org.anabranch.solver.TimeGrid;

/** The methods that a training can choose. */
final class SolverMethods {
  static final String ALF = "alf";

  /** What a coupled method's name starts with. */
  static final String COUPLED = "coupled-";

  /**
   * Of mechanics: they refuse the field of a model, whose every component reads all of the state.
   */
  private static final Set<String> OF_SEPARABLE_FIELDS = Set.of("leapfrog", "symplectic-euler");

  private SolverMethods() {}

  static List<String> names() {
    return Method.names().stream().filter(name -> !OF_SEPARABLE_FIELDS.contains(name)).toList();
  }

  static boolean canBeUndone(String name) {
    return Method.named(name) instanceof ReversibleMethod;
  }

  static boolean estimatesErrors(String name) {
    return Method.named(name).error(Field.of(1, (t, y) -> y)).isPresent();
  }

  /** Whether the reversible gradient bears this damping of alf. */
  static boolean canBeUndone(double damping) {
    try {
      GradientMode.reversible().forSolve(Method.alf(damping), new TimeGrid(0, 1, 1));
      return true;
    } catch (IllegalArgumentException refused) {
      return false;
    }
  }
}
