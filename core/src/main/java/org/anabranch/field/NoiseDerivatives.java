package org.anabranch.field;

import static org.anabranch.field.StochasticField.DIFFUSION;
import static org.anabranch.field.StochasticField.STATE;
import static org.anabranch.field.StochasticField.get;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.anabranch.graph.Differentiation;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Value;

/** Derivatives of a field's diffusion along itself, exact, by forward products. */
final class NoiseDerivatives {
  static final String OUTPUT = "derivative";

  private NoiseDerivatives() {}

  /**
   * Σⱼ (∂σⱼ/∂y) σⱼ: of separate noise one product, otherwise one for each Brownian motion.
   *
   * @return the field's inputs to {@link #OUTPUT}
   */
  static Graph along(StochasticField field) {
    List<Value> inputs = List.copyOf(field.graph().inputs().values());
    return Graph.of(field.graph().name() + ".self", inputs, Map.of(OUTPUT, sum(field)));
  }

  private static Value sum(StochasticField field) {
    Value sigma = field.diffusion();
    if (field.isSeparate()) {
      return field.padded(derivative(field, field.padded(sigma)));
    }
    List<Value> terms = new ArrayList<>();
    for (int j = 0; j < field.noiseDimension(); j++) {
      Value unit = unit(j, field.noiseDimension());
      Value term = derivative(field, field.applied(sigma, unit));
      terms.add(field.applied(term, unit));
    }
    return terms.stream().reduce(Value::plus).orElseThrow();
  }

  /** (∂σ/∂y) d, of the diffusion's shape. */
  private static Value derivative(StochasticField field, Value direction) {
    return get(Differentiation.pushforward(field.graph(), Map.of(STATE, direction)), DIFFUSION);
  }

  /** (∂(σ w)/∂y) σ w: one product. */
  static Graph along(StochasticField field, Value w) {
    List<Value> inputs = new ArrayList<>(field.graph().inputs().values());
    inputs.add(w);
    Value direction = field.applied(field.diffusion(), w);
    Value product = field.applied(derivative(field, direction), w);
    return Graph.of(field.graph().name() + ".along", inputs, Map.of(OUTPUT, product));
  }

  private static Value unit(int index, int size) {
    List<Double> numbers = new ArrayList<>(Collections.nCopies(size, 0.0));
    numbers.set(index, 1.0);
    return Value.constant(numbers);
  }
}
