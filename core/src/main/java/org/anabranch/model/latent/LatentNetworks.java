package org.anabranch.model.latent;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anabranch.field.Calculus;
import org.anabranch.field.Coefficients;
import org.anabranch.field.Noise;
import org.anabranch.field.StochasticField;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.graph.Shape;
import org.anabranch.graph.Type;
import org.anabranch.graph.Value;
import org.anabranch.model.paths.NeuralCde;
import org.anabranch.model.paths.TimedState;
import org.anabranch.nn.Activation;
import org.anabranch.nn.Dense;
import org.anabranch.nn.GruCell;
import org.anabranch.nn.Initialiser;
import org.anabranch.nn.Perceptron;

/** The expressions of a latent SDE. */
final class LatentNetworks {
  static final String CONTEXT = "context";
  static final String COVARIATES = "covariates";

  private static final String PRIOR_MEAN = "prior.start.mean";
  private static final String PRIOR_LOG_DEVIATION = "prior.start.log-deviation";
  private static final String DIFFUSION = "diffusion";
  private static final String GRU = "encoder.gru";

  private final LatentSde model;
  private final int state;
  private final int covariates;

  LatentNetworks(LatentSde model) {
    this.model = model;
    state = model.equation().state();
    covariates = model.shape().covariates().size();
  }

  /** The mean and the log-deviation of a normal distribution with independent components. */
  record Normal(Value mean, Value logDeviation) {
    /** A number of it from one of the standard normal distribution. */
    Value at(Value standard) {
      return mean.plus(logDeviation.exp().times(standard));
    }

    /** KL(this ‖ other), a number for each sample. */
    Value divergence(Normal other) {
      Value gap = mean.minus(other.mean);
      Value squares = logDeviation.times(2).exp().plus(gap.square());
      Value scaled = squares.times(other.logDeviation.times(-2).exp()).times(0.5);
      return scaled.plus(other.logDeviation.minus(logDeviation)).minus(0.5).sum();
    }
  }

  ParameterLayout layout() {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    shapes.putAll(encoder());
    shapes.putAll(start().parameters());
    shapes.putAll(posterior().parameters());
    shapes.putAll(prior().parameters());
    shapes.put(DIFFUSION + ".0.weight", units());
    shapes.put(DIFFUSION + ".0.bias", units());
    shapes.put(DIFFUSION + ".1.weight", units());
    shapes.put(DIFFUSION + ".1.bias", Shape.vector(state));
    shapes.putAll(projector().parameters());
    if (covariates == 0) {
      shapes.put(PRIOR_MEAN, Shape.vector(state));
      shapes.put(PRIOR_LOG_DEVIATION, Shape.vector(state));
    } else {
      shapes.putAll(priorStart().parameters());
    }
    return ParameterLayout.of(shapes);
  }

  private Map<String, Shape> encoder() {
    if (model.encoder().kind() == EncoderSettings.Kind.CDE) {
      return cde().parameters();
    }
    Map<String, Shape> shapes = new LinkedHashMap<>(cell().parameters());
    shapes.putAll(readout().parameters());
    return shapes;
  }

  /** As PyTorch's layers start: uniform in ±1/√inputs, of the recurrent unit in ±1/√state. */
  double[] initial(long seed) {
    ParameterLayout layout = layout();
    double[] values = Initialiser.uniform(layout, seed);
    int inputs = 1;
    for (ParameterLayout.View view : layout.views()) {
      inputs = view.shape().rank() == 2 ? view.shape().columns() : inputs;
      double factor = Math.sqrt(inputs) * bound(view.name(), inputs);
      for (int i = view.offset(); i < view.offset() + view.size(); i++) {
        values[i] *= factor;
      }
    }
    return values;
  }

  private double bound(String tensor, int inputs) {
    if (tensor.startsWith("prior.start")) {
      return 0;
    }
    if (tensor.startsWith(GRU)) {
      return 1 / Math.sqrt(model.encoder().state());
    }
    if (tensor.startsWith(DIFFUSION)) {
      return tensor.startsWith(DIFFUSION + ".0") ? 1 : 1 / Math.sqrt(model.equation().diffusion());
    }
    return 1 / Math.sqrt(inputs);
  }

  private Shape units() {
    return Shape.matrix(state, model.equation().diffusion());
  }

  private Perceptron perceptron(String name, int inputs) {
    List<Integer> widths = new ArrayList<>();
    widths.add(inputs + covariates + (model.equation().timed() ? 1 : 0));
    widths.addAll(model.equation().hidden());
    widths.add(state);
    return new Perceptron(name, widths, Activation.SOFTPLUS);
  }

  private Perceptron posterior() {
    return perceptron("posterior", state + model.encoder().context());
  }

