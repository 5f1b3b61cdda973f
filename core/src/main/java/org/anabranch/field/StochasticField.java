package org.anabranch.field;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BinaryOperator;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Shape;
import org.anabranch.graph.Type;
import org.anabranch.graph.Value;

/**
 * The right-hand side of dy = μ(t, y; context, θ) dt + σ(t, y; context, θ) dW as one graph, so that
 * what drift and diffusion have in common is evaluated once: inputs as those of a {@link Field},
 * outputs {@code drift} and {@code diffusion}.
 *
 * <p>The diffusion is a vector or a matrix, shared or of each sample. Its rows belong to the first
 * components of y; components beyond them have no noise, such as {@link #withIntegrals} adds.
 *
 * @param graph with those inputs and outputs, all in working precision
 * @param calculus how σ dW is meant
 */
public record StochasticField(Graph graph, Noise noise, Calculus calculus) {
  static final String TIME = "t";
  static final String STATE = "y";
  static final String DRIFT = "drift";
  static final String DIFFUSION = "diffusion";

  /** Drift and diffusion from t and y. */
  public interface Formula {
    Coefficients at(Value t, Value y);
  }

  /** What is integrated along solutions, from time, state, and drift and diffusion there. */
  public interface Integrand {
    Value rate(Value t, Value y, Coefficients at);
  }

  public StochasticField {
    Field checked = new Field(graph);
    Type diffusion = graph.output(DIFFUSION).type();
    Shape shape = diffusion.shape();
    boolean fits =
        switch (noise) {
          case SCALAR, DIAGONAL -> shape.rank() == 1;
          case COMMUTATIVE, GENERAL -> shape.rank() == 2;
          case ADDITIVE -> shape.rank() > 0;
        };
    if (!fits || diffusion.isWide() || shape.rows() > checked.dimension()) {
      throw new IllegalArgumentException(
          "Field %s: the diffusion is %s and its noise %s, for a state of %d components. Scalar and diagonal noise have a vector, commutative and general noise a matrix with a column for each Brownian motion, additive noise either; with no more rows than the state."
              .formatted(graph.name(), diffusion, noise, checked.dimension()));
    }
    if (noise == Noise.ADDITIVE && !Dependence.of(graph).isNone()) {
      throw new IllegalArgumentException(
          "Field %s: its noise is declared additive, but %s of the diffusion reads the state. Declare the noise diagonal or general, or make the diffusion of time, context and parameters only."
              .formatted(graph.name(), Dependence.of(graph).first()));
    }
  }

  /** A field without context. */
  public static StochasticField of(int dimension, Noise noise, Calculus calculus, Formula formula) {
    return of(dimension, List.of(), noise, calculus, formula);
  }

  /** A field of two formulas without context. */
  public static StochasticField of(
      int dimension,
      Noise noise,
      Calculus calculus,
      BinaryOperator<Value> drift,
      BinaryOperator<Value> diffusion) {
    return of(
        dimension,
        noise,
        calculus,
        (t, y) -> new Coefficients(drift.apply(t, y), diffusion.apply(t, y)));
  }

  /**
   * A field that also reads context.
   *
   * @param context inputs made by {@code Value.input} that the formula reads
   */
  public static StochasticField of(
      int dimension, List<Value> context, Noise noise, Calculus calculus, Formula formula) {
    Value t = Value.input(TIME, Type.shared(Shape.scalar()));
    Value y = Value.input(STATE, Type.perSample(dimension));
    List<Value> inputs = new ArrayList<>(List.of(t, y));
    inputs.addAll(context);
    return new StochasticField(
        Graph.of("field", inputs, outputs(formula.at(t, y))), noise, calculus);
  }

  /** An ordinary field: one with no noise, here a shared zero. */
  public static StochasticField of(Field field) {
    Value drift = field.graph().output(DRIFT);
    Value none = Value.zeros(Shape.vector(1));
    List<Value> inputs = List.copyOf(field.graph().inputs().values());
    Graph graph = Graph.of(field.graph().name(), inputs, outputs(new Coefficients(drift, none)));
    return new StochasticField(graph, Noise.ADDITIVE, Calculus.ITO);
  }

  static Map<String, Value> outputs(Coefficients coefficients) {
    Map<String, Value> outputs = new LinkedHashMap<>();
    outputs.put(DRIFT, coefficients.drift());
    outputs.put(DIFFUSION, coefficients.diffusion());
    return outputs;
  }

  /** The number of components of y. */
  public int dimension() {
    return graph.input(STATE).type().shape().size();
  }

  /** The number of Brownian motions. */
  public int noiseDimension() {
    Shape shape = diffusion().type().shape();
    return noise == Noise.SCALAR ? 1 : shape.rank() == 2 ? shape.columns() : shape.size();
  }

  /** The diffusion as the graph has it. */
  Value diffusion() {
    return graph.output(DIFFUSION);
  }

  /** The context's inputs by name: what is neither time nor state. */
  public Map<String, Value> context() {
    return new Field(graph).context();
  }

  /** Whether the diffusion does not depend on y, as far as its expression tells. */
  public boolean isAdditive() {
    return noise == Noise.ADDITIVE || Dependence.of(graph).isNone();
  }

  /**
   * Whether there is one Brownian motion, or one for each component whose diffusion depends on that
   * component of y only, as far as its expression tells.
   */
  public boolean isSeparate() {
    return noise == Noise.SCALAR
        || (diffusion().type().shape().rank() == 1 && Dependence.of(graph).isOwn());
  }

  /** Whether the columns of the diffusion commute: additive, separate, or declared to. */
  public boolean commutes() {
    return noise == Noise.COMMUTATIVE || isSeparate() || isAdditive();
  }

