package org.anabranch.solver;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anabranch.field.Field;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Precision;
import org.anabranch.graph.Type;
import org.anabranch.graph.Value;

/**
 * The coupling of McCallum and Foster (2024, arXiv:2410.11648), which makes any explicit
 * Runge-Kutta method reversible: Ψ_h(t, z) is the increment of its step from (t, z). State: y and
 * z, both the initial value at first, [rows × dim] each, in float64 whatever the working precision.
 *
 * <pre>
 *   y' = λy + (1−λ)z + Ψ_h(t, z)       z' = z − Ψ_₋h(t + h, y')
 *   z = z' + Ψ_₋h(t + h, y')           y = (y' − (1−λ)z − Ψ_h(t, z)) / λ
 * </pre>
 *
 * <p>The tableau's order in y; twice its evaluations a step, and as many a step back. On y' = −ry
 * it is stable for h r up to about −ln λ, so λ = exp(−c h) serves rates up to c; a step back
 * multiplies round-off by 1/λ.
 *
 * <p>With λ = 1 both increments are rounded to {@link StateGrid}, and the inverse undoes them to
 * the last bit; but no decay is stable then.
 *
 * @param coupling λ of steps of no size
 * @param rate c, with which λ of a step is coupling · exp(−c |h|)
 */
record McCallumFoster(Tableau tableau, double coupling, double rate) implements ReversibleMethod {
  /** The largest −ln λ by rate: no tableau is stable for decays as fast, and inverses stay good. */
  private static final double MOST_DECAY = 12;

  McCallumFoster {
    if (!(coupling > 0 && coupling <= 1)) {
      throw new IllegalArgumentException(
          "Reversible %s: the coupling is %s. It must be above 0 and at most 1."
              .formatted(tableau.name(), coupling));
    }
    if (!(rate >= 0 && rate <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "Reversible %s: the rate of decay is %s. It must be a number of at least 0, for example 20."
              .formatted(tableau.name(), rate));
    }
  }

  @Override
  public String name() {
    return "coupled-" + tableau.name();
  }

  @Override
  public int order() {
    return tableau.order();
  }

  @Override
  public List<String> state() {
    return List.of("y", "z");
  }

  @Override
  public boolean bitExact() {
    return coupling == 1 && rate == 0;
  }

  @Override
  public double range() {
    return bitExact() ? StateGrid.range() : Double.POSITIVE_INFINITY;
  }

  @Override
  public double amplification(double stepSize) {
    return StrictMath.exp(Math.min(rate * Math.abs(stepSize), MOST_DECAY)) / coupling;
  }

  @Override
  public double roundOff() {
    return bitExact() ? 0 : Math.ulp(1.0);
  }

  @Override
  public Graph init(Field field) {
    StepInputs inputs = new StepInputs(field);
    Value x = bitExact() ? StateGrid.round(inputs.initialValue()) : inputs.initialValue().widened();
    Map<String, Value> state = new LinkedHashMap<>();
    state.put("y", x);
    state.put("z", x);
    return inputs.initGraph(name(), state);
  }

  @Override
  public Graph step(Field field) {
    Step step = new Step(field);
    Value y1 = step.y1();
    Value z1 = step.z.minus(increment(step.back(y1)));
    return step.inputs.stepGraph(name(), outputs(y1, z1, y1));
  }

  /** The inner value {@code end} is y', where the second increment starts. */
  private static Map<String, Value> outputs(Value y, Value z, Value end) {
    Map<String, Value> outputs = new LinkedHashMap<>();
    outputs.put("y", y);
    outputs.put("z", z);
    outputs.put("end", end);
    return outputs;
  }

  @Override
  public Graph inverse(Field field) {
    Step step = new Step(field);
    Value y1 = step.y;
    Value z = step.z.plus(increment(step.back(y1)));
    Value kept = y1.minus(increment(step.forward(z)));
    Value y = bitExact() ? kept : kept.minus(z.times(step.loosened())).dividedBy(step.coupled());
    return step.inputs.stepGraph(name() + ".inverse", outputs(y, z, y1));
  }

  private static Value wide(double number) {
    return Value.constant(number, Precision.WIDE);
  }

  /** Ψ, in float64. */
  private Value increment(Stages stages) {
    Value increment = stages.increment(tableau.b());
    return bitExact() ? StateGrid.round(increment) : increment.widened();
  }

  /** That of the first increment; its stages are shared with the step. */
  @Override
  public Optional<Graph> error(Field field) {
    if (tableau.embedded().isEmpty()) {
      return Optional.empty();
    }
    Step step = new Step(field);
    Value error = ErrorEstimate.of(tableau, step.forward(step.z));
    return Optional.of(step.inputs.stepGraph(name() + ".error", Map.of("error", error)));
  }

  @Override
  public int estimateOrder() {
    return tableau.embedded().isEmpty()
        ? ReversibleMethod.super.estimateOrder()
        : ErrorEstimate.order(tableau);
  }

  /**
   * Hermite's cubic through both y with the first slopes of the two increments, which are those at
   * z and y', and the tableau's corrections along z: of its dense output's order.
   */
  @Override
  public Optional<Graph> interpolant(Field field) {
    Step step = new Step(field);
    Value y1 = step.y1();
    Value h = step.inputs.stepSize().narrowed();
    Stages forward = step.forward(step.z);
    Map<String, Value> coefficients =
        DenseOutput.coefficients(
            step.y.narrowed(),
            y1.narrowed(),
            forward.slope(0).times(h),
            step.back(y1).slope(0).times(h),
            forward.corrections());
    return Optional.of(step.inputs.stepGraph(name() + ".interpolant", coefficients));
  }

  /** |y − z| against their mean size: two solutions of one equation that drift apart. */
  @Override
  public Optional<Graph> defect(Field field) {
    Step step = new Step(field);
    Map<String, Value> defect = Map.of("defect", StateGap.of(step.y, step.z));
    return Optional.of(step.inputs.stepGraph(name() + ".defect", defect));
  }

  /** The inputs of a step, the same for every graph of this method. */
  private final class Step {
    private final StepInputs inputs;
    private final Value y;
    private final Value z;
    private final Field field;

    private Step(Field field) {
      this.field = field;
      Type type = Type.perSample(field.dimension()).wide();
      inputs = new StepInputs(field);
      y = inputs.state("y", type);
      z = inputs.state("z", type);
    }

    /** The stages of Ψ_h(t, z). */
    private Stages forward(Value start) {
      return new Stages(tableau, field, inputs.time(), inputs.stepSize(), start.narrowed());
    }

    /** The stages of Ψ_₋h(t + h, y'). */
    private Stages back(Value start) {
      Value end = inputs.time().plus(inputs.stepSize());
      return new Stages(tableau, field, end, inputs.stepSize().negated(), start.narrowed());
    }

    /** λ. */
    private Value coupled() {
      if (rate == 0) {
        return wide(coupling);
      }
      Value decay = inputs.stepSize().absolute().times(-rate).maximum(wide(-MOST_DECAY)).exp();
      return coupling == 1 ? decay : decay.times(coupling);
    }

    /** 1 − λ. */
    private Value loosened() {
      return rate == 0 ? wide(1 - coupling) : wide(1).minus(coupled());
    }

    private Value y1() {
      Value kept = bitExact() ? y : y.times(coupled()).plus(z.times(loosened()));
      return kept.plus(increment(forward(z)));
    }
  }
}
