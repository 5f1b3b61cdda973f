package org.anabranch.solver;

import java.util.Map;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.graph.Type;

/** One time for all samples: the steps of a {@link TimeGrid}. */
public final class GridClock implements Clock {
  private final Buffer time;
  private final Buffer stepSize;
  private final TimeGrid grid;

  public GridClock(Backend backend, TimeGrid grid) {
    this.grid = grid;
    time = backend.buffer(Type.time(), 1);
    stepSize = backend.buffer(Type.time(), 1);
  }

  @Override
  public Map<String, Buffer> buffers() {
    return Map.of("t", time, "h", stepSize);
  }

  @Override
  public int steps() {
    return grid.steps();
  }

  @Override
  public int steps(int row) {
    return grid.steps();
  }

  @Override
  public double time(int row, int step) {
    return grid.time(step);
  }

  @Override
  public void toStart() {
    time.fill(grid.start());
  }

  @Override
  public void toStep(int step) {
    time.fill(grid.time(step));
    stepSize.fill(grid.size(step));
  }

  @Override
  public void toEnd() {
    time.fill(grid.end());
  }
}
