package org.anabranch.train;

import java.util.Map;
import java.util.TreeMap;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Precision;
import org.anabranch.graph.Shape;
import org.anabranch.graph.Value;

/**
 * Adam (Kingma and Ba 2015, arXiv:1412.6980, the efficient form at the end of section 2). The
 * powers of β are carried as state, so that no power function is needed.
 *
 * <pre>
 *   m' = β₁m + (1−β₁)g     v' = β₂v + (1−β₂)g²     η' = η √(1−β₂ᵗ) / (1−β₁ᵗ)
 *   θ' = θ − η' m' / (√v' + ε)
 * </pre>
 *
 * <p>ND4J's Adam is the same rule; its ε, too, stands outside the bias correction.
 */
record Adam(double learningRate, double beta1, double beta2, double epsilon) implements Optimiser {
  @Override
  public String name() {
    return "adam";
  }

  @Override
  public Map<String, Shape> state(int size) {
    return new TreeMap<>(
        Map.of(
            "beta1Power", Shape.scalar(),
            "beta2Power", Shape.scalar(),
            "firstMoment", Shape.vector(size),
            "secondMoment", Shape.vector(size)));
  }

  @Override
  public Map<String, Double> initialState() {
    return Map.of("beta1Power", 1.0, "beta2Power", 1.0, "firstMoment", 0.0, "secondMoment", 0.0);
  }

  @Override
  public Graph update(int size) {
    UpdateInputs inputs = new UpdateInputs(size);
    Value g = inputs.gradient();
    Value one = Value.constant(1, Precision.WIDE);
    Value power1 = inputs.state("beta1Power", Shape.scalar()).times(beta1);
    Value power2 = inputs.state("beta2Power", Shape.scalar()).times(beta2);
    Value m = inputs.state("firstMoment", Shape.vector(size)).times(beta1).plus(g.times(1 - beta1));
    Value v =
        inputs
            .state("secondMoment", Shape.vector(size))
            .times(beta2)
            .plus(g.times(g).times(1 - beta2));
    Value rate = one.minus(power2).sqrt().times(learningRate).dividedBy(one.minus(power1));
    inputs.output("beta1Power", power1);
    inputs.output("beta2Power", power2);
    inputs.output("firstMoment", m);
    inputs.output("secondMoment", v);
    Value step = m.times(rate).dividedBy(v.sqrt().plus(epsilon));
    inputs.output("parameters", inputs.parameters().minus(step));
    return inputs.graph(name());
  }
}
