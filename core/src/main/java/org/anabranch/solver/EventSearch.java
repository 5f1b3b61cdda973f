package org.anabranch.solver;

/**
 * The search for the end of a step at which a condition is zero: false position by the Illinois
 * rule (Dowell and Jarratt 1971), with a bisection in between so that it always ends.
 */
final class EventSearch {
  /** Steps are taken again so often at most. */
  private static final int LIMIT = 120;

  final int event;
  private final double start;
  private double low;
  private double high;
  private double atLow;
  private double atHigh;
  private int tries;
  private int side;

  /**
   * @param start the time that the step starts at
   * @param end where the condition has crossed
   */
  EventSearch(int event, double start, double end, double atStart, double atEnd) {
    this.event = event;
    this.start = start;
    low = start;
    high = end;
    atLow = atStart;
    atHigh = atEnd;
  }

  /** Takes the condition at an end that has crossed. */
  void crossed(double end, double value) {
    if (side > 0) {
      atLow /= 2;
    }
    side = 1;
    high = end;
    atHigh = value;
  }

  /** Takes the condition at an end that has not. */
  void notCrossed(double end, double value) {
    if (side < 0) {
      atHigh /= 2;
    }
    side = -1;
    low = end;
    atLow = value;
  }

  /** Whether the end that crossed last is the event's time as far as times can tell. */
  boolean isFound() {
    double rounding = 4 * Math.ulp(Math.max(Math.abs(low), Math.abs(high)));
    return atHigh == 0 || Math.abs(high - low) <= rounding || tries >= LIMIT;
  }

  /** The end to try next; the one that crossed where there is none between. */
  double next() {
    tries++;
    double middle = low + (high - low) / 2;
    double guess = high - atHigh * ((high - low) / (atHigh - atLow));
    boolean inside = (guess - low) * (high - guess) > 0;
    double end = inside && tries % 4 != 0 ? guess : middle;
    return end == low || end == start ? high : end;
  }
}
