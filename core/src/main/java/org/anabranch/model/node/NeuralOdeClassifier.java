package org.anabranch.model.node;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.anabranch.field.Field;
import org.anabranch.gradient.GradientMode;
import org.anabranch.graph.Graph;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.graph.Shape;
import org.anabranch.graph.Type;
import org.anabranch.graph.Value;
import org.anabranch.nn.Activation;
import org.anabranch.nn.Dense;
import org.anabranch.nn.Perceptron;
import org.anabranch.solver.AdaptiveSpan;
import org.anabranch.solver.Method;
import org.anabranch.solver.Stepping;
import org.anabranch.solver.Tableau;
import org.anabranch.solver.TimeGrid;
import org.anabranch.train.ModelFile;
import org.anabranch.train.OpaqueStage;
import org.anabranch.train.Pipeline;
import org.anabranch.train.SoftmaxCrossEntropy;
import org.anabranch.train.Standardisation;
import org.jspecify.annotations.Nullable;

/**
 * A classifier whose hidden part is a differential equation with input-layer augmentation (Chen et
 * al. 2018, arXiv:1806.07366; Massaroli et al. 2020, arXiv:2002.08071, section 4).
 *
 * <pre>  z(0) = [x; Gx + g]     dz/dt = f(z), t in [0, T]     logits = Az(T) + a  </pre>
 *
 * <p>With a state narrower than the input, z(0) = Gx + g. With a frozen stem x is what that makes
 * of the features.
 *
 * @param inputs features of a sample
 * @param classes at least two
 * @param state the width of z
 * @param hidden the widths of f's hidden layers
 * @param activation between them
 * @param method a name that {@link Method#named} knows
 * @param damping η of alf, 1 for none
 * @param exact whether alf's states lie on a grid, so that they are restored bit for bit
 * @param endTime T
 * @param steps from 0 to T
 * @param gradient automatic, reversible, checkpointed, binomial, direct or backsolve
 * @param featureScale what raw features are divided by before they reach the model
 * @param standardisation what is done to them then
 * @param tolerances of steps that each sample's error chooses; null for {@code steps} equal ones
 * @param stem what features pass first; null for nothing
 * @param decayRate c of a coupled method, whose coupling is exp(−c h); null for {@link
 *     Method#named}'s
 * @param gradientStates the states that the binomial gradient keeps; null for the other ones
 */
