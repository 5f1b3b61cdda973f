package org.anabranch.gradient;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.anabranch.field.Calculus;
import org.anabranch.field.Coefficients;
import org.anabranch.field.Noise;
import org.anabranch.field.StochasticField;
import org.anabranch.graph.Differentiation;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Pullback;
import org.anabranch.graph.Type;
import org.anabranch.graph.Value;

/**
 * The solution of a Stratonovich equation and its cotangent as one equation (Li et al. 2020,
 * arXiv:2001.01328), to be solved from the end to the start over the same path:
 *
 * <pre>
 *   dy = μ dt + σ ∘ dW      da = −aᵀ ∂μ/∂y dt − aᵀ ∂σ/∂y ∘ dW      dg = −aᵀ ∂μ/∂θ dt − aᵀ ∂σ/∂θ ∘ dW
 * </pre>
 *
 * <p>Over a step only σ ΔW is asked for, whatever the noise is, and its vector-Jacobian product is
 * one sweep: so this is an equation of one Brownian motion whose diffusion is σ w, w being {@link
 * #PATH}, and which a step back takes with w = ΔW and the number −1 for its own increment.
 */
final class StochasticAdjointField {
  /** The input that the noise is applied to: a number for each Brownian motion. */
  static final String PATH = "dW.path";

  static final String DRIFT = "drift";

  private static final String DIFFUSION = "diffusion";
  private static final List<String> RATES = List.of(DRIFT, DIFFUSION);

  private final StochasticField field;
  private final int d;
  private final Value path;

  StochasticAdjointField(StochasticField field) {
    this.field = field;
    d = field.dimension();
    path = Value.input(PATH, Type.perSample(field.noiseDimension()));
  }

  /** What the rates read beside time and state. */
  private List<Value> context() {
    List<Value> context = new ArrayList<>(field.context().values());
    context.add(path);
    return context;
  }

  /** Of (y, a), dimension 2d. */
  StochasticField equation() {
    return StochasticField.of(
        2 * d, context(), Noise.SCALAR, Calculus.STRATONOVICH, (t, z) -> rates(t, z));
  }

  /** {@link #equation} as calls of one graph, to be found in a step. */
  StochasticField called() {
    Graph body = equation().graph();
    return StochasticField.of(
        2 * d,
        context(),
        Noise.SCALAR,
        Calculus.STRATONOVICH,
        (t, z) -> {
          Map<String, Value> arguments = new LinkedHashMap<>(body.inputs());
          arguments.putAll(Map.of("t", t, "y", z));
          Map<String, Value> results = body.call(arguments);
          return new Coefficients(value(results, DRIFT), value(results, DIFFUSION));
        });
  }

  private Coefficients rates(Value t, Value z) {
    Graph slope = slope(t.type());
    Value a = Value.input("a", Type.perSample(d));
    Map<String, Value> outputs = new LinkedHashMap<>(slope.outputs());
    for (String rate : RATES) {
      Pullback pullback = Differentiation.pullback(slope, Map.of(rate, a), List.of("y"));
      outputs.put(ReverseStep.cotangent(rate), value(pullback.cotangents(), "y"));
    }
    List<Value> inputs = new ArrayList<>(slope.inputs().values());
    inputs.add(a);
    Map<String, Value> arguments = new LinkedHashMap<>(slope.inputs());
    arguments.putAll(Map.of("t", t, "y", z.slice(0, d), "a", z.slice(d, d)));
    Map<String, Value> rates = Graph.of("adjoint", inputs, outputs).apply(arguments);
    return new Coefficients(both(rates, DRIFT), both(rates, DIFFUSION));
  }

  private static Value both(Map<String, Value> rates, String rate) {
    Value back = value(rates, ReverseStep.cotangent(rate)).negated();
    return Value.concatenate(List.of(value(rates, rate), back));
  }

  /** μ and σ w as a graph: inputs t, y, context and w, outputs drift and diffusion. */
  private Graph slope(Type time) {
    Value t = Value.input("t", time);
    Value y = Value.input("y", Type.perSample(d));
    Coefficients at = field.at(t, y);
    List<Value> inputs = new ArrayList<>(List.of(t, y));
    inputs.addAll(context());
    return Graph.of(
        "slope", inputs, Map.of(DRIFT, at.drift(), DIFFUSION, field.applied(at.diffusion(), path)));
  }

  /**
   * The vector-Jacobian product of rates by parameters and context.
   *
   * @param cotangents of some of {@code drift} and {@code diffusion}
   * @param context names of inputs whose cotangents are wanted
   */
  Pullback pullback(Value t, Value y, Map<String, Value> cotangents, List<String> context) {
    Graph slope = slope(t.type());
    Map<String, Value> given = new LinkedHashMap<>();
    cotangents.forEach(
        (name, value) ->
            given.put(name, Value.input(ReverseStep.cotangent(name), Type.perSample(d))));
    Pullback pullback = Differentiation.pullback(slope, given, context);
    Map<String, Value> arguments = new LinkedHashMap<>(slope.inputs());
    arguments.putAll(Map.of("t", t, "y", y));
    cotangents.forEach((name, value) -> arguments.put(ReverseStep.cotangent(name), value));
    List<Value> inputs = new ArrayList<>(slope.inputs().values());
    inputs.addAll(given.values());
    return pullback.at(inputs, arguments);
  }

  static Value value(Map<String, Value> values, String name) {
    return Objects.requireNonNull(values.get(name), name);
  }
}
