package org.anabranch.model.gan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.anabranch.backend.Backend;
import org.anabranch.field.Calculus;
import org.anabranch.field.Coefficients;
import org.anabranch.field.Noise;
import org.anabranch.field.StochasticField;
import org.anabranch.gradient.GradientMode;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.graph.Shape;
import org.anabranch.graph.Type;
import org.anabranch.graph.Value;
import org.anabranch.model.paths.ChannelScales;
import org.anabranch.model.paths.NeuralCde;
import org.anabranch.model.paths.PathModel;
import org.anabranch.model.paths.PathSampler;
import org.anabranch.model.paths.PathShape;
import org.anabranch.model.paths.TimedState;
import org.anabranch.nn.Activation;
import org.anabranch.nn.Dense;
import org.anabranch.nn.Initialiser;
import org.anabranch.nn.Perceptron;
import org.anabranch.solver.StochasticMethod;
import org.anabranch.solver.TimeGrid;
import org.anabranch.train.BlockWorkerFactory;
import org.anabranch.train.ModelFile;
import org.anabranch.train.Optimiser;

/**
 * A generative adversarial network of stochastic differential equations (Kidger et al. 2021,
 * arXiv:2102.03657 and arXiv:2105.13493, sections 2.2 and 5).
 *
 * <pre>
 *   generator       V ~ N(0, I)    X(0) = ζ(V, c)    dX = μ(t, X, c) dt + σ(t, X, c) ∘ dW    Y = αX + β
 *   discriminator   H(0) = ξ(Y(0), c)    dH = g(t, H) ∘ d(t, Y)    D = m H(T) + b
 * </pre>
 *
 * <p>The discriminator lowers the mean of D(generated) − D(real), the generator raises that of
 * D(generated). Every activation is LipSwish, every vector field ends in tanh. With clamped weights
 * ({@link #rule}) D has a Lipschitz constant without a penalty on its gradient.
 *
 * <p>Paths have equal distances in time. A value that is missing is put between its neighbours in
 * time on a straight line; before the first and behind the last that is there, it is that one.
 *
 * @param scales of the channels, before both networks see them
 * @param covariateScales of the covariates c
 * @param stepsPerInterval of both solves from one time to the next
 * @param method a name that {@link StochasticMethod#named} knows, of the Stratonovich calculus
 * @param gradient automatic, reversible, checkpointed or direct
 * @param timeScale what time is multiplied by before a vector field sees it
 */
