package org.anabranch.solver;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anabranch.field.Field;
import org.anabranch.field.StochasticField;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Type;
import org.anabranch.graph.Value;

/**
 * A method whose state is y, and whose step adds what a formula says.
 *
 * @param order without noise
 */
record IncrementSteps(String name, int order, StochasticField stochastic, StochasticFormula formula)
    implements Method {
  @Override
  public List<String> state() {
    return List.of("y");
  }

  @Override
  public Graph init(Field field) {
    StepInputs inputs = new StepInputs(field);
    return inputs.initGraph(name, Map.of("y", inputs.initialValue()));
  }

  @Override
  public Graph step(Field field) {
    StepInputs inputs = new StepInputs(field);
    Value y = inputs.state("y", Type.perSample(field.dimension()));
    Value increment = formula.increment(BrownianStep.of(stochastic, inputs, y));
    return inputs.stepGraph(name, Map.of("y", y.plus(increment)));
  }

  @Override
  public Optional<Graph> error(Field field) {
    StepInputs inputs = new StepInputs(field);
    Value y = inputs.state("y", Type.perSample(field.dimension()));
    return formula
        .error(BrownianStep.of(stochastic, inputs, y))
        .map(error -> inputs.stepGraph(name + ".error", Map.of("error", error)));
  }

  /** Estimates are of Euler's kind, without noise. */
  @Override
  public int estimateOrder() {
    return order > 1 ? 1 : Method.super.estimateOrder();
  }
}
