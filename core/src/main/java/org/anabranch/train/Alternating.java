package org.anabranch.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.anabranch.graph.Shape;
import org.anabranch.graph.Value;

/**
 * A rule that two parts of the parameters follow in turn, as the two networks of an adversarial
 * training do: in the last step of a cycle the late ones move, in the others the rest. What does
 * not move keeps its state too, so that each part has the steps of its own.
 *
 * @param cycle steps until it begins again, at least 1
 * @param late the parameters that move in the last step of a cycle alone, ascending
 * @param apart whether the rest stands still in that step
 */
record Alternating(Optimiser rule, int cycle, List<Span> late, boolean apart)
    implements RuleAround {
  Alternating {
    late = List.copyOf(late);
    if (cycle < 1 || (apart && cycle < 2)) {
      throw new IllegalArgumentException(
          "Alternating: a cycle of %d steps. Use at least %d.".formatted(cycle, apart ? 2 : 1));
    }
  }

  @Override
  public RuleAround around(Optimiser other) {
    return new Alternating(other, cycle, late, apart);
  }

  @Override
  public Optimiser within(int from, int size) {
    return new Alternating(rule.within(from, size), cycle, Span.inside(late, from, size), apart);
  }

  /** Numbers of all parameters become one of each, since the parts count for themselves. */
  @Override
  public Map<String, Shape> state(int size) {
    Map<String, Shape> state = new LinkedHashMap<>();
    rule.state(size).forEach((name, shape) -> state.put(name, Shape.vector(size)));
    return state;
  }

  @Override
  public Map<String, Value> step(Map<String, Value> before) {
    UpdateStep step = new UpdateStep(before);
    Map<String, Value> after = new TreeMap<>();
    Value moves = moves(step);
    rule.step(before)
        .forEach((name, value) -> after.put(name, moves.select(value, step.state(name))));
    return after;
  }

  /** 1 where parameters move in this step, 0 where they stand still. */
  private Value moves(UpdateStep step) {
    int size = step.parameters().type().shape().size();
    Value last = step.state(TURN).greaterOrEqual(step.state(TURN).times(0).plus(cycle - 1));
    Value others = apart ? last.negated().plus(1) : last.times(0).plus(1);
    Value isLate = Span.mask(late, size);
    return isLate.times(last).plus(isLate.negated().plus(1).times(others));
  }
}
