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
 * The asynchronous leapfrog of MALI (Mutze 2013; Zhuang et al., ICLR 2021, arXiv:2102.04668,
 * algorithms 2 and 3), with damping η. State: z, and v, an independent velocity, [rows × dim] each.
 * Order 2 in z for η = 1, order 1 below; one evaluation a step and one a step back.
 *
 * <pre>
 *   k = z + (h/2) v     u = f(t + h/2, k)     v' = (1−2η) v + 2η u     z' = k + (h/2) v'
 * </pre>
 *
 * <p>Undamped it is stable only for eigenvalues on the imaginary axis with |hλ| ≤ 1; with η below 1
 * also on the real interval [−2(1−η)/η, 0], but then each step back multiplies round-off by
 * 1/(2η−1).
 *
 * <p>The exact form keeps z and v in float64 on {@link StateGrid} and rounds every increment once
 * before it adds it, so that the inverse undoes it to the last bit while magnitudes stay below
 * {@link #range}.
 *
 * @param damping η
 * @param exact whether states lie on the grid; η must be 1
 */
record AsynchronousLeapfrog(double damping, boolean exact) implements ReversibleMethod {
  AsynchronousLeapfrog {
    if (!(damping > 0.5 && damping <= 1)) {
      throw new IllegalArgumentException(
          "Asynchronous leapfrog: the damping is %s. It must be above 0.5 and at most 1."
              .formatted(damping));
    }
  }

  static AsynchronousLeapfrog onGrid() {
    return new AsynchronousLeapfrog(1, true);
  }

  static AsynchronousLeapfrog damped(double damping) {
    return new AsynchronousLeapfrog(damping, false);
  }

  @Override
  public String name() {
    return "alf";
  }

  @Override
  public int order() {
    return damping == 1 ? 2 : 1;
  }

  @Override
  public List<String> state() {
    return List.of("z", "v");
  }

  @Override
  public boolean bitExact() {
    return exact;
  }

  @Override
  public double range() {
    return exact ? StateGrid.range() : Double.POSITIVE_INFINITY;
  }

  @Override
  public double amplification(double stepSize) {
    return 1 / (2 * damping - 1);
  }

  @Override
  public double roundOff() {
    return exact ? 0 : Math.ulp(1f);
  }

  @Override
  public Graph init(Field field) {
    StepInputs inputs = new StepInputs(field);
    Value z = onGrid(inputs.initialValue());
    Value v = onGrid(field.drift(inputs.time(), z));
    return inputs.initGraph(name(), Map.of("z", z, "v", v));
  }

  @Override
  public Graph step(Field field) {
    StepInputs inputs = new StepInputs(field);
    Value z = inputs.state("z", stateType(field));
    Value v = inputs.state("v", stateType(field));
    Value k = z.plus(halfStep(inputs, v));
    Value u = midpointDrift(field, inputs, k);
    Value v1 = exact ? onGrid(u.times(2)).minus(v) : u.times(2 * damping).minus(lag(v));
    Value z1 = k.plus(halfStep(inputs, v1));
    return inputs.stepGraph(name(), outputs(z1, v1, k));
  }

  /** h (u − v), the distance of z' from a step of Euler's kind along v. */
  @Override
  public Optional<Graph> error(Field field) {
    StepInputs inputs = new StepInputs(field);
    Value z = inputs.state("z", stateType(field));
    Value v = inputs.state("v", stateType(field));
    Value u = midpointDrift(field, inputs, z.plus(halfStep(inputs, v)));
    Value error = u.minus(v.narrowed()).times(inputs.stepSize().narrowed());
    return Optional.of(inputs.stepGraph(name() + ".error", Map.of("error", error)));
  }

  @Override
  public int estimateOrder() {
    return 1;
  }

  /**
   * Hermite's cubic with v and v' for slopes: of order 2 as z is, no evaluation beyond the step's,
   * and the slope is continuous from step to step.
   */
  @Override
  public Optional<Graph> interpolant(Field field) {
    Graph step = step(field);
    Value h = step.input("h").narrowed();
    Map<String, Value> coefficients =
        DenseOutput.coefficients(
            step.input("z").narrowed(),
            step.output("z").narrowed(),
            step.input("v").narrowed().times(h),
            step.output("v").narrowed().times(h),
            List.of());
    List<Value> inputs = List.copyOf(step.inputs().values());
    return Optional.of(Graph.of(name() + ".interpolant", inputs, coefficients));
  }

  @Override
  public Graph inverse(Field field) {
    StepInputs inputs = new StepInputs(field);
    Value z1 = inputs.state("z", stateType(field));
    Value v1 = inputs.state("v", stateType(field));
    Value k = z1.minus(halfStep(inputs, v1));
    Value u = midpointDrift(field, inputs, k);
    Value v = exact ? onGrid(u.times(2)).minus(v1) : unlag(u.times(2 * damping).minus(v1));
    Value z = k.minus(halfStep(inputs, v));
    return inputs.stepGraph(name() + ".inverse", outputs(z, v, k));
  }

  /**
   * |v − f| against |v|, |f| and a thousandth of |z|: the parasitic mode's share of the velocity.
   */
  @Override
  public Optional<Graph> defect(Field field) {
    StepInputs inputs = new StepInputs(field);
    Value z = inputs.state("z", stateType(field)).narrowed();
    Value v = inputs.state("v", stateType(field)).narrowed();
    Value f = field.drift(inputs.time(), z);
    Value speed = magnitude(v).plus(magnitude(f));
    Value scale = speed.times(0.5).plus(magnitude(z).times(1e-3)).plus(1e-30);
    Value defect = magnitude(v.minus(f)).dividedBy(scale);
    return Optional.of(inputs.stepGraph(name() + ".defect", Map.of("defect", defect)));
  }

  private static Value magnitude(Value x) {
    return x.absolute().maximum();
  }

  private Type stateType(Field field) {
    Type type = Type.perSample(field.dimension());
    return exact ? type.wide() : type;
  }

  private static Map<String, Value> outputs(Value z, Value v, Value k) {
    Map<String, Value> outputs = new LinkedHashMap<>();
    outputs.put("z", z);
    outputs.put("v", v);
    outputs.put("k", k);
    return outputs;
  }

  private static Value midpointDrift(Field field, StepInputs inputs, Value k) {
    return field.drift(inputs.time().plus(inputs.stepSize().times(0.5)), k);
  }

  /** (h/2) v, rounded to the grid in the exact form. */
  private Value halfStep(StepInputs inputs, Value v) {
    Value half = inputs.stepSize().times(0.5);
    return exact ? StateGrid.round(v.times(half)) : v.times(half.narrowed());
  }

  private Value onGrid(Value x) {
    return exact ? StateGrid.round(x) : x;
  }

  /** (2η−1) v: what a step keeps of the old velocity, with its sign turned. */
  private Value lag(Value v) {
    return damping == 1 ? v : v.times(2 * damping - 1);
  }

  private Value unlag(Value x) {
    return damping == 1 ? x : x.dividedBy(Value.constant(2 * damping - 1, Precision.WORKING));
  }
}
