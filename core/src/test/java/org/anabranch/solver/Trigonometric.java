package org.anabranch.solver;

import java.util.List;
import java.util.Map;
import org.anabranch.field.Field;
import org.anabranch.graph.Value;

/**
 * A non-linear, non-autonomous equation in closed form (Hairer, Nørsett and Wanner 1993, II.4,
 * after Shampine): y = (exp(sin t²), exp(5 sin t²), sin t² + 1, cos t²).
 */
final class Trigonometric {
  static final Field FIELD =
      Field.of(
          4,
          (t, y) -> {
            Value y1 = y.slice(0, 1);
            Value y2 = y.slice(1, 1);
            Value y3 = y.slice(2, 1);
            Value y4 = y.slice(3, 1);
            Value d1 = y2.log().times(0.2).exp().times(y4).times(t).times(2);
            Value d2 = y3.minus(1).times(5).exp().times(y4).times(t).times(10);
            return Value.concatenate(
                List.of(d1, d2, y4.times(t).times(2), y1.log().times(t).times(-2)));
          });

  private Trigonometric() {}

  static double[] at(double t) {
    double s = Math.sin(t * t);
    return new double[] {Math.exp(s), Math.exp(5 * s), s + 1, Math.cos(t * t)};
  }

  /** The distance of a solution from the closed form. */
  static double error(double[] y, double t) {
    double[] exact = at(t);
    double sum = 0;
    for (int i = 0; i < exact.length; i++) {
      sum += Math.pow((y[i] - exact[i]) / exact[i], 2);
    }
    return Math.sqrt(sum);
  }

  /** The relative error at the end of equal steps. */
  static double globalError(Method method, double end, int steps) {
    Solution solution =
        new DifferentialEquation(FIELD)
            .solve(new TimeGrid(0, end, steps), method, new double[][] {at(0)});
    double[] y = solution.values().get(0).stream().mapToDouble(Double::doubleValue).toArray();
    return error(y, end);
  }

  /** The state of a method that starts on the closed form at t, ready for a step of size h. */
  static StepRun start(Method method, double t, double h) {
    return new StepRun(method, FIELD, Map.of("t", new double[] {t}, "h", new double[] {h}), at(t));
  }
}
