package org.anabranch.solver;

/**
 * Equal steps from a start to an end, which may lie before the start. Times are float64, the end is
 * hit exactly, and a step's size is the difference of its two times.
 */
public record TimeGrid(double start, double end, int steps) implements Stepping {
  public TimeGrid {
    if (steps < 1) {
      throw new IllegalArgumentException("TimeGrid: steps is %d. Use at least 1.".formatted(steps));
    }
    if (!Double.isFinite(start) || !Double.isFinite(end)) {
      throw new IllegalArgumentException(
          "TimeGrid: it goes from %s to %s. Both must be finite.".formatted(start, end));
    }
  }

  /** As few equal steps as none is larger than a size, a rounding aside. */
  static TimeGrid ofSize(double start, double end, double largest) {
    double count = Math.ceil(Math.abs(end - start) / Math.abs(largest) - 1e-9);
    return new TimeGrid(start, end, (int) Math.max(1, Math.min(count, Integer.MAX_VALUE)));
  }

  /** The time after {@code step} steps. */
  public double time(int step) {
    return step == steps ? end : start + step * ((end - start) / steps);
  }

  /** The size of the step that starts at {@code time(step)}; negative when going back in time. */
  public double size(int step) {
    return time(step + 1) - time(step);
  }
}
