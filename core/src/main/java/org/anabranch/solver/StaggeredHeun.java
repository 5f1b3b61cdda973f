package org.anabranch.solver;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anabranch.field.Field;
import org.anabranch.field.StochasticField;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Type;
import org.anabranch.graph.Value;

/**
 * Reversible Heun by its points of time instead of its steps, bit for bit reversible: one
 * evaluation a point, and one a point back, at the same place, so that the inverse and the
 * derivative share it.
 *
 * <pre>
 *   z' = 2y − z        y' = y + μ(t, z') h̄ + σ(t, z') W̄
 * </pre>
 *
 * <p>A solve over times t₀ … t_N takes N + 1 of these steps, one at each tₙ, with the mean of the
 * sizes and of the increments on both sides, h̄ = ½ (hₙ₋₁ + hₙ) and W̄ = ½ (ΔWₙ₋₁ + ΔWₙ), those
 * beyond the ends being 0; then y' is y at tₙ + ½ step as {@link GridHeun} names m, and after the
 * last one the solution. A point taken with the halves before it only gives the solution there;
 * from that, with z' replaced by 2y' − z', the point taken again with the halves after it goes on.
 *
 * <p>State: y, z, [rows × dim] each, in float64 on {@link StateGrid}, both the initial value at
 * first.
 */
record StaggeredHeun(StochasticField stochastic) implements ReversibleMethod {
  @Override
  public String name() {
    return "staggered-heun";
  }

  @Override
  public int order() {
    return 2;
  }

  @Override
  public List<String> state() {
    return List.of("y", "z");
  }

  @Override
  public boolean bitExact() {
    return true;
  }

  @Override
  public double range() {
    return StateGrid.range();
  }

  @Override
  public double amplification(double stepSize) {
    return 1;
  }

  @Override
  public double roundOff() {
    return 0;
  }

  @Override
  public Graph init(Field field) {
    StepInputs inputs = new StepInputs(field);
    Value x = StateGrid.round(inputs.initialValue());
    Map<String, Value> state = new LinkedHashMap<>();
    state.put("y", x);
    state.put("z", x);
    return inputs.initGraph(name(), state);
  }

  /** The inner value {@code point} is z', where μ and σ are evaluated. */
  @Override
  public Graph step(Field field) {
    Step step = new Step(field);
    Value z1 = step.y.times(2).minus(step.z);
    return step.inputs.stepGraph(name(), outputs(step.y.plus(step.increment(z1)), z1, z1));
  }

  @Override
  public Graph inverse(Field field) {
    Step step = new Step(field);
    Value y0 = step.y.minus(step.increment(step.z));
    Value z0 = y0.times(2).minus(step.z);
    return step.inputs.stepGraph(name() + ".inverse", outputs(y0, z0, step.z));
  }

  private static Map<String, Value> outputs(Value y, Value z, Value point) {
    Map<String, Value> outputs = new LinkedHashMap<>();
    outputs.put("y", y);
    outputs.put("z", z);
    outputs.put("point", point);
    return outputs;
  }

  private final class Step {
    private final StepInputs inputs;
    private final Value y;
    private final Value z;
    private final BrownianStep over;

    private Step(Field field) {
      Type type = Type.perSample(field.dimension()).wide();
      inputs = new StepInputs(field);
      y = inputs.state("y", type);
      z = inputs.state("z", type);
      over = BrownianStep.of(stochastic, inputs, y);
    }

    private Value increment(Value point) {
      return StateGrid.round(over.increment(over.at(over.t0(), point)));
    }
  }
}
