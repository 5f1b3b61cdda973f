package org.anabranch.solver;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.graph.Type;
import org.jspecify.annotations.Nullable;

/**
 * Each sample's own times, step by step from their starts: see {@link OwnTimes}. A sample whose
 * steps are used up rests at its start time, with a step of size 0 or with its first one.
 */
public final class OwnClock implements Clock {
  private final StepTimes times;
  private final Buffer time;
  private final Buffer stepSize;
  private final Buffer active;
  private final DrivenInputs driven;
  private final double[] starts;
  private final double[] ends;
  private final double[] sizes;
  private final double[] mask;
  private boolean restsOnFirstStep;

  /** A clock that stands still until it is told what to {@link #follow}. */
  public OwnClock(Backend backend, int rows) {
    this(backend, new StepTimes(rows), null);
  }

  /** A clock of times that a solve finds. */
  public OwnClock(Backend backend, StepTimes times) {
    this(backend, times, null);
  }

  /**
   * @param times found by a solve, or to be followed
   * @param drive what drives the steps; null for nothing
   */
  OwnClock(Backend backend, StepTimes times, @Nullable Drive drive) {
    this.times = times;
    int rows = times.rows();
    driven = new DrivenInputs(backend, drive, rows);
    ends = new double[rows];
    time = backend.buffer(OwnTimes.time(), rows);
    stepSize = backend.buffer(OwnTimes.time(), rows);
    active = backend.buffer(Type.perSampleScalar(), rows);
    starts = new double[rows];
    sizes = new double[rows];
    mask = new double[rows];
  }

  /** Makes the clock go over spans in equal steps of at most a size. */
  public void follow(Spans spans, double largest) {
    times.follow(spans, largest);
  }

  /**
   * Lets resting samples have the size of their first step, so that with the state at their start
   * what they compute again is what they once computed: a method may divide by the size.
   */
  public void restOnFirstStep() {
    restsOnFirstStep = true;
  }

  public StepTimes times() {
    return times;
  }

  @Override
  public Map<String, Buffer> buffers() {
    Map<String, Buffer> all = new HashMap<>(driven.buffers());
    all.putAll(driven.heldBuffers());
    all.putAll(Map.of("t", time, "h", stepSize, OwnTimes.ACTIVE, active));
    return all;
  }

  @Override
  public int steps() {
    return times.steps();
  }

  @Override
  public int steps(int row) {
    return times.steps(row);
  }

  @Override
  public double time(int row, int step) {
    return times.time(row, step);
  }

  @Override
  public void toStart() {
    for (int row = 0; row < starts.length; row++) {
      starts[row] = times.time(row, 0);
    }
    time.set(starts);
    driven.hold(starts);
  }

  @Override
  public void toStep(int step) {
    for (int row = 0; row < starts.length; row++) {
      boolean steps = step < times.steps(row);
      starts[row] = times.time(row, steps ? step : 0);
      sizes[row] = steps ? times.time(row, step + 1) - starts[row] : restingSize(row);
      mask[row] = steps ? 1 : 0;
      ends[row] = steps ? times.time(row, step + 1) : starts[row];
    }
    time.set(starts);
    stepSize.set(sizes);
    active.set(mask);
    driven.toStep(starts, ends);
    driven.hold(starts);
  }

  /** Lets every sample step from a time by a size. */
  void toTry(double start, double size) {
    Arrays.fill(starts, start);
    Arrays.fill(sizes, size);
    Arrays.fill(ends, start + size);
    Arrays.fill(mask, 1);
    time.set(starts);
    stepSize.set(sizes);
    active.set(mask);
    driven.toStep(starts, ends);
  }

  private double restingSize(int row) {
    if (!restsOnFirstStep) {
      return 0;
    }
    double start = times.time(row, 0);
    boolean none = times.steps(row) == 0;
    return none ? 1e-9 * Math.max(1, Math.abs(start)) : times.time(row, 1) - start;
  }

  @Override
  public void toEnd() {
    for (int row = 0; row < starts.length; row++) {
      starts[row] = times.time(row, times.steps(row));
    }
    time.set(starts);
  }

  @Override
  public double heldTime(int row, int step) {
    return times.time(row, step < times.steps(row) ? step : 0);
  }

  @Override
  public int pointAfter(int step) {
    throw new IllegalStateException("each sample has points of its own");
  }
}
