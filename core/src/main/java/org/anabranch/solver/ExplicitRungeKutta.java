package org.anabranch.solver;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anabranch.field.Field;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Type;
import org.anabranch.graph.Value;

/**
 * An explicit Runge-Kutta method, one evaluation a stage. A tableau whose last stage is the first
 * of the next step keeps that slope f in its state, beside y: one evaluation fewer, [rows × dim]
 * more. Its interpolant has the tableau's corrections; without any it is Hermite's cubic, of order
 * 3 at most.
 */
record ExplicitRungeKutta(Tableau tableau) implements RungeKuttaMethod {
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
    return tableau.firstSameAsLast() ? List.of("y", "f") : List.of("y");
  }

  @Override
  public Graph init(Field field) {
    StepInputs inputs = new StepInputs(field);
    Map<String, Value> state = new LinkedHashMap<>();
    state.put("y", inputs.initialValue());
    if (tableau.firstSameAsLast()) {
      state.put("f", field.drift(inputs.time(), inputs.initialValue()));
    }
    return inputs.initGraph(name(), state);
  }

  @Override
  public Graph step(Field field) {
    Step step = new Step(field);
    Map<String, Value> state = new LinkedHashMap<>();
    state.put("y", step.stages.end());
    if (tableau.firstSameAsLast()) {
      state.put("f", step.stages.endSlope());
    }
    return step.inputs.stepGraph(name(), state);
  }

  @Override
  public Optional<Graph> error(Field field) {
    if (tableau.embedded().isEmpty()) {
      return Optional.empty();
    }
    Step step = new Step(field);
    Value error = ErrorEstimate.of(tableau, step.stages);
    return Optional.of(step.inputs.stepGraph(name() + ".error", Map.of("error", error)));
  }

  @Override
  public int estimateOrder() {
    return tableau.embedded().isEmpty()
        ? RungeKuttaMethod.super.estimateOrder()
        : ErrorEstimate.order(tableau);
  }

  @Override
  public Optional<Graph> interpolant(Field field) {
    Step step = new Step(field);
    Value h = step.inputs.stepSize().narrowed();
    Map<String, Value> coefficients =
        DenseOutput.coefficients(
            step.y,
            step.stages.end(),
            step.stages.slope(0).times(h),
            step.stages.endSlope().times(h),
            step.stages.corrections());
    return Optional.of(step.inputs.stepGraph(name() + ".interpolant", coefficients));
  }

  /** The inputs of a step and its stages, the same for every graph of this method. */
  private final class Step {
    private final StepInputs inputs;
    private final Value y;
    private final Stages stages;

    private Step(Field field) {
      Type type = Type.perSample(field.dimension());
      inputs = new StepInputs(field);
      y = inputs.state("y", type);
      stages =
          tableau.firstSameAsLast()
              ? new Stages(
                  tableau, field, inputs.time(), inputs.stepSize(), y, inputs.state("f", type))
              : new Stages(tableau, field, inputs.time(), inputs.stepSize(), y);
    }
  }
}
