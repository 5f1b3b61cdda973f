package org.anabranch.train;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.anabranch.graph.Graph;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.graph.Shape;
import org.anabranch.graph.Type;
import org.anabranch.graph.Value;

/**
 * A rule that turns a gradient into new parameters, as a graph in float64. What it remembers is
 * state in named tensors: a step is a pure function of parameters, gradient, learning rate and
 * state. ND4J calls it {@code IUpdater}. It travels to where local steps are taken.
 */
public interface Optimiser extends Serializable {
  /** What is moved, [size]: an input and an output. */
  String PARAMETERS = "parameters";

  /** The gradient of the mean loss, [size]. */
  String GRADIENT = "gradient";

  /** The norm of the gradient, a scalar: graphs have no sums in float64. */
  String NORM = "norm";

  /** The learning rate of the step, a scalar. */
  String RATE = "rate";

  /** The number of the step within {@link #cycle}, a scalar. */
  String TURN = "turn";

  /** What a user writes to choose it. */
  String name();

  /** The learning rate that a {@link Schedule} multiplies. */
  double learningRate();

  /** The shapes of its state by name: {@code [size]} or, for a number of all components, scalar. */
  Map<String, Shape> state(int size);

  /** The numbers that its state starts from, by name: the same for every component. */
  Map<String, Double> initialState();

  /**
   * One step. It works component by component: parameters are moved in pieces, and what looks at
   * all of a gradient has {@link #NORM} alone.
   *
   * @param before {@link #PARAMETERS}, {@link #GRADIENT}, {@link #NORM}, {@link #RATE}, {@link
   *     #TURN} and the state, by name
   * @return parameters and state after it, by name
   */
  Map<String, Value> step(Map<String, Value> before);

  /**
   * This rule for neighbouring parameters alone, as a rule of their own: most treat all alike.
   *
   * @param from the index of the first of them
   */
  default Optimiser within(int from, int size) {
    return this;
  }

  /** Whether a step looks at {@link #NORM}, which is 0 otherwise. */
  default boolean usesNorm() {
    return false;
  }

  /** After how many steps it does the same again, for rules that do different things in turn. */
  default int cycle() {
    return 1;
  }

  /** The step as a graph whose inputs and outputs are those of {@link #step}. */
  default Graph update(int size) {
    Map<String, Shape> shapes = new TreeMap<>(state(size));
    shapes.put(PARAMETERS, Shape.vector(size));
    shapes.put(GRADIENT, Shape.vector(size));
    shapes.put(NORM, Shape.scalar());
    shapes.put(RATE, Shape.scalar());
    shapes.put(TURN, Shape.scalar());
    Map<String, Value> before = new LinkedHashMap<>();
    shapes.forEach((name, shape) -> before.put(name, Value.input(name, Type.shared(shape).wide())));
    return Graph.of(name() + ".update", List.copyOf(before.values()), step(before));
  }

  /** This rule for gradients whose every component is brought to at most {@code limit} first. */
  default Optimiser clippedByValue(double limit) {
    return new ClippingByValue(this, limit);
  }

  /** This rule for gradients that are shortened first where they are longer than {@code limit}. */
  default Optimiser clippedByNorm(double limit) {
    return new ClippingByNorm(this, limit);
  }

  /** This rule, and each step takes the share rate · coefficient of the parameters away. */
  default Optimiser withWeightDecay(double coefficient) {
    return new WeightDecay(this, coefficient, List.of());
  }

  /**
   * The same for matrices alone: biases, and whatever else is a vector or a number, keep their
   * size, as users of PyTorch arrange it with parameter groups and DL4J does by itself.
   */
  default Optimiser withWeightDecayOfMatrices(double coefficient, ParameterLayout layout) {
    List<Span> spared =
        layout.views().stream()
            .filter(view -> view.shape().extents().size() < 2)
            .map(view -> new Span(view.offset(), view.size()))
            .toList();
    return new WeightDecay(this, coefficient, spared);
  }

  /** This rule, each step of which is taken twice and the one before it taken back: for games. */
  default Optimiser optimistic() {
    return new Optimistic(this);
  }

  /** This rule, which tensors of a layout follow at a multiple of the learning rate. */
  default Optimiser withRateFactor(
      double factor, ParameterLayout layout, Predicate<String> tensors) {
    return new RateFactor(this, factor, spans(layout, tensors), true);
  }

  /** The same, with a rate that no schedule moves. */
  default Optimiser withConstantRateFactor(
      double factor, ParameterLayout layout, Predicate<String> tensors) {
    return new RateFactor(this, factor, spans(layout, tensors), false);
  }

  /**
   * This rule, after whose steps some tensors of a layout are brought back to between −limit and
   * limit.
   *
   * @param limits by tensors' names; others are free
   */
  default Optimiser withClamped(ParameterLayout layout, Map<String, Double> limits) {
    List<ClampedParameters.Limit> spans =
        layout.views().stream()
            .filter(view -> limits.containsKey(view.name()))
            .map(
                view ->
                    new ClampedParameters.Limit(
                        new Span(view.offset(), view.size()),
                        limits.getOrDefault(view.name(), 0.0)))
            .toList();
    return new ClampedParameters(this, spans);
  }

  /**
   * This rule for two parts of the parameters in turn: the late tensors move in the last step of
   * each cycle alone.
   *
   * @param apart whether the other tensors stand still in that step
   */
  default Optimiser alternating(
      int cycle, boolean apart, ParameterLayout layout, Predicate<String> late) {
    return new Alternating(this, cycle, spans(layout, late), apart);
  }

  private static List<Span> spans(ParameterLayout layout, Predicate<String> tensors) {
    return layout.views().stream()
        .filter(view -> tensors.test(view.name()))
        .map(view -> new Span(view.offset(), view.size()))
        .toList();
  }

  static Optimiser sgd(double learningRate, double momentum) {
    return new StochasticGradientDescent(learningRate, momentum);
  }

  static Optimiser nesterov(double learningRate, double momentum) {
    return new Nesterov(learningRate, momentum);
  }

  static Optimiser adam(double learningRate, double beta1, double beta2, double epsilon) {
    return new Adam(learningRate, beta1, beta2, epsilon);
  }

  /** Adam with decoupled weight decay (Loshchilov and Hutter 2019, arXiv:1711.05101). */
  static Optimiser adamW(
      double learningRate, double beta1, double beta2, double epsilon, double weightDecay) {
    return adam(learningRate, beta1, beta2, epsilon).withWeightDecay(weightDecay);
  }

  static Optimiser adaBelief(double learningRate, double beta1, double beta2, double epsilon) {
    return new AdaBelief(learningRate, beta1, beta2, epsilon);
  }

  static Optimiser rmsProp(double learningRate, double rho, double epsilon) {
    return new RmsProp(learningRate, rho, epsilon);
  }

  /**
   * Adadelta.
   *
   * @param learningRate 1 is the published rule
   */
  static Optimiser adadelta(double learningRate, double rho, double epsilon) {
    return new Adadelta(learningRate, rho, epsilon);
  }
}
