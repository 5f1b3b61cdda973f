package org.anabranch.solver;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anabranch.field.Coefficients;
import org.anabranch.field.Field;
import org.anabranch.field.StochasticField;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Type;
import org.anabranch.graph.UnaryFunction;
import org.anabranch.graph.Value;

/**
 * Reversible Heun (Kidger et al. 2021, arXiv:2105.13493) for Stratonovich equations, in working
 * precision. State: y, z [rows × dim], and μ, σ at z. One evaluation of both a step, and one a step
 * back; order 2 without noise, strong order ½, and 1 where the noise commutes.
 *
 * <pre>
 *   z₁ = 2y₀ − z₀ + μ₀ h + σ₀ ΔW        y₁ = y₀ + ½ (μ₀ + μ₁) h + ½ (σ₀ + σ₁) ΔW
 * </pre>
 *
 * <p>Without noise it is stable for eigenvalues on the imaginary axis only, |hλ| ≤ 1.
 */
record ReversibleHeun(StochasticField stochastic) implements ReversibleMethod, StochasticSteps {
  @Override
  public String name() {
    return "reversible-heun-plain";
  }

  @Override
  public int order() {
    return 2;
  }

  @Override
  public List<String> state() {
    return List.of("y", "z", "mu", "sigma");
  }

  /** The field's value at the end of a step is that with the step's context, not the next one's. */
  @Override
  public boolean undoesHeldContext() {
    return false;
  }

  @Override
  public boolean bitExact() {
    return false;
  }

  @Override
  public double range() {
    return Double.POSITIVE_INFINITY;
  }

  @Override
  public double amplification(double stepSize) {
    return 1;
  }

  @Override
  public double roundOff() {
    return Math.ulp(1f);
  }

  @Override
  public int estimateOrder() {
    return 1;
  }

  @Override
  public Graph init(Field field) {
    StepInputs inputs = new StepInputs(field);
    Value x = inputs.initialValue();
    return inputs.initGraph(name(), state(x, x, stochastic.at(inputs.time(), x)));
  }

  @Override
  public Graph step(Field field) {
    Step step = new Step(field);
    return step.inputs.stepGraph(name(), state(step.y1(), step.z1(), step.end()));
  }

  /** ½ (μ₁ − μ₀) h + ½ (σ₁ − σ₀) ΔW: the distance from a step of Euler's kind. */
  @Override
  public Optional<Graph> error(Field field) {
    Step step = new Step(field);
    Value change = step.over.increment(step.end()).minus(step.over.increment(step.given));
    return Optional.of(
        step.inputs.stepGraph(name() + ".error", Map.of("error", change.times(0.5))));
  }

  @Override
  public Graph inverse(Field field) {
    Step step = new Step(field);
    Value last = step.over.increment(step.given);
    Value z0 = step.y.times(2).minus(step.z).minus(last);
    Coefficients start = stochastic.at(step.inputs.time(), z0);
    Value y0 = step.y.minus(step.over.increment(start).plus(last).times(0.5));
    return step.inputs.stepGraph(name() + ".inverse", state(y0, z0, start));
  }

  /** |y − z| against their mean size. */
  @Override
  public Optional<Graph> defect(Field field) {
    Step step = new Step(field);
    Map<String, Value> defect = Map.of("defect", StateGap.of(step.y, step.z));
    return Optional.of(step.inputs.stepGraph(name() + ".defect", defect));
  }

  /** A diffusion that is the same for all samples becomes one of each, as states are. */
  private static Map<String, Value> state(Value y, Value z, Coefficients at) {
    Value sigma = at.diffusion();
    boolean own = sigma.type().isPerSample();
    Map<String, Value> state = new LinkedHashMap<>();
    state.put("y", y);
    state.put("z", z);
    state.put("mu", at.drift());
    state.put("sigma", own ? sigma : sigma.plus(z.sum().unary(UnaryFunction.STEP).times(0)));
    return state;
  }

  /** The state's parts, of the step's start or of its end, with a step over them. */
  private final class Step {
    private final StepInputs inputs;
    private final Value y;
    private final Value z;
    private final Coefficients given;
    private final BrownianStep over;

    private Step(Field field) {
      Type vector = Type.perSample(field.dimension());
      Type diffusion = Type.perSample(field.graph().output("diffusion").type().shape());
      inputs = new StepInputs(field);
      y = inputs.state("y", vector);
      z = inputs.state("z", vector);
      given = new Coefficients(inputs.state("mu", vector), inputs.state("sigma", diffusion));
      over = BrownianStep.of(stochastic, inputs, y);
    }

    private Value z1() {
      return y.times(2).minus(z).plus(over.increment(given));
    }

    private Coefficients end() {
      return stochastic.at(over.t1(), z1());
    }

    private Value y1() {
      return y.plus(over.increment(given).plus(over.increment(end())).times(0.5));
    }
  }
}
