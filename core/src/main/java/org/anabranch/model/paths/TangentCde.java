package org.anabranch.model.paths;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.anabranch.field.Calculus;
import org.anabranch.field.Coefficients;
import org.anabranch.field.Noise;
import org.anabranch.field.StochasticField;
import org.anabranch.graph.Differentiation;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Shape;
import org.anabranch.graph.Substitution;
import org.anabranch.graph.Type;
import org.anabranch.graph.Value;

/**
 * The derivative of a {@link NeuralCde} by its path, along a direction U of paths, as an equation
 * of its own: it reads Y and U side by side.
 *
 * <pre>
 *   dH = g(t, H) ∘ d(t, Y)     dḢ = ((∂g/∂H) Ḣ) ∘ d(t, Y) + g(t, H) ∘ d(0, U)     output = m Ḣ(T)
 * </pre>
 *
 * <p>Solved by a method whose steps are affine in the field's values, it is the derivative of the
 * discrete solve, and reversing it gives the second derivatives by parameters and path that a
 * penalty on slopes needs: the state of the reversal is (H, Ḣ).
 */
public record TangentCde(NeuralCde network) implements PathReader {
  @Override
  public int channels() {
    return 2 * network.channels();
  }

  @Override
  public int covariates() {
    return network.covariates();
  }

  @Override
  public int state() {
    return 2 * network.state();
  }

  @Override
  public int outputs() {
    return network.outputs();
  }

  @Override
  public StochasticField field() {
    int width = network.state();
    int driven = network.channels();
    return StochasticField.of(
        2 * width,
        Noise.GENERAL,
        Calculus.STRATONOVICH,
        (t, both) -> {
          Pushed at = pushed(h -> network.control(t, h), List.of(t), both, width);
          Value byChannels = at.value().slice(width, width * driven);
          Value columns =
              Value.concatenate(
                  List.of(at.value(), byChannels.detached().times(0), at.tangent(), byChannels));
          Value upper =
              TimedState.columns(columns.slice(0, width * (1 + 2 * driven)), 1 + 2 * driven);
          Value lower =
              TimedState.columns(
                  columns.slice(width * (1 + 2 * driven), width * (1 + 2 * driven)),
                  1 + 2 * driven);
          return new Coefficients(
              Value.zeros(Shape.vector(2 * width)), Value.stacked(List.of(upper, lower)));
        });
  }

  @Override
  public Value first(Value valuesAndCovariates) {
    int channels = network.channels();
    Value given = valuesAndCovariates.slice(0, channels);
    Value direction = valuesAndCovariates.slice(channels, channels);
    if (network.covariates() > 0) {
      Value others = valuesAndCovariates.slice(2 * channels, network.covariates());
      given = Value.concatenate(List.of(given, others));
      direction = Value.concatenate(List.of(direction, others.detached().times(0)));
    }
    Value together = Value.concatenate(List.of(given, direction));
    Pushed at = pushed(network::first, List.of(), together, channels + network.covariates());
    return Value.concatenate(List.of(at.value(), at.tangent()));
  }

  @Override
  public Value output(Value both) {
    return pushed(network::output, List.of(), both, network.state()).tangent();
  }

  private record Pushed(Value value, Value tangent) {}

  /**
   * A function and its derivative.
   *
   * @param constant inputs that the function reads beside its argument
   * @param both argument and direction, side by side
   */
  private static Pushed pushed(
      UnaryOperator<Value> function, List<Value> constant, Value both, int width) {
    Value x = Value.input("x", Type.perSample(width));
    Value y = function.apply(x);
    List<Value> inputs = new ArrayList<>(constant);
    inputs.add(x);
    Graph graph = Graph.of("function", inputs, Map.of("y", y));
    Value tangent =
        Objects.requireNonNull(
            Differentiation.pushforward(graph, Map.of("x", both.slice(width, width))).get("y"));
    Substitution here = new Substitution();
    here.replace(x, both.slice(0, width));
    return new Pushed(here.apply(y), here.apply(tangent));
  }
}
