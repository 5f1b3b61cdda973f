package org.anabranch.solver;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anabranch.field.Field;
import org.anabranch.field.StochasticField;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Type;
import org.anabranch.graph.Value;

/**
 * What a method reads of the Brownian motion over a step. Each is an input of its graphs, a vector
 * for each sample with a number for each Brownian motion.
 */
public enum BrownianNeed {
  /** {@link #INCREMENT_NAME}, W(t + h) − W(t): normal with variance h. */
  INCREMENT,
  /**
   * That and {@link #AREA_NAME}, the space-time Lévy area, which is independent of it and normal
   * with variance h/12:
   *
   * <pre>  H = (1/h) ∫ (W(t + τ) − W(t) − (τ/h) (W(t + h) − W(t))) dτ  </pre>
   *
   * <p>Of the motion run backwards it is the same.
   */
  SPACE_TIME_AREA;

  /** The input that is the increment. */
  public static final String INCREMENT_NAME = "dW";

  /** The input that is the space-time Lévy area. */
  public static final String AREA_NAME = "dH";

  /** The names of the inputs. */
  public List<String> inputs() {
    return this == INCREMENT ? List.of(INCREMENT_NAME) : List.of(INCREMENT_NAME, AREA_NAME);
  }

  /** One of the inputs for a field. */
  static Value input(String name, StochasticField field) {
    return Value.input(name, Type.perSample(field.noiseDimension()));
  }

  /**
   * A field's drift as an ordinary field, with these inputs in its context: whoever binds context
   * to the graphs of steps binds the noise with it.
   *
   * @throws IllegalArgumentException if the field has context of one of the names
   */
  Field with(StochasticField field) {
    Map<String, Value> all = new LinkedHashMap<>(field.graph().inputs());
    for (String name : inputs()) {
      if (all.put(name, input(name, field)) != null) {
        throw new IllegalArgumentException(
            "Field %s: its context has an input '%s', which is the noise's name. Give it another."
                .formatted(field.graph().name(), name));
      }
    }
    List<Value> inputs = new ArrayList<>(all.values());
    return new Field(Graph.of(field.graph().name(), inputs, field.graph().outputs()));
  }
}
