package org.anabranch.spark.job;

/**
 * An interval of numbers.
 *
 * @param openLow whether {@code low} itself is outside
 */
record Bounds(double low, boolean openLow, double high, boolean openHigh) {
  static Bounds any() {
    return new Bounds(Double.NEGATIVE_INFINITY, true, Double.POSITIVE_INFINITY, true);
  }

  static Bounds atLeast(double low) {
    return new Bounds(low, false, Double.POSITIVE_INFINITY, true);
  }

  static Bounds above(double low) {
    return new Bounds(low, true, Double.POSITIVE_INFINITY, true);
  }

  static Bounds between(double low, double high) {
    return new Bounds(low, false, high, false);
  }

  Bounds withoutLow() {
    return new Bounds(low, true, high, openHigh);
  }

  Bounds withoutHigh() {
    return new Bounds(low, openLow, high, true);
  }

  boolean contain(double value) {
    return (openLow ? value > low : value >= low) && (openHigh ? value < high : value <= high);
  }

  /** "at least 1", "above 0.5 and at most 1"; empty for all numbers. */
  @Override
  public String toString() {
    String from = Double.isInfinite(low) ? "" : (openLow ? "above " : "at least ") + number(low);
    String to = Double.isInfinite(high) ? "" : (openHigh ? "below " : "at most ") + number(high);
    return from.isEmpty() || to.isEmpty() ? from + to : from + " and " + to;
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
