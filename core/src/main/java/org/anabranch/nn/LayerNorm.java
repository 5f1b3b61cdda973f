package org.anabranch.nn;

import java.util.LinkedHashMap;
import java.util.Map;
import org.anabranch.graph.Shape;
import org.anabranch.graph.Value;

/**
 * Layer normalisation (Ba, Kiros and Hinton 2016, arXiv:1607.06450) of a vector for each sample.
 *
 * <pre>  y = (x − mean)/√(variance + ε) ∘ (1 + gain) + bias </pre>
 *
 * with the variance over all components divided by their number. Parameters {@code name.gain} and
 * {@code name.bias}, vectors of the size; zeros for both leave the normalised vector as it is.
 *
 * @param epsilon above 0; usually 1e-5
 */
public record LayerNorm(String name, int size, double epsilon) implements Layer {
  public LayerNorm {
    if (!(epsilon > 0)) {
      throw new IllegalArgumentException(
          "LayerNorm %s: epsilon is %s; it must be above 0. Use 1e-5.".formatted(name, epsilon));
    }
  }

  @Override
  public Map<String, Shape> parameters() {
    Map<String, Shape> parameters = new LinkedHashMap<>();
    parameters.put(name + ".gain", Shape.vector(size));
    parameters.put(name + ".bias", Shape.vector(size));
    return parameters;
  }

  @Override
  public Value apply(Value x) {
    Value centred = x.minus(x.mean());
    Value deviation = centred.square().mean().plus(epsilon).sqrt();
    Value gain = Value.parameter(name + ".gain", Shape.vector(size)).plus(1);
    Value bias = Value.parameter(name + ".bias", Shape.vector(size));
    return centred.dividedBy(deviation).times(gain).plus(bias);
  }
}
