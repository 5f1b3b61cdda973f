package org.anabranch.solver;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.graph.Type;
import org.jspecify.annotations.Nullable;

/** One time for all samples: the points of a {@link TimeGrid}, for a {@link PointMethod}. */
public final class PointClock implements Clock {
  private final TimeGrid grid;
  private final Buffer time;
  private final Buffer before;
  private final Buffer after;

  private final DrivenInputs drivenBefore;
  private final DrivenInputs drivenAfter;
  private final double[] from;
  private final double[] to;

  /** The point that what drives is held of; −1 for none. */
  private int held = -1;

  /**
   * @param rows of the tile
   */
  PointClock(Backend backend, TimeGrid grid, @Nullable Drive drive, int rows) {
    this.grid = grid;
    time = backend.buffer(Type.time(), 1);
    before = backend.buffer(Type.time(), 1);
    after = backend.buffer(Type.time(), 1);
    from = new double[rows];
    to = new double[rows];
    drivenBefore = new DrivenInputs(backend, drive, rows);
    drivenAfter = new DrivenInputs(backend, drive, rows);
  }

  @Override
  public Map<String, Buffer> buffers() {
    Map<String, Buffer> all = new HashMap<>(drivenBefore.buffers());
    all.putAll(drivenAfter.heldBuffers());
    drivenAfter.buffers().forEach((name, buffer) -> all.put(PointMethod.next(name), buffer));
    all.put("t", time);
    all.put("h", before);
    all.put(PointMethod.NEXT_SIZE, after);
    return all;
  }

  @Override
  public int steps() {
    return grid.steps() + 1;
  }

  @Override
  public int steps(int row) {
    return steps();
  }

  /** The time of the point that the last of so many steps lies at. */
  @Override
  public double time(int row, int step) {
    return grid.time(Math.max(0, step - 1));
  }

  @Override
  public void toStart() {
    time.fill(grid.start());
    Arrays.fill(from, grid.start());
    drivenAfter.hold(from);
    held = -1; // a new solve, perhaps of other samples
  }

  @Override
  public void toStep(int step) {
    time.fill(grid.time(step));
    before.fill(step == 0 ? 0 : grid.size(step - 1));
    after.fill(step == grid.steps() ? 0 : grid.size(step));
    if (step == held + 1 && held >= 0) {
      drivenBefore.copyFrom(drivenAfter);
      supply(step, drivenAfter);
    } else if (step == held - 1) { // on the way back: what was before the point after it
      drivenAfter.copyFrom(drivenBefore);
      supply(step - 1, drivenBefore);
    } else {
      supply(step - 1, drivenBefore);
      supply(step, drivenAfter);
    }
    held = step;
    Arrays.fill(from, grid.time(step));
    drivenAfter.hold(from);
  }

  @Override
  public List<String> readAs(Set<String> inputs) {
    List<String> names = new ArrayList<>(inputs);
    inputs.forEach(input -> names.add(PointMethod.next(input)));
    return names;
  }

  @Override
  public @Nullable Driven driven(int row, int step, String read) {
    boolean after = PointMethod.isNext(read);
    int interval = after ? step : step - 1;
    return interval < 0 || interval == grid.steps()
        ? null
        : new Driven(
            after ? PointMethod.input(read) : read, grid.time(interval), grid.time(interval + 1));
  }

  @Override
  public double heldTime(int row, int step) {
    return grid.time(step);
  }

  private void supply(int interval, DrivenInputs target) {
    if (interval < 0 || interval == grid.steps()) {
      target.clear();
      return;
    }
    Arrays.fill(from, grid.time(interval));
    Arrays.fill(to, grid.time(interval + 1));
    target.toStep(from, to);
  }

  @Override
  public void toEnd() {
    time.fill(grid.end());
  }

  @Override
  public int pointAfter(int step) {
    return step - 2;
  }
}
