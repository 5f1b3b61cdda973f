package org.anabranch.solver;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anabranch.field.Coefficients;
import org.anabranch.field.Field;
import org.anabranch.field.StochasticField;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Type;
import org.anabranch.graph.Value;

/**
 * {@link GridHeun} by its points of time instead of its steps, with the same bits: one evaluation a
 * point, and one a point back, at the same place, so that inverse and derivative share it. A solve
 * over times t₀ … t_N takes N + 1 of these steps, one at each tₙ, with the sizes and increments on
 * both sides of it; those beyond the ends are 0.
 *
 * <pre>
 *   z' = 2m − z      y' = m + ½ (μ(t, z') hₙ₋₁ + σ(t, z') ΔWₙ₋₁)      m' = y' + ½ (μ hₙ + σ ΔWₙ)
 * </pre>
 *
 * <p>State: the solution y, and m and z, [rows × dim] each, in float64 on {@link StateGrid}; all
 * the initial value at first. A step back does not restore y, which no step reads.
 */
record PointHeun(StochasticField stochastic) implements GridMethod, PointMethod, StochasticSteps {
  private static final String SOLUTION = "y";
  private static final String MIDDLE = "m";
  private static final String OTHER = "z";

  /** The field's drift with the noise on both sides of a point in its context. */
  DrivenMethod driven() {
    BrownianNeed need = BrownianNeed.INCREMENT;
    Field before = need.with(stochastic);
    List<Value> inputs = new ArrayList<>(before.graph().inputs().values());
    inputs.add(Value.input(NEXT_SIZE, Type.time()));
    inputs.add(nextIncrement());
    Graph graph = Graph.of(before.graph().name(), inputs, before.graph().outputs());
    return new DrivenMethod(this, new Field(graph), need);
  }

  private Value nextIncrement() {
    return Value.input(
        PointMethod.next(BrownianNeed.INCREMENT_NAME), Type.perSample(stochastic.noiseDimension()));
  }

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
    return List.of(SOLUTION, MIDDLE, OTHER);
  }

  @Override
  public Graph init(Field field) {
    StepInputs inputs = new StepInputs(field);
    Value x = StateGrid.round(inputs.initialValue());
    return inputs.initGraph(name(), state(x, x, x));
  }

  /** The inner value {@code point} is z', where μ and σ are evaluated. */
  @Override
  public Graph step(Field field) {
    Step step = new Step(field);
    Value z = step.middle.times(2).minus(step.other);
    Value y = step.middle.plus(step.before(z));
    return step.inputs.stepGraph(name(), withPoint(state(y, y.plus(step.after(z)), z), z));
  }

  @Override
  public Graph inverse(Field field) {
    Step step = new Step(field);
    Value y = step.middle.minus(step.after(step.other));
    Value middle = y.minus(step.before(step.other));
    Value z = middle.times(2).minus(step.other);
    return step.inputs.stepGraph(
        name() + ".inverse", withPoint(state(middle, middle, z), step.other));
  }

  private static Map<String, Value> state(Value y, Value middle, Value z) {
    Map<String, Value> state = new LinkedHashMap<>();
    state.put(SOLUTION, y);
    state.put(MIDDLE, middle);
    state.put(OTHER, z);
    return state;
  }

  private static Map<String, Value> withPoint(Map<String, Value> state, Value point) {
    state.put("point", point);
    return state;
  }

  private final class Step {
    private final StepInputs inputs;
    private final Value middle;
    private final Value other;
    private final BrownianStep before;
    private final BrownianStep after;

    private Step(Field field) {
      Type type = Type.perSample(field.dimension()).wide();
      inputs = new StepInputs(field);
      Value y = inputs.state(SOLUTION, type);
      middle = inputs.state(MIDDLE, type);
      other = inputs.state(OTHER, type);
      before = BrownianStep.of(stochastic, inputs, y);
      after =
          new BrownianStep(
              stochastic,
              inputs.time(),
              field.context().getOrDefault(NEXT_SIZE, Value.input(NEXT_SIZE, Type.time())),
              nextIncrement(),
              before.dh(),
              y.narrowed());
    }

    /** ½ (μ hₙ₋₁ + σ ΔWₙ₋₁), on the grid. */
    private Value before(Value z) {
      return half(before, z);
    }

    private Value after(Value z) {
      return half(after, z);
    }

    private Value half(BrownianStep over, Value z) {
      Coefficients at = over.at(inputs.time(), z);
      return StateGrid.round(over.increment(at).times(0.5));
    }
  }
}
