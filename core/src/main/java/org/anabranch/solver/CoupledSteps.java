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
 * The coupling of McCallum and Foster (2024, arXiv:2410.11648) of a method of Stratonovich
 * equations, as {@link McCallumFoster} is without noise: Ψ is the increment of its step, which is
 * taken back from the end over the same Brownian motion. State: y and z, [rows × dim] each, in
 * float64.
 *
 * <pre>
 *   y' = λy + (1−λ)z + Ψ(h, ΔW; z)       z' = z − Ψ(−h, −ΔW; y')
 * </pre>
 *
 * <p>With λ = 1 both increments are rounded to {@link StateGrid} and undone to the last bit.
 *
 * @param order without noise
 * @param coupling λ in (0, 1]
 */
record CoupledSteps(
    String name, int order, StochasticField stochastic, StochasticFormula formula, double coupling)
    implements ReversibleMethod, StochasticSteps {
  CoupledSteps {
    if (!(coupling > 0 && coupling <= 1)) {
      throw new IllegalArgumentException(
          "Method %s: the coupling is %s. It must be above 0 and at most 1."
              .formatted(name, coupling));
    }
  }

  @Override
  public List<String> state() {
    return List.of("y", "z");
  }

  @Override
  public boolean bitExact() {
    return coupling == 1;
  }

  @Override
  public double range() {
    return bitExact() ? StateGrid.range() : Double.POSITIVE_INFINITY;
  }

  @Override
  public double amplification(double stepSize) {
    return 1 / coupling;
  }

  @Override
  public double roundOff() {
    return bitExact() ? 0 : Math.ulp(1.0);
  }

  @Override
  public Graph init(Field field) {
    StepInputs inputs = new StepInputs(field);
    Value wide = inputs.initialValue().widened();
    Value x = bitExact() ? StateGrid.round(wide) : wide;
    Map<String, Value> state = new LinkedHashMap<>();
    state.put("y", x);
    state.put("z", x);
    return inputs.initGraph(name, state);
  }

  @Override
  public Graph step(Field field) {
    Step step = new Step(field);
    Value kept = step.y;
    if (!bitExact()) {
      kept = step.y.times(coupling).plus(step.z.times(1 - coupling));
    }
    Value y1 = kept.plus(step.forward(step.z));
    return step.inputs.stepGraph(name, outputs(y1, step.z.minus(step.back(y1)), y1));
  }

  @Override
  public Graph inverse(Field field) {
    Step step = new Step(field);
    Value y1 = step.y;
    Value z = step.z.plus(step.back(y1));
    Value kept = y1.minus(step.forward(z));
    Value y = bitExact() ? kept : kept.minus(z.times(1 - coupling)).dividedBy(coupling);
    return step.inputs.stepGraph(name + ".inverse", outputs(y, z, y1));
  }

  /** The inner value {@code end} is y', where the second increment starts. */
  private static Map<String, Value> outputs(Value y, Value z, Value end) {
    Map<String, Value> outputs = new LinkedHashMap<>();
    outputs.put("y", y);
    outputs.put("z", z);
    outputs.put("end", end);
    return outputs;
  }

  /** That of the first increment, whose stages are shared with the step. */
  @Override
  public Optional<Graph> error(Field field) {
    Step step = new Step(field);
    return formula
        .error(BrownianStep.of(stochastic, step.inputs, step.z))
        .map(error -> step.inputs.stepGraph(name + ".error", Map.of("error", error)));
  }

  @Override
  public int estimateOrder() {
    return 1;
  }

  /** |y − z| against their mean size: two solutions of one equation that drift apart. */
  @Override
  public Optional<Graph> defect(Field field) {
    Step step = new Step(field);
    Map<String, Value> defect = Map.of("defect", StateGap.of(step.y, step.z));
    return Optional.of(step.inputs.stepGraph(name + ".defect", defect));
  }

  private final class Step {
    private final StepInputs inputs;
    private final Value y;
    private final Value z;

    private Step(Field field) {
      Type type = Type.perSample(field.dimension()).wide();
      inputs = new StepInputs(field);
      y = inputs.state("y", type);
      z = inputs.state("z", type);
    }

    private Value forward(Value start) {
      return rounded(BrownianStep.of(stochastic, inputs, start));
    }

    private Value back(Value end) {
      return rounded(BrownianStep.of(stochastic, inputs, end).back(end));
    }

    /** Ψ, in float64. */
    private Value rounded(BrownianStep over) {
      Value increment = formula.increment(over).widened();
      return bitExact() ? StateGrid.round(increment) : increment;
    }
  }
}