  private Perceptron prior() {
    return perceptron("prior", state);
  }

  private Dense projector() {
    return new Dense("projector", state, model.shape().width());
  }

  private Dense start() {
    return new Dense("start", model.encoder().context() + covariates, 2 * state);
  }

  private Dense priorStart() {
    return new Dense("prior.start", covariates, 2 * state);
  }

  /** The numbers of a time that the encoder reads, without covariates. */
  private int channels() {
    return model.shape().width() * (model.encoder().masked() ? 2 : 1);
  }

  /** The recurrent unit of the encoder. */
  GruCell cell() {
    return new GruCell(GRU, channels() + covariates, model.encoder().state());
  }

  /** The controlled equation that is the encoder, read out as the context. */
  NeuralCde cde() {
    return new NeuralCde(
        "encoder.cde",
        channels(),
        covariates,
        model.encoder().state(),
        model.encoder().hidden(),
        Activation.LIP_SWISH,
        model.encoder().context(),
        1 / model.grid().end(),
        1);
  }

  /** What the encoder says in a state. */
  Dense readout() {
    return new Dense("encoder.context", model.encoder().state(), model.encoder().context());
  }

  /** What the encoder reads of an {@link Observations#at observation}. */
  Value seen(Value observation) {
    int width = model.shape().width();
    if (model.encoder().masked()) {
      return observation;
    }
    Value values = observation.slice(0, width);
    return covariates == 0
        ? values
        : Value.concatenate(List.of(values, observation.slice(2 * width, covariates)));
  }

  /** q(X(0)) from the context at the first time. */
  Normal posteriorStart(Value context) {
    return normal(start().apply(with(context)));
  }

  /** p(X(0)). */
  Normal priorStartOf() {
    return covariates == 0
        ? new Normal(
            Value.parameter(PRIOR_MEAN, Shape.vector(state)),
            Value.parameter(PRIOR_LOG_DEVIATION, Shape.vector(state)))
        : normal(priorStart().apply(covariates()));
  }

  private Normal normal(Value both) {
    return new Normal(both.slice(0, state), both.slice(state, state));
  }

  /** The input that the covariates are, if there are any. */
  Optional<Value> covariateInput() {
    return covariates == 0 ? Optional.empty() : Optional.of(covariates());
  }

  private Value covariates() {
    return Value.input(COVARIATES, Type.perSample(covariates));
  }

  private Value with(Value value) {
    return covariates == 0 ? value : Value.concatenate(List.of(value, covariates()));
  }

  private Value input(Value t, Value x) {
    return with(model.equation().timed() ? TimedState.of(t.times(1 / model.grid().end()), x) : x);
  }

  /** The posterior's equation, with the divergence of its paths from the prior's. */
  StochasticField posteriorField() {
    Value context = Value.input(CONTEXT, Type.perSample(model.encoder().context()));
    List<Value> read = new ArrayList<>(List.of(context));
    covariateInput().ifPresent(read::add);
    return StochasticField.of(
            state,
            read,
            Noise.DIAGONAL,
            model.calculus(),
            (t, x) ->
                new Coefficients(
                    posterior().apply(input(t, Value.concatenate(List.of(x, context)))),
                    diffusion(x)))
        .withPathDivergence((t, x) -> prior().apply(input(t, x)));
  }

  /** The prior's equation. */
  StochasticField priorField() {
    Calculus calculus = model.calculus();
    return StochasticField.of(
        state,
        covariateInput().stream().toList(),
        Noise.DIAGONAL,
        calculus,
        (t, x) -> new Coefficients(prior().apply(input(t, x)), diffusion(x)));
  }

  /** A network of its own for each component. */
  private Value diffusion(Value x) {
    Value hidden =
        x.repeatedColumns(model.equation().diffusion())
            .times(Value.parameter(DIFFUSION + ".0.weight", units()))
            .plus(Value.parameter(DIFFUSION + ".0.bias", units()))
            .softplus();
    return hidden
        .times(Value.parameter(DIFFUSION + ".1.weight", units()))
        .rowSums()
        .plus(Value.parameter(DIFFUSION + ".1.bias", Shape.vector(state)))
        .sigmoid();
  }

  /** The projection of a state to the data. */
  Value projected(Value x) {
    return projector().apply(x);
  }

  /** −log N(observation; projection of x, deviation²) of the values that are there. */
  Value misfit(Value x, Value observation) {
    int width = model.shape().width();
    double deviation = model.objective().deviation();
    Value present = observation.slice(width, width);
    Value gap = observation.slice(0, width).minus(projected(x)).dividedBy(deviation);
    double constant = Math.log(deviation) + Math.log(2 * Math.PI) / 2;
    return gap.square().times(0.5).plus(constant).times(present).sum();
  }
}
