package org.anabranch.solver;

/**
 * The search for the end of a step at which a condition is zero: false position by the Illinois
 * rule (Dowell and Jarratt 1971), with a bisection in between so that it always ends.
 */
final class EventSearch {
  /** Steps are taken again so often at most. */
  private static final int LIMIT = 120;

  /** What a cubic over a large step may be wrong by, as a share of the ends' values. */
  private static final double NEAR = 0.25;

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

  /**
   * The search for another event that proves to cross before: at no end that counts as not crossed
   * has it crossed either.
   */
  EventSearch turnedTo(int other, double end, double atStart, double atEnd) {
    EventSearch search = new EventSearch(other, start, end, atStart, atEnd);
    search.low = low;
    search.tries = tries;
    return search;
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

  /**
   * Where a condition that has one sign at both ends of a step has been beyond zero between them,
   * or near it, by the cubic of its values and slopes.
   *
   * @param d0 its derivative by the fraction of the step at the start
   * @return the fraction at which it turns; 0 if it has not
   */
  static double turn(double g0, double g1, double d0, double d1) {
    double sign = Math.signum(g0);
    if (sign == 0 || Math.signum(g1) != sign || !(sign * d0 < 0 && sign * d1 > 0)) {
      return 0;
    }
    double rise = g1 - g0;
    double a = 3 * (d0 + d1 - 2 * rise);
    double b = 2 * (3 * rise - 2 * d0 - d1);
    double q = -(b + Math.copySign(Math.sqrt(Math.max(0, b * b - 4 * a * d0)), b)) / 2;
    double turn = inside(d0 / q) ? d0 / q : q / a;
    double at = g0 + turn * (d0 + turn * (b / 2 + turn * a / 3));
    double near = NEAR * Math.max(Math.abs(g0), Math.abs(g1));
    return inside(turn) && sign * at <= near ? turn : 0;
  }

  private static boolean inside(double fraction) {
    return fraction > 1e-6 && fraction < 1 - 1e-6;
  }
}
