package org.anabranch.solver;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anabranch.field.Field;
import org.anabranch.field.StochasticField;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Type;
import org.anabranch.graph.Value;

/** Steps whose state is y, and that add what a formula says. */
sealed interface FormulaSteps extends StochasticSteps {
  StochasticFormula formula();

  /**
   * Of any formula.
   *
   * @param order without noise
   */
  record Any(String name, int order, StochasticField stochastic, StochasticFormula formula)
      implements FormulaSteps {}

  /**
   * Of a formula that weighs evaluations of a Stratonovich equation.
   *
   * @param order without noise
   */
  record Weighted(String name, int order, StochasticField stochastic, StochasticFormula formula)
      implements FormulaSteps, WeightedSteps {
    @Override
    public DrivenMethod on(StochasticField other) {
      BrownianNeed need = BrownianNeed.INCREMENT;
      Method steps = new Weighted(name, order, other, formula);
      return new DrivenMethod(steps, need.with(other), need);
    }
  }

  @Override
  default List<String> state() {
    return List.of("y");
  }

  @Override
  default Graph init(Field field) {
    StepInputs inputs = new StepInputs(field);
    return inputs.initGraph(name(), Map.of("y", inputs.initialValue()));
  }

  @Override
  default Graph step(Field field) {
    StepInputs inputs = new StepInputs(field);
    Value y = inputs.state("y", Type.perSample(field.dimension()));
    Value increment = formula().increment(BrownianStep.of(stochastic(), inputs, y));
    return inputs.stepGraph(name(), Map.of("y", y.plus(increment)));
  }

  @Override
  default Optional<Graph> error(Field field) {
    StepInputs inputs = new StepInputs(field);
    Value y = inputs.state("y", Type.perSample(field.dimension()));
    return formula()
        .error(BrownianStep.of(stochastic(), inputs, y))
        .map(error -> inputs.stepGraph(name() + ".error", Map.of("error", error)));
  }

  /** Estimates are of Euler's kind, without noise. */
  @Override
  default int estimateOrder() {
    return order() > 1 ? 1 : StochasticSteps.super.estimateOrder();
  }
}