public record NeuralOdeClassifier(
    int inputs,
    int classes,
    int state,
    List<Integer> hidden,
    Activation activation,
    String method,
    double damping,
    boolean exact,
    double endTime,
    int steps,
    String gradient,
    double featureScale,
    Standardisation standardisation,
    @Nullable Tolerances tolerances,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable FrozenStem stem,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Double decayRate,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer gradientStates) {
  private static final String TYPE = "neural-ode-classifier";
  private static final String COUPLED = "coupled-";

  public NeuralOdeClassifier {
    hidden = List.copyOf(hidden);
    // A model.json that was written before there was standardisation has none.
    standardisation = Objects.requireNonNullElse(standardisation, Standardisation.none());
    if (stem != null && stem.inputs() != inputs) {
      throw new IllegalArgumentException(
          "Model: its stem takes %d numbers, and a sample has %d features. Both must be the same."
              .formatted(stem.inputs(), inputs));
    }
  }

  /** One with equal steps whose features are not standardised. */
  public NeuralOdeClassifier(
      int inputs,
      int classes,
      int state,
      List<Integer> hidden,
      Activation activation,
      String method,
      double damping,
      boolean exact,
      double endTime,
      int steps,
      String gradient,
      double featureScale) {
    this(
        inputs,
        classes,
        state,
        hidden,
        activation,
        method,
        damping,
        exact,
        endTime,
        steps,
        gradient,
        featureScale,
        Standardisation.none(),
        null,
        null,
        null,
        null);
  }

  /**
   * The same model, solved by a method that is stable where its steps are: Heun's, coupled, at the
   * rate of decay 2/h up to which a step of Heun's is stable.
   *
   * @throws IllegalStateException if its steps are not equal ones
   */
  public NeuralOdeClassifier stable() {
    if (tolerances != null) {
      throw new IllegalStateException("Model: adaptive steps are as small as stability asks for.");
    }
    return new NeuralOdeClassifier(
        inputs,
        classes,
        state,
        hidden,
        activation,
        COUPLED + "heun",
        1,
        false,
        endTime,
        steps,
        gradient.equals("automatic") ? "reversible" : gradient,
        featureScale,
        standardisation,
        null,
        stem,
        2 * steps / endTime,
        gradientStates);
  }

  /** The text of {@code model.json}: everything but the parameters' values. */
  public String toJson() {
    return ModelFile.write(TYPE, this);
  }

  /**
   * The model of a {@code model.json}.
   *
   * @throws IllegalArgumentException if the text is no such model, with the place
   */
  public static NeuralOdeClassifier parse(String json) {
    return ModelFile.read(json, TYPE, NeuralOdeClassifier.class);
  }

  /** The parameters in the order of declaration: stem, field, head. */
  public ParameterLayout layout() {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    if (inputLayerWidth() > 0) {
      shapes.putAll(inputLayer().parameters());
    }
    shapes.putAll(fieldLayer().parameters());
    shapes.putAll(headLayer().parameters());
    return ParameterLayout.of(shapes);
  }

  /**
   * The stages that compute it, for a model without a frozen stem.
   *
   * @throws IllegalArgumentException if it has one
   */
  public Pipeline pipeline() {
    return pipeline(null);
  }

  /**
   * The stages that compute it.
   *
   * @param before the frozen stem; null for a model that has none
   */
  public Pipeline pipeline(@Nullable OpaqueStage before) {
    requireStem(before);
    Field field = Field.of(state, (t, z) -> fieldLayer().apply(z));
    Graph objective = new SoftmaxCrossEntropy(headLayer(), state, classes).graph();
    return new Pipeline(
        layout(),
        start(),
        field,
        solverMethod(),
        stepping(),
        gradientMode(),
        objective,
        before,
        null);
  }

  private void requireStem(@Nullable OpaqueStage before) {
    String expected = stem == null ? "none" : "%d to %d".formatted(stem.inputs(), stem.outputs());
    String given =
        before == null ? "none" : "%d to %d".formatted(before.inputs(), before.outputs());
    if (!given.equals(expected)) {
      throw new IllegalArgumentException(
          "Model: its stem is %s, and the one that was given is %s. Give the stem that the model was trained with."
              .formatted(expected, given));
    }
  }

  private Graph start() {
    int width = ownInputs();
    Value x = Value.input("x", Type.perSample(width));
    Value start;
    if (state == width) {
      start = x;
    } else if (state < width) {
      start = inputLayer().apply(x);
    } else {
      start = Value.concatenate(List.of(x, inputLayer().apply(x)));
    }
    return Graph.of("stem", List.of(x), Map.of("y0", start));
  }

  /** The width of x. */
  private int ownInputs() {
    return stem == null ? inputs : stem.outputs();
  }

  private int inputLayerWidth() {
    return state < ownInputs() ? state : state - ownInputs();
  }

  /** Its parameters are called those of a stem, which it is where no frozen one stands before. */
  private Dense inputLayer() {
    return new Dense("stem", ownInputs(), inputLayerWidth());
  }

  private Perceptron fieldLayer() {
    List<Integer> widths = new ArrayList<>(List.of(state));
    widths.addAll(hidden);
    widths.add(state);
    return new Perceptron("field", widths, activation);
  }

  private Dense headLayer() {
    return new Dense("head", state, classes);
  }

  private Stepping stepping() {
    return tolerances == null
        ? new TimeGrid(0, endTime, steps)
        : new AdaptiveSpan(0, endTime, tolerances.steps());
  }

  private Method solverMethod() {
    if (decayRate != null) {
      return Method.reversibleAtRate(
          Tableau.named(method.replaceFirst("^" + COUPLED, "")), decayRate);
    }
    boolean plainLeapfrog = method.equals("alf") && !(exact && damping == 1);
    return plainLeapfrog ? Method.alf(damping) : Method.named(method);
  }

  private GradientMode gradientMode() {
    return switch (gradient) {
      case "automatic" -> GradientMode.automatic();
      case "reversible" -> GradientMode.reversible();
      case "checkpointed" -> GradientMode.checkpointed();
      case "direct" -> GradientMode.direct();
      case "binomial" -> GradientMode.binomial(Objects.requireNonNullElse(gradientStates, 8));
      case "backsolve" -> GradientMode.backsolve();
      default ->
          throw new IllegalArgumentException(
              "Model: the gradient is '%s'. Use 'automatic', 'reversible', 'checkpointed', 'binomial', 'direct' or 'backsolve'."
                  .formatted(gradient));
    };
  }
}
