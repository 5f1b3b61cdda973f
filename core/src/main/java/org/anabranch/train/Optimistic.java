package org.anabranch.train;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.anabranch.graph.Shape;
import org.anabranch.graph.Value;

/**
 * A rule that expects its last step to come again, and takes that expectation back one step later
 * (optimistic mirror descent; Daskalakis et al. 2018, arXiv:1711.00141, equation 4). Two players
 * that answer one another then come to rest where plain steps circle.
 *
 * <pre>  θ' = θ + 2 Δ − Δ of the step before     Δ what the rule adds  </pre>
 */
record Optimistic(Optimiser rule) implements RuleAround {
  private static final String LAST = "lastStep";

  @Override
  public RuleAround around(Optimiser other) {
    return new Optimistic(other);
  }

  @Override
  public Map<String, Shape> state(int size) {
    Map<String, Shape> state = new TreeMap<>(rule.state(size));
    state.put(LAST, Shape.vector(size));
    return state;
  }

  @Override
  public Map<String, Double> initialState() {
    Map<String, Double> state = new TreeMap<>(rule.initialState());
    state.put(LAST, 0.0);
    return state;
  }

  @Override
  public Map<String, Value> step(Map<String, Value> before) {
    UpdateStep step = new UpdateStep(before);
    Map<String, Value> after = new TreeMap<>(rule.step(before));
    Value moved = step.parameters();
    Value last = step.state(LAST);
    Value change = Objects.requireNonNull(after.get(PARAMETERS)).minus(moved);
    after.put(LAST, change);
    after.put(PARAMETERS, moved.plus(change.times(2)).minus(last));
    return after;
  }
}
