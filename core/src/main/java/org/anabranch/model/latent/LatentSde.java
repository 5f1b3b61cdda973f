package org.anabranch.model.latent;

import org.anabranch.backend.Backend;
import org.anabranch.field.Calculus;
import org.anabranch.gradient.GradientMode;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.model.paths.ChannelScales;
import org.anabranch.model.paths.PathModel;
import org.anabranch.model.paths.PathSampler;
import org.anabranch.model.paths.PathShape;
import org.anabranch.solver.DrivenMethod;
import org.anabranch.solver.ReversibleMethod;
import org.anabranch.solver.StochasticMethod;
import org.anabranch.solver.TimeGrid;
import org.anabranch.train.BlockWorkerFactory;
import org.anabranch.train.ModelFile;

/**
 * A variational autoencoder of paths whose hidden part is a stochastic differential equation (Li et
 * al. 2020, arXiv:2001.01328, section 5; Kidger et al. 2021, arXiv:2105.13493, section 2.2).
 *
 * <pre>
 *   prior       X(0) ~ p      dX = h(X, c) dt + σ(X) dW          Y(tᵢ) ~ N(AX(tᵢ) + b, s²)
 *   posterior   X(0) ~ q      dX = f(X, ctx(t), c) dt + σ(X) dW
 *   training maximises  E Σᵢ log N(yᵢ; AX(tᵢ) + b, s²) − KL(q ‖ p) − ½ E ∫ |σ⁻¹(f − h)|² dt
 * </pre>
 *
 * <p>A network reads the data from the last time to the first. Over the interval that ends at an
 * observation, ctx is what it says once it has read this one and all after it; q is normal, from
 * what it says of all. Each component of σ is a network of that component alone and lies between 0
 * and 1. In which calculus the drifts are meant, the method says.
 *
 * <p>Paths have equal distances in time. Values that are missing are left out of the likelihood;
 * the encoder sees 0 for them, and which they are if it is masked.
 *
 * @param scales of the channels, before the model sees them
 * @param covariateScales of the covariates c, which prior and posterior see
 * @param stepsPerInterval of the solver from one time to the next
 * @param method a name that {@link StochasticMethod#named} knows, for diagonal noise
 * @param gradient automatic (reversible where states are restored bit for bit, else direct),
 *     reversible, checkpointed or direct
 */
public record LatentSde(
    PathShape shape,
    ChannelScales scales,
    ChannelScales covariateScales,
    LatentSettings equation,
    EncoderSettings encoder,
    ObjectiveSettings objective,
    int stepsPerInterval,
    String method,
    String gradient)
    implements PathModel {
  /** What model.json calls it. */
  public static final String TYPE = "latent-sde";

  public LatentSde {
    shape.requireEqualTimes("Latent SDE", scales, covariateScales);
    if (stepsPerInterval < 1) {
      throw new IllegalArgumentException(
          "Latent SDE: %d steps between two times. Use at least 1.".formatted(stepsPerInterval));
    }
    StochasticMethod.named(method);
    mode(gradient);
  }

  /**
   * The model of a {@code model.json}.
   *
   * @throws IllegalArgumentException if the text is no such model, with the place
   */
  public static LatentSde parse(String json) {
    return ModelFile.read(json, TYPE, LatentSde.class);
  }

  @Override
  public String toJson() {
    return ModelFile.write(TYPE, this);
  }

  @Override
  public ParameterLayout layout() {
    return networks().layout();
  }

  LatentNetworks networks() {
    return new LatentNetworks(this);
  }

  /** As PyTorch's layers start: uniform in ±1/√inputs; p(X(0)) is standard normal. */
  @Override
  public double[] initial(long seed) {
    return networks().initial(seed);
  }

  StochasticMethod solver() {
    return StochasticMethod.named(method);
  }

  /** That of the method; of Itô if it solves both. */
  Calculus calculus() {
    return solver().calculi().contains(Calculus.ITO) ? Calculus.ITO : Calculus.STRATONOVICH;
  }

  /** From 0, whatever the first time of the paths. */
  TimeGrid grid() {
    return shape.grid(stepsPerInterval);
  }

  /** The posterior's equation, solved over one grid of all samples. */
  DrivenMethod driven() {
    return solver().on(networks().posteriorField()).overOneGrid();
  }

  /** States are few numbers beside the context, so that they are kept if they must be. */
  GradientMode mode(DrivenMethod driven) {
    boolean restores =
        driven.method() instanceof ReversibleMethod reversible && reversible.bitExact();
    return gradient.equals("automatic")
        ? (restores ? GradientMode.reversible() : GradientMode.direct())
        : mode(gradient);
  }

  private static GradientMode mode(String name) {
    return switch (name) {
      case "automatic" -> GradientMode.automatic();
      case "reversible" -> GradientMode.reversible();
      case "checkpointed" -> GradientMode.checkpointed();
      case "direct" -> GradientMode.direct();
      default ->
          throw new IllegalArgumentException(
              "Latent SDE: the gradient is '%s'. Use 'automatic', 'reversible', 'checkpointed' or 'direct'."
                  .formatted(name));
    };
  }

  @Override
  public BlockWorkerFactory workers(String backend, int capacity, long seed) {
    driven(); // refuses methods of other noise here, where the model is made
    return new LatentWorkers(toJson(), backend, capacity, seed);
  }

  @Override
  public PathSampler sampler(Backend backend, int rows) {
    return PriorTile.sampler(this, backend, rows);
  }
}
