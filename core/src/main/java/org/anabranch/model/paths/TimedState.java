package org.anabranch.model.paths;

import java.util.List;
import org.anabranch.graph.Shape;
import org.anabranch.graph.Value;

/** What networks inside a differential equation read and write. */
public final class TimedState {
  private TimedState() {}

  /** Time and the state, side by side. */
  public static Value of(Value time, Value state) {
    // The graph language has no broadcast of a shared value over samples: 0 of each takes its part.
    Value zero = state.slice(0, 1).detached().times(0);
    return Value.concatenate(List.of(time.broadcast(1).plus(zero), state));
  }

  /** The matrix whose columns stand one after another in a vector. */
  public static Value columns(Value all, int count) {
    int size = all.type().shape().size() / count;
    return all.reshaped(Shape.matrix(count, size)).transposed();
  }
}