public record SdeGan(
    PathShape shape,
    ChannelScales scales,
    ChannelScales covariateScales,
    GeneratorSettings generator,
    DiscriminatorSettings discriminator,
    int stepsPerInterval,
    String method,
    String gradient,
    double timeScale)
    implements PathModel {
  /** What model.json calls it. */
  public static final String TYPE = "sde-gan";

  static final String GENERATOR = "generator.";
  static final String DISCRIMINATOR = "discriminator";
  static final String COVARIATES = "covariates";

  public SdeGan {
    shape.requireEqualTimes("SDE-GAN", scales, covariateScales);
    StochasticMethod found = StochasticMethod.named(method);
    if (!found.calculi().contains(Calculus.STRATONOVICH)) {
      throw new IllegalArgumentException(
          "SDE-GAN: '%s' does not solve Stratonovich equations of general noise. Use reversible-heun, heun or midpoint."
              .formatted(method));
    }
  }

  /**
   * The model of a {@code model.json}.
   *
   * @throws IllegalArgumentException if the text is no such model, with the place
   */
  public static SdeGan parse(String json) {
    return ModelFile.read(json, TYPE, SdeGan.class);
  }

  @Override
  public String toJson() {
    return ModelFile.write(TYPE, this);
  }

  @Override
  public ParameterLayout layout() {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    shapes.putAll(initial().parameters());
    shapes.putAll(drift().parameters());
    shapes.putAll(diffusion().parameters());
    shapes.putAll(readout().parameters());
    shapes.putAll(reader().parameters());
    return ParameterLayout.of(shapes);
  }

  private Perceptron initial() {
    int inputs = generator.initialNoise() + shape.covariates().size();
    return perceptron("initial", inputs, generator.state());
  }

  private Perceptron drift() {
    return perceptron("drift", fieldInputs(), generator.state());
  }

  private Perceptron diffusion() {
    return perceptron("diffusion", fieldInputs(), generator.state() * generator.motions());
  }

  private Dense readout() {
    return new Dense(GENERATOR + "readout", generator.state(), shape.width());
  }

  private int fieldInputs() {
    return 1 + generator.state() + shape.covariates().size();
  }

  private Perceptron perceptron(String part, int inputs, int outputs) {
    List<Integer> widths = new ArrayList<>(List.of(inputs));
    widths.addAll(generator.hidden());
    widths.add(outputs);
    return new Perceptron(GENERATOR + part, widths, Activation.LIP_SWISH);
  }

  /** X(0) from V and the covariates, side by side. */
  Value start(Value noiseAndCovariates) {
    return initial().apply(noiseAndCovariates);
  }

  /** A path's values from the state. */
  Value read(Value state) {
    return readout().apply(state);
  }

  /** The equation of X. */
  StochasticField field() {
    int covariates = shape.covariates().size();
    List<Value> context =
        covariates == 0 ? List.of() : List.of(Value.input(COVARIATES, Type.perSample(covariates)));
    return StochasticField.of(
        generator.state(),
        context,
        Noise.GENERAL,
        Calculus.STRATONOVICH,
        (t, x) -> {
          List<Value> seen = new ArrayList<>(List.of(TimedState.of(t.times(timeScale), x)));
          seen.addAll(context);
          Value input = seen.size() == 1 ? seen.get(0) : Value.concatenate(seen);
          return new Coefficients(
              drift().apply(input).tanh(),
              TimedState.columns(diffusion().apply(input).tanh(), generator.motions()));
        });
  }

  /** The discriminator. */
  NeuralCde reader() {
    return new NeuralCde(
        DISCRIMINATOR,
        shape.width(),
        shape.covariates().size(),
        discriminator.state(),
        discriminator.hidden(),
        Activation.LIP_SWISH,
        1,
        timeScale,
        discriminator.initialScale());
  }

  TimeGrid grid() {
    return shape.grid(stepsPerInterval);
  }

  GradientMode mode() {
    return switch (gradient) {
      case "automatic" -> GradientMode.automatic();
      case "reversible" -> GradientMode.reversible();
      case "checkpointed" -> GradientMode.checkpointed();
      case "direct" -> GradientMode.direct();
      default ->
          throw new IllegalArgumentException(
              "SDE-GAN: the gradient is '%s'. Use 'automatic', 'reversible', 'checkpointed' or 'direct'."
                  .formatted(gradient));
    };
  }

  /** Whether a parameter tensor is the generator's. */
  public static boolean isOfGenerator(String tensor) {
    return tensor.startsWith(GENERATOR);
  }

  /**
   * An optimiser as both networks are to follow it: the discriminator at a multiple of the learning
   * rate, its weights clamped unless its gradient is penalised, the two in their turns.
   *
   * @param scheduled whether a schedule of the learning rate moves the discriminator's too; else it
   *     stays as quick as it was while the generator comes to rest
   */
  public Optimiser rule(Optimiser rule, double discriminatorRate, boolean scheduled) {
    ParameterLayout layout = layout();
    Predicate<String> discriminators = tensor -> !isOfGenerator(tensor);
    Optimiser both =
        scheduled
            ? rule.withRateFactor(discriminatorRate, layout, discriminators)
            : rule.withConstantRateFactor(discriminatorRate, layout, discriminators);
    if (discriminator.penalty() == 0) {
      both = both.withClamped(layout, limits());
    }
    return discriminator.cycle() == 1
        ? both
        : both.alternating(
            discriminator.cycle(), discriminator.apart(), layout, SdeGan::isOfGenerator);
  }

  /**
   * By the names of the discriminator's matrices, 1 / outputs: each layer then is 1-Lipschitz from
   * ℓ¹ to ℓ¹, since no column sums up to more than 1.
   */
  Map<String, Double> limits() {
    Map<String, Double> limits = new LinkedHashMap<>();
    for (ParameterLayout.View view : layout().views()) {
      if (!isOfGenerator(view.name()) && view.shape().rank() == 2) {
        limits.put(view.name(), 1.0 / view.shape().rows());
      }
    }
    return limits;
  }

  /** Uniform in ±1/√inputs, the generator's scaled, the discriminator's weights clamped. */
  @Override
  public double[] initial(long seed) {
    ParameterLayout layout = layout();
    double[] values = Initialiser.uniform(layout, seed);
    Map<String, Double> limits = discriminator.penalty() == 0 ? limits() : Map.of();
    for (ParameterLayout.View view : layout.views()) {
      double factor = factor(view.name());
      double limit = limits.getOrDefault(view.name(), Double.MAX_VALUE);
      for (int i = view.offset(); i < view.offset() + view.size(); i++) {
        values[i] = Math.max(-limit, Math.min(limit, factor * values[i]));
      }
    }
    return values;
  }

  private double factor(String tensor) {
    if (tensor.startsWith(GENERATOR + "initial")) {
      return generator.initialScale();
    }
    boolean field =
        tensor.startsWith(GENERATOR + "drift") || tensor.startsWith(GENERATOR + "diffusion");
    return field ? generator.fieldScale() : 1;
  }

  @Override
  public BlockWorkerFactory workers(String backend, int capacity, long seed) {
    return new GanWorkers(toJson(), backend, capacity, seed);
  }

  @Override
  public PathSampler sampler(Backend backend, int rows) {
    return GanSampler.sampler(this, backend, rows);
  }
}
