package org.anabranch.spark.job;

import java.util.List;
import java.util.Set;
import org.anabranch.field.Calculus;
import org.anabranch.field.Coefficients;
import org.anabranch.field.Field;
import org.anabranch.field.Noise;
import org.anabranch.field.StochasticField;
import org.anabranch.gradient.GradientMode;
import org.anabranch.graph.Shape;
import org.anabranch.graph.Value;
import org.anabranch.solver.DrivenMethod;
import org.anabranch.solver.Method;
import org.anabranch.solver.ReversibleMethod;
import org.anabranch.solver.RungeKuttaMethod;
import org.anabranch.solver.StochasticMethod;
import org.anabranch.solver.TimeGrid;
import org.anabranch.spark.job.TrainingConfiguration.ModelType;

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

  /** Whether the continuous adjoint can be solved by it. */
  static boolean canSolveBack(String name) {
    return Method.named(name) instanceof RungeKuttaMethod;
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

  /** The methods of stochastic equations that solve those of a model of paths. */
  static List<String> ofPaths(ModelType type) {
    return StochasticMethod.names().stream().filter(name -> solves(name, type)).toList();
  }

  /** Whether the reversible gradient takes the steps of a method that {@link #ofPaths} names. */
  static boolean canBeUndone(String name, ModelType type) {
    try {
      GradientMode.reversible()
          .forSolve(example(name, type).overOneGrid().method(), new TimeGrid(0, 1, 1));
      return true;
    } catch (IllegalArgumentException refused) {
      return false;
    }
  }

  private static boolean solves(String name, ModelType type) {
    try {
      example(name, type);
      return true;
    } catch (IllegalArgumentException refused) {
      return false;
    }
  }

  /** A method on a field with the noise and the calculus of a model's. */
  private static DrivenMethod example(String name, ModelType type) {
    StochasticMethod method = StochasticMethod.named(name);
    boolean general = type == ModelType.SDE_GAN;
    Calculus calculus =
        !general && method.calculi().contains(Calculus.ITO) ? Calculus.ITO : Calculus.STRATONOVICH;
    return method.on(
        StochasticField.of(
            2,
            general ? Noise.GENERAL : Noise.DIAGONAL,
            calculus,
            (t, y) ->
                new Coefficients(
                    y,
                    general
                        ? Value.concatenate(List.of(y, y)).reshaped(Shape.matrix(2, 2)).tanh()
                        : y)));
  }
}
