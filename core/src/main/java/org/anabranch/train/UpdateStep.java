package org.anabranch.train;

import java.util.Map;
import java.util.TreeMap;
import org.anabranch.graph.Value;

/** One step of an {@link Optimiser} while it is built. */
final class UpdateStep {
  private final Map<String, Value> before;
  private final Map<String, Value> after = new TreeMap<>();

  UpdateStep(Map<String, Value> before) {
    this.before = before;
  }

  Value parameters() {
    return state(Optimiser.PARAMETERS);
  }

  Value gradient() {
    return state(Optimiser.GRADIENT);
  }

  Value rate() {
    return state(Optimiser.RATE);
  }

  Value state(String name) {
    Value value = before.get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          "Optimiser: a step needs '%s', but was given %s. Give all that its state names."
              .formatted(name, before.keySet()));
    }
    return value;
  }

  /** Keeps a new state, and gives it back. */
  Value keep(String name, Value value) {
    after.put(name, value);
    return value;
  }

  /** An average that forgets: kept · old + (1 − kept) · new. */
  Value average(String name, double kept, Value value) {
    return keep(name, state(name).times(kept).plus(value.times(1 - kept)));
  }

  /** Takes a step off the parameters: what is left of the rule. */
  Map<String, Value> minus(Value step) {
    after.put(Optimiser.PARAMETERS, parameters().minus(step));
    return after;
  }
}
