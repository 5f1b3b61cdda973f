package org.anabranch.solver;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.graph.Type;
import org.jspecify.annotations.Nullable;

/** One time for all samples: the steps of a {@link TimeGrid}. */
public final class GridClock implements Clock {
  private final Buffer time;
  private final Buffer stepSize;
  private final TimeGrid grid;
  private final DrivenInputs driven;
  private final double[] starts;
  private final double[] ends;

  /** Steps that nothing drives. */
  public GridClock(Backend backend, TimeGrid grid) {
    this(backend, grid, null, 0);
  }

  /**
   * @param drive what drives the steps; null for nothing
   * @param rows of the tile
   */
  public GridClock(Backend backend, TimeGrid grid, @Nullable Drive drive, int rows) {
    this.grid = grid;
    driven = new DrivenInputs(backend, drive, rows);
    starts = new double[rows];
    ends = new double[rows];
    time = backend.buffer(Type.time(), 1);
    stepSize = backend.buffer(Type.time(), 1);
  }

  @Override
  public Map<String, Buffer> buffers() {
    Map<String, Buffer> all = new HashMap<>(driven.buffers());
    all.putAll(driven.heldBuffers());
    all.put("t", time);
    all.put("h", stepSize);
    return all;
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
    Arrays.fill(starts, grid.start());
    driven.hold(starts);
  }

  @Override
  public void toStep(int step) {
    time.fill(grid.time(step));
    stepSize.fill(grid.size(step));
    Arrays.fill(starts, grid.time(step));
    Arrays.fill(ends, grid.time(step + 1));
    driven.toStep(starts, ends);
    driven.hold(starts);
  }

  @Override
  public void toEnd() {
    time.fill(grid.end());
  }

  @Override
  public double heldTime(int row, int step) {
    return grid.time(step);
  }

  @Override
  public int pointAfter(int step) {
    return step - 1;
  }
}
