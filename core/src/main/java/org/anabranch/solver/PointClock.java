package org.anabranch.solver;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.graph.Type;
import org.jspecify.annotations.Nullable;

/** One time for all samples: the points of a {@link TimeGrid}, for a {@link PointMethod}. */
public final class PointClock implements Clock {
  private final TimeGrid grid;
  private final @Nullable Drive drive;
  private final Buffer time;
  private final Buffer before;
  private final Buffer after;

  /** What drives the interval before a point, and the one after it, by the drive's names. */
  private final Map<String, Buffer> drivenBefore = new LinkedHashMap<>();

  private final Map<String, Buffer> drivenAfter = new LinkedHashMap<>();
  private final int[] samples;
  private final double[] from;
  private final double[] to;

  /** The interval that {@link #drivenAfter} is of; −1 for none. */
  private int held = -1;

  /**
   * @param rows of the tile
   */
  PointClock(Backend backend, TimeGrid grid, @Nullable Drive drive, int rows) {
    this.grid = grid;
    this.drive = drive;
    time = backend.buffer(Type.time(), 1);
    before = backend.buffer(Type.time(), 1);
    after = backend.buffer(Type.time(), 1);
    samples = IntStream.range(0, rows).toArray();
    from = new double[rows];
    to = new double[rows];
    if (drive != null) {
      drive
          .inputs()
          .forEach(
              (name, type) -> {
                drivenBefore.put(name, backend.buffer(type, rows));
                drivenAfter.put(name, backend.buffer(type, rows));
              });
    }
  }

  @Override
  public Map<String, Buffer> buffers() {
    Map<String, Buffer> all = new HashMap<>(drivenBefore);
    drivenAfter.forEach((name, buffer) -> all.put(PointMethod.next(name), buffer));
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
    held = -1; // a new solve, perhaps of other samples
  }

  @Override
  public void toStep(int step) {
    time.fill(grid.time(step));
    before.fill(step == 0 ? 0 : grid.size(step - 1));
    after.fill(step == grid.steps() ? 0 : grid.size(step));
    if (drive == null) {
      return;
    }
    if (held == step - 1 && held >= 0) {
      copy(drivenAfter, drivenBefore);
      supply(drive, step, drivenAfter);
    } else if (held == step + 1) { // on the way back: what was before the point after it
      copy(drivenBefore, drivenAfter);
      supply(drive, step - 1, drivenBefore);
    } else {
      supply(drive, step - 1, drivenBefore);
      supply(drive, step, drivenAfter);
    }
    held = step;
  }

  private static void copy(Map<String, Buffer> from, Map<String, Buffer> to) {
    to.forEach((name, buffer) -> buffer.copyFrom(Objects.requireNonNull(from.get(name), name)));
  }

  private void supply(Drive by, int interval, Map<String, Buffer> target) {
    if (interval < 0 || interval == grid.steps()) {
      target.values().forEach(buffer -> buffer.fill(0));
      return;
    }
    Arrays.fill(from, grid.time(interval));
    Arrays.fill(to, grid.time(interval + 1));
    by.supply(samples, from, to, target);
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
