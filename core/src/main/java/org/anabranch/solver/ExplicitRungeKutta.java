package org.anabranch.solver;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.anabranch.field.Field;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Type;
import org.anabranch.graph.Value;

/**
 * An explicit Runge-Kutta method, one evaluation a stage.
 *
 * <pre>  kᵢ = f(t + cᵢh, y + h Σⱼ aᵢⱼ kⱼ)      y' = y + h Σᵢ bᵢ kᵢ  </pre>
 */
record ExplicitRungeKutta(Tableau tableau) implements Method {
  @Override
  public String name() {
    return tableau.name();
  }

  @Override
  public int order() {
    return tableau.order();
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
    Value h = inputs.stepSize().narrowed();
    List<Value> k = new ArrayList<>();
    for (int i = 0; i < tableau.stages(); i++) {
      Value time = inputs.time().plus(inputs.stepSize().times(tableau.c().get(i)));
      k.add(field.drift(time, combine(y, h, tableau.a().get(i), k)));
    }
    return inputs.stepGraph(name(), Map.of("y", combine(y, h, tableau.b(), k)));
  }

  private static Value combine(Value y, Value h, List<Double> weights, List<Value> k) {
    Value sum = y;
    for (int i = 0; i < weights.size(); i++) {
      if (weights.get(i) != 0) {
        sum = sum.plus(k.get(i).times(h.times(weights.get(i))));
      }
    }
    return sum;
  }
}
