package org.anabranch.solver;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anabranch.field.Calculus;
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
record IncrementMethod(
    String name,
    int order,
    FieldDemands demands,
    BrownianNeed need,
    StrongOrder strong,
    StochasticFormula formula)
    implements StochasticMethod {
  @Override
  public Set<Calculus> calculi() {
    return demands.calculi();
  }

  @Override
  public double strongOrder(StochasticField field) {
    return strong.of(field);
  }

  @Override
  public DrivenMethod on(StochasticField field) {
    demands.check(field);
    return new DrivenMethod(new Steps(this, field), need.with(field), need);
  }

  private record Steps(IncrementMethod method, StochasticField stochastic) implements Method {
    @Override
    public String name() {
      return method.name;
    }

    @Override
    public int order() {
      return method.order;
    }

    @Override
    public List<String> state() {
      return List.of("y");
    }

    @Override
    public Graph init(Field field) {
      StepInputs inputs = new StepInputs(field);
      return inputs.initGraph(name(), Map.of("y", inputs.initialValue()));
    }

    @Override
    public Graph step(Field field) {
      StepInputs inputs = new StepInputs(field);
      Value y = inputs.state("y", Type.perSample(field.dimension()));
      Value increment = method.formula.increment(BrownianStep.of(stochastic, inputs, y));
      return inputs.stepGraph(name(), Map.of("y", y.plus(increment)));
    }
  }
}
