package org.anabranch.nn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anabranch.graph.Shape;
import org.anabranch.graph.Value;

/**
 * Dense layers with an activation between them and none behind the last, called {@code name.0},
 * {@code name.1}, …
 *
 * @param widths of input, hidden layers and output: at least two
 */
public record Perceptron(String name, List<Integer> widths, Activation activation)
    implements Layer {
  public Perceptron {
    widths = List.copyOf(widths);
    if (widths.size() < 2) {
      throw new IllegalArgumentException(
          "Perceptron %s: widths are %s. Give at least those of input and output."
              .formatted(name, widths));
    }
  }

  private List<Dense> layers() {
    List<Dense> layers = new ArrayList<>();
    for (int i = 0; i + 1 < widths.size(); i++) {
      layers.add(new Dense(name + "." + i, widths.get(i), widths.get(i + 1)));
    }
    return layers;
  }

  @Override
  public Map<String, Shape> parameters() {
    Map<String, Shape> parameters = new LinkedHashMap<>();
    layers().forEach(layer -> parameters.putAll(layer.parameters()));
    return parameters;
  }

  @Override
  public Value apply(Value x) {
    Value hidden = x;
    List<Dense> layers = layers();
    for (int i = 0; i < layers.size(); i++) {
      hidden = layers.get(i).apply(i == 0 ? hidden : activation.apply(hidden));
    }
    return hidden;
  }
}
