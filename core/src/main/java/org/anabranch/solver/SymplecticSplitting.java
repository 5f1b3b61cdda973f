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
 * Kicks and drifts in turn, for a {@link SeparableField} (Hairer, Lubich and Wanner 2006, Geometric
 * Numerical Integration, I.1 and II.5). Symplectic where the field is Hamiltonian: its energy
 * oscillates and does not drift. State: y = (q, p), [rows × dim], in float64 whatever the working
 * precision.
 *
 * <pre>
 *   kick   p ← p + c h a(t + n h, q)
 *   drift  q ← q + c h v(t + n h, p)
 * </pre>
 *
 * <p>Undone by the same in the opposite order with the opposite sign; where increments are rounded
 * to {@link StateGrid} to the last bit.
 *
 * @param exact whether they are
 */
record SymplecticSplitting(String name, int order, List<Part> parts, boolean exact)
    implements ReversibleMethod {
  /**
   * A kick or a drift.
   *
   * @param size c
   * @param node n
   */
  private record Part(boolean kick, Fraction size, Fraction node) {}

  private static Part kick(String size, String node) {
    return new Part(true, Fraction.parse(size), Fraction.parse(node));
  }

  private static Part drift(String size, String node) {
    return new Part(false, Fraction.parse(size), Fraction.parse(node));
  }

  /** The semi-implicit Euler method: order 1, an evaluation of each half of the field a step. */
  static SymplecticSplitting euler(boolean exact) {
    return new SymplecticSplitting(
        "symplectic-euler", 1, List.of(kick("1", "0"), drift("1", "1")), exact);
  }

  /** The leapfrog of Störmer and Verlet: order 2, two evaluations of a and one of v a step. */
  static SymplecticSplitting leapfrog(boolean exact) {
    return new SymplecticSplitting(
        "leapfrog", 2, List.of(kick("1/2", "0"), drift("1", "1/2"), kick("1/2", "1")), exact);
  }

  SymplecticSplitting {
    parts = List.copyOf(parts);
  }

  @Override
  public List<String> state() {
    return List.of("y");
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
    return 1;
  }

  @Override
  public double roundOff() {
    return exact ? 0 : Math.ulp(1.0);
  }

  @Override
  public Graph init(Field field) {
    StepInputs inputs = new StepInputs(field);
    return inputs.initGraph(name, Map.of("y", rounded(inputs.initialValue())));
  }

  private Value rounded(Value x) {
    return exact ? StateGrid.round(x) : x.widened();
  }

  /** The inner values {@code read.i} are what each part reads; it leaves them as they are. */
  @Override
  public Graph step(Field field) {
    StepInputs inputs = new StepInputs(field);
    SeparableField halves = new SeparableField(field, name);
    Value y = stateOf(inputs, field);
    Map<String, Value> outputs = new LinkedHashMap<>();
    for (int i = 0; i < parts.size(); i++) {
      Value read = halves.read(parts.get(i).kick(), y);
      outputs.put("read." + i, read);
      y = y.plus(increment(inputs, halves, parts.get(i), read));
    }
    outputs.put("y", y);
    return inputs.stepGraph(name, outputs);
  }

  @Override
  public Graph inverse(Field field) {
    StepInputs inputs = new StepInputs(field);
    SeparableField halves = new SeparableField(field, name);
    Value y = stateOf(inputs, field);
    Map<String, Value> outputs = new LinkedHashMap<>();
    for (int i = parts.size() - 1; i >= 0; i--) {
      Value read = halves.read(parts.get(i).kick(), y);
      outputs.put("read." + i, read);
      y = y.minus(increment(inputs, halves, parts.get(i), read));
    }
    outputs.put("y", y);
    return inputs.stepGraph(name + ".inverse", outputs);
  }

  private static Value stateOf(StepInputs inputs, Field field) {
    return inputs.state("y", Type.perSample(field.dimension()).wide());
  }

  private Value increment(StepInputs inputs, SeparableField halves, Part part, Value read) {
    Value time = inputs.time().plus(inputs.stepSize().times(part.node().toDouble()));
    Value size = inputs.stepSize().times(part.size().toDouble()).narrowed();
    return rounded(halves.increment(part.kick(), time, read, size));
  }

  /** Hermite's cubic with the field's slopes at both ends: two evaluations of the whole field. */
  @Override
  public Optional<Graph> interpolant(Field field) {
    StepInputs inputs = new StepInputs(field);
    Value y0 = stateOf(inputs, field);
    Value y1 = step(field).output("y").narrowed();
    Value h = inputs.stepSize().narrowed();
    Value f0 = field.drift(inputs.time(), y0);
    Value f1 = field.drift(inputs.time().plus(inputs.stepSize()), y1);
    Map<String, Value> coefficients =
        DenseOutput.coefficients(y0.narrowed(), y1, f0.times(h), f1.times(h), List.of());
    return Optional.of(inputs.stepGraph(name + ".interpolant", coefficients));
  }
}
