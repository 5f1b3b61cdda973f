package org.anabranch.model.paths;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anabranch.field.Calculus;
import org.anabranch.field.Coefficients;
import org.anabranch.field.Noise;
import org.anabranch.field.StochasticField;
import org.anabranch.graph.Shape;
import org.anabranch.graph.Value;
import org.anabranch.nn.Activation;
import org.anabranch.nn.Dense;
import org.anabranch.nn.Perceptron;

/**
 * A network that reads paths: a neural controlled differential equation (Kidger et al. 2020,
 * arXiv:2005.08926; as discriminator Kidger et al. 2021, arXiv:2105.13493, section 2.2) driven by
 * time and the path, with covariates beside the first value.
 *
 * <pre>  H(0) = ξ(Y(0), c)     dH = g(t, H) ∘ d(t, Y)     output = m H(T) + b  </pre>
 *
 * <p>Vector fields end in tanh, which bounds them; ξ does not.
 *
 * @param name before the names of its parameters
 * @param channels of a path
 * @param covariates beside it
 * @param state the width of H
 * @param hidden widths of the hidden layers of ξ and of g
 * @param outputs of the read-out
 * @param timeScale what g multiplies time by
 * @param initialScale what ξ multiplies its input by: with clamped weights a factor of the
 *     Lipschitz constant in the first value, without which ξ is all but linear
 */
public record NeuralCde(
    String name,
    int channels,
    int covariates,
    int state,
    List<Integer> hidden,
    Activation activation,
    int outputs,
    double timeScale,
    double initialScale)
    implements PathReader {
  public NeuralCde {
    hidden = List.copyOf(hidden);
  }

  /** The shapes of its parameters by name, in the order of the parameter vector. */
  public Map<String, Shape> parameters() {
    Map<String, Shape> parameters = new LinkedHashMap<>();
    parameters.putAll(initial().parameters());
    parameters.putAll(controlled().parameters());
    parameters.putAll(readout().parameters());
    return parameters;
  }

  private Perceptron initial() {
    return perceptron("initial", channels + covariates, state);
  }

  private Perceptron controlled() {
    return perceptron("field", 1 + state, state * (1 + channels));
  }

  private Dense readout() {
    return new Dense(name + ".readout", state, outputs);
  }

  private Perceptron perceptron(String part, int inputs, int width) {
    List<Integer> widths = new ArrayList<>(List.of(inputs));
    widths.addAll(hidden);
    widths.add(width);
    return new Perceptron(name + "." + part, widths, activation);
  }

  @Override
  public StochasticField field() {
    int motions = 1 + channels;
    return StochasticField.of(
        state,
        Noise.GENERAL,
        Calculus.STRATONOVICH,
        (t, h) ->
            new Coefficients(
                Value.zeros(Shape.vector(state)), TimedState.columns(control(t, h), motions)));
  }

  /** g, the column of time and those of the channels one after another. */
  Value control(Value t, Value h) {
    return controlled().apply(TimedState.of(t.times(timeScale), h)).tanh();
  }

  @Override
  public Value first(Value valueAndCovariates) {
    return initial().apply(valueAndCovariates.times(initialScale));
  }

  @Override
  public Value output(Value h) {
    return readout().apply(h);
  }
}
