package org.anabranch.nn;

import java.util.LinkedHashMap;
import java.util.Map;
import org.anabranch.graph.Shape;
import org.anabranch.graph.Value;

/**
 * Wx + b, with W [outputs × inputs] called {@code name.weight} and b [outputs] called {@code
 * name.bias}.
 */
public record Dense(String name, int inputs, int outputs) implements Layer {
  @Override
  public Map<String, Shape> parameters() {
    Map<String, Shape> parameters = new LinkedHashMap<>();
    parameters.put(name + ".weight", weight());
    parameters.put(name + ".bias", bias());
    return parameters;
  }

  @Override
  public Value apply(Value x) {
    Value w = Value.parameter(name + ".weight", weight());
    return w.appliedTo(x).plus(Value.parameter(name + ".bias", bias()));
  }

  private Shape weight() {
    return Shape.matrix(outputs, inputs);
  }

  private Shape bias() {
    return Shape.vector(outputs);
  }
}