  /** Whether solutions in a calculus are solutions of this field. */
  public boolean isIn(Calculus other) {
    return calculus == other || isAdditive();
  }

  /**
   * Drift and diffusion at a time (of either precision, shared or of each sample) and a state (of
   * either precision), as expressions. The drift is one of each sample.
   */
  public Coefficients at(Value t, Value y) {
    return coefficients(evaluated(graph, t, y), y);
  }

  private static Coefficients coefficients(Map<String, Value> outputs, Value y) {
    Value drift = get(outputs, DRIFT);
    Value own = drift.type().isPerSample() ? drift : drift.plus(y.narrowed().times(0));
    return new Coefficients(own, get(outputs, DIFFUSION));
  }

  static Value get(Map<String, Value> values, String name) {
    return Objects.requireNonNull(values.get(name), name);
  }

  /** A graph of this field's inputs at a point; its further inputs stay what they are. */
  private static Map<String, Value> evaluated(Graph body, Value t, Value y) {
    Map<String, Value> arguments = new LinkedHashMap<>(body.inputs());
    arguments.put(TIME, t.narrowed());
    arguments.put(STATE, y.narrowed());
    Graph spread = t.type().isPerSample() ? body.withPerSample(Set.of(TIME)) : body;
    return spread.apply(arguments);
  }

  /**
   * σ w, a vector of the state's size.
   *
   * @param diffusion σ as this field has it
   * @param w a number for each Brownian motion, as a vector
   */
  public Value applied(Value diffusion, Value w) {
    if (diffusion.type().shape().rank() == 2) {
      return padded(diffusion.appliedTo(w));
    }
    return padded(diffusion.times(noise == Noise.SCALAR ? w.sum() : w));
  }

  /** A vector of the components that have noise, with zeros for those that have none. */
  public Value padded(Value noisy) {
    int missing = dimension() - noisy.type().shape().size();
    return missing == 0
        ? noisy
        : Value.concatenate(List.of(noisy, Value.zeros(Shape.vector(missing))));
  }

  /** Σⱼ (∂σⱼ/∂y) σⱼ at a point, a vector of the state's size. */
  public Value selfDerivative(Value t, Value y) {
    return get(evaluated(NoiseDerivatives.along(this), t, y), NoiseDerivatives.OUTPUT);
  }

  /**
   * (∂(σ w)/∂y) σ w at a point, where w is held constant: a vector of the state's size.
   *
   * @param w an input, a number for each Brownian motion
   */
  public Value derivativeAlong(Value t, Value y, Value w) {
    return get(evaluated(NoiseDerivatives.along(this, w), t, y), NoiseDerivatives.OUTPUT);
  }

  /** The field whose Itô solutions are this field's solutions: its drift is corrected if needed. */
  public StochasticField toIto() {
    return in(Calculus.ITO, 0.5);
  }

  /** The field whose Stratonovich solutions are this field's solutions. */
  public StochasticField toStratonovich() {
    return in(Calculus.STRATONOVICH, -0.5);
  }

  private StochasticField in(Calculus other, double correction) {
    if (calculus == other || isAdditive()) {
      return new StochasticField(graph, noise, other);
    }
    Value self = NoiseDerivatives.along(this).output(NoiseDerivatives.OUTPUT);
    Value drift = graph.output(DRIFT).plus(self.times(correction));
    List<Value> inputs = List.copyOf(graph.inputs().values());
    String name = graph.name() + (other == Calculus.ITO ? ".ito" : ".stratonovich");
    Map<String, Value> outputs = outputs(new Coefficients(drift, diffusion()));
    return new StochasticField(Graph.of(name, inputs, outputs), noise, other);
  }

  /**
   * This field with integrals along its solutions as further components without noise, which feed
   * back into nothing.
   *
   * @param integrand a number or a vector for each sample, of t, y without integrals, and drift and
   *     diffusion there, which it shares with the field
   */
  public StochasticField withIntegrals(Integrand integrand) {
    Value t = graph.input(TIME);
    Value own = graph.input(STATE);
    Coefficients sample = coefficients(graph.outputs(), own);
    int count = integrand.rate(t, own, sample).type().shape().size();
    Value all = Value.input(STATE, Type.perSample(dimension() + count));
    Value y = all.slice(0, dimension());
    Coefficients at = at(t, y);
    Value rate = integrand.rate(t, y, at);
    Value vector = rate.type().shape().isScalar() ? rate.broadcast(1) : rate;
    Value ofSample = vector.type().isPerSample() ? vector : vector.plus(y.sum().times(0));
    Value drift = Value.concatenate(List.of(at.drift(), ofSample));
    List<Value> inputs = new ArrayList<>(List.of(t, all));
    inputs.addAll(context().values());
    Map<String, Value> outputs = outputs(new Coefficients(drift, at.diffusion()));
    Graph extended = Graph.of(graph.name() + ".integrals", inputs, outputs);
    return new StochasticField(extended, noise, calculus);
  }

  /**
   * This field with the divergence of its paths from those of a prior with the same diffusion as
   * one more component, whose expectation is the Kullback-Leibler divergence (Li et al. 2020,
   * arXiv:2001.01328, section 5):
   *
   * <pre>  ½ ∫ |σ⁻¹ (μ − prior)|² dt  </pre>
   *
   * @param prior the prior's drift from t and y, in the same calculus
   * @throws IllegalArgumentException if the diffusion is no vector and no square matrix
   */
  public StochasticField withPathDivergence(BinaryOperator<Value> prior) {
    return PathDivergence.of(this, prior);
  }
}
