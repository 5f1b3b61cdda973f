package org.anabranch.solver;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anabranch.field.Field;
import org.anabranch.field.StochasticField;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Type;
import org.anabranch.graph.Value;

/**
 * {@link ReversibleHeun} whose y and z lie in float64 on {@link StateGrid}: each half of an
 * increment is rounded once and added to both, so that the inverse undoes it to the last bit.
 *
 * <pre>
 *   m = y₀ + ½ (μ₀ h + σ₀ ΔW)       z₁ = 2m − z₀       y₁ = m + ½ (μ₁ h + σ₁ ΔW)
 * </pre>
 *
 * <p>μ and σ are evaluated at z, at both ends of a step: twice a step, and twice a step back. They
 * are not kept from one step to the next, whose start as a float64 need not be the end of this one.
 * {@link PointHeun} evaluates once.
 */
record GridHeun(StochasticField stochastic) implements GridMethod, StochasticSteps {
  @Override
  public String name() {
    return "reversible-heun";
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
  public int estimateOrder() {
    return 1;
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

  /** Inner values: {@code middle} is m, {@code end} is z₁. */
  @Override
  public Graph step(Field field) {
    Step step = new Step(field);
    Value middle = step.middle();
    Value z1 = step.z1();
    Value y1 = middle.plus(step.half(step.over.t1(), z1));
    return step.inputs.stepGraph(name(), outputs(y1, z1, middle, z1));
  }

  @Override
  public Graph inverse(Field field) {
    Step step = new Step(field);
    Value middle = step.y.minus(step.half(step.over.t1(), step.z));
    Value z0 = middle.times(2).minus(step.z);
    Value y0 = middle.minus(step.half(step.over.t0(), z0));
    return step.inputs.stepGraph(name() + ".inverse", outputs(y0, z0, middle, step.z));
  }

  private static Map<String, Value> outputs(Value y, Value z, Value middle, Value end) {
    Map<String, Value> outputs = new LinkedHashMap<>();
    outputs.put("y", y);
    outputs.put("z", z);
    outputs.put("middle", middle);
    outputs.put("end", end);
    return outputs;
  }

  /** As of {@link ReversibleHeun}. */
  @Override
  public Optional<Graph> error(Field field) {
    Step step = new Step(field);
    BrownianStep over = step.over;
    Value last = over.increment(over.at(over.t1(), step.z1()));
    Value error = last.minus(over.increment(over.at(over.t0(), step.z))).times(0.5);
    return Optional.of(step.inputs.stepGraph(name() + ".error", Map.of("error", error)));
  }

  /** |y − z| against their mean size. */
  @Override
  public Optional<Graph> defect(Field field) {
    Step step = new Step(field);
    Map<String, Value> defect = Map.of("defect", StateGap.of(step.y, step.z));
    return Optional.of(step.inputs.stepGraph(name() + ".defect", defect));
  }

  /** The state's parts, of the step's start or of its end, with a step over them. */
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

    /** ½ (μ h + σ ΔW), on the grid. */
    private Value half(Value t, Value at) {
      return StateGrid.round(over.increment(over.at(t, at)).times(0.5));
    }

    private Value middle() {
      return y.plus(half(over.t0(), z));
    }

    private Value z1() {
      return middle().times(2).minus(z);
    }
  }
}
