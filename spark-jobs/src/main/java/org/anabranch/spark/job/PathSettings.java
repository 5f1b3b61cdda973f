package org.anabranch.spark.job;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.anabranch.solver.StochasticMethod;

/**
 * The settings that models of paths have in common: of the stochastic solves, and of what is drawn
 * for the report. Part of {@link Settings}.
 */
final class PathSettings {
  private static final List<Parameter<?>> DECLARED = new ArrayList<>();

  static final Parameter<String> METHOD =
      declare(
          Parameter.of(
              "solver.sde-method",
              Scalar.among(StochasticMethod.names()),
              "reversible-heun",
              "Of models of paths, in place of solver.method: the method of the stochastic"
                  + " equations (docs/stochastic.md). reversible-heun is undone step by step, to the"
                  + " last bit."));
  static final Parameter<Integer> STEPS_PER_INTERVAL =
      declare(
          Parameter.of(
              "solver.steps-per-interval",
              Scalar.count(Bounds.between(1, 10_000)),
              1,
              "Of models of paths, in place of solver.steps: equal steps from one time of the data"
                  + " to the next."));
  static final Parameter<Integer> EVALUATED =
      declare(
          Parameter.of(
                  "report.paths",
                  Scalar.count(Bounds.between(16, 1_000_000)),
                  2000,
                  "Of models of paths: the most real paths, and as many generated ones, that scores"
                      + " and pictures look at.")
              .withoutEffectOnResult());

  private PathSettings() {}

  /** All of them, in the order in which people read them. */
  static List<Parameter<?>> all() {
    return Collections.unmodifiableList(DECLARED);
  }

  private static <T> Parameter<T> declare(Parameter<T> parameter) {
    DECLARED.add(parameter);
    return parameter;
  }
}
