package org.anabranch.solver;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.anabranch.field.Calculus;
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
 * back; order 2 without noise.
 *
 * <pre>
 *   z₁ = 2y₀ − z₀ + μ₀ h + σ₀ ΔW        y₁ = y₀ + ½ (μ₀ + μ₁) h + ½ (σ₀ + σ₁) ΔW
 * </pre>
 *
 * <p>Without noise it is stable for eigenvalues on the imaginary axis only, |hλ| ≤ 1.
 */
record ReversibleHeun() implements StochasticMethod {
  private static final String NAME = "reversible-heun-plain";
  private static final FieldDemands DEMANDS =
      new FieldDemands(NAME, Set.of(Calculus.STRATONOVICH), NoiseDemand.ANY);
  private static final StrongOrder STRONG = new StrongOrder(0.5, 1, 1);

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Set<Calculus> calculi() {
    return DEMANDS.calculi();
  }

  @Override
  public BrownianNeed need() {
    return BrownianNeed.INCREMENT;
  }

  @Override
  public double strongOrder(StochasticField field) {
    return STRONG.of(field);
  }

  @Override
  public DrivenMethod on(StochasticField field) {
    DEMANDS.check(field);
    return new DrivenMethod(new Steps(NAME, field), need().with(field), need());
  }

  private record Steps(String name, StochasticField stochastic) implements ReversibleMethod {
    @Override
    public int order() {
      return 2;
    }

    @Override
    public List<String> state() {
      return List.of("y", "z", "mu", "sigma");
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
      Coefficients start = stochastic.at(inputs.time(), x);
      return inputs.initGraph(name, state(x, x, start));
    }

    @Override
    public Graph step(Field field) {
      Step step = new Step(field);
      return step.inputs.stepGraph(name, state(step.y1(), step.z1(), step.end()));
    }

    /** ½ (μ₁ − μ₀) h + ½ (σ₁ − σ₀) ΔW: the distance from a step of Euler's kind. */
    @Override
    public Optional<Graph> error(Field field) {
      Step step = new Step(field);
      Value change = step.at0.increment(step.end()).minus(step.at0.increment(step.start));
      return Optional.of(
          step.inputs.stepGraph(name + ".error", Map.of("error", change.times(0.5))));
    }

    @Override
    public Graph inverse(Field field) {
      Step step = new Step(field);
      Coefficients end = step.start; // The state's parts are those after the step.
      Value z0 = step.y.times(2).minus(step.z).minus(step.at0.increment(end));
      Coefficients start = stochastic.at(step.inputs.time(), z0);
      Value both = step.at0.increment(start).plus(step.at0.increment(end));
      return step.inputs.stepGraph(
          name + ".inverse", state(step.y.minus(both.times(0.5)), z0, start));
    }

    /** What does not depend on a sample becomes a number for each, as states are. */
    private Map<String, Value> state(Value y, Value z, Coefficients at) {
      Value zero = z.sum().unary(UnaryFunction.STEP).times(0);
      Value sigma = at.diffusion();
      Map<String, Value> state = new LinkedHashMap<>();
      state.put("y", y);
      state.put("z", z);
      state.put("mu", at.drift());
      state.put("sigma", sigma.type().isPerSample() ? sigma : sigma.plus(zero));
      return state;
    }

    private final class Step {
      private final StepInputs inputs;
      private final Value y;
      private final Value z;
      private final Coefficients start;
      private final BrownianStep at0;

      private Step(Field field) {
        Type vector = Type.perSample(field.dimension());
        Type matrix = Type.perSample(field.graph().output("diffusion").type().shape());
        inputs = new StepInputs(field);
        y = inputs.state("y", vector);
        z = inputs.state("z", vector);
        start = new Coefficients(inputs.state("mu", vector), inputs.state("sigma", matrix));
        at0 = BrownianStep.of(stochastic, inputs, y);
      }

      private Value z1() {
        return y.times(2).minus(z).plus(at0.increment(start));
      }

      private Coefficients end() {
        return stochastic.at(at0.t1(), z1());
      }

      private Value y1() {
        return y.plus(at0.increment(start).plus(at0.increment(end())).times(0.5));
      }
    }
  }
}
