package org.anabranch.control.brownian;

import org.anabranch.random.Stream;

/** What motions that can be asked over any interval of a span demand, in one wording. */
final class Asking {
  private Asking() {}

  static void requireSpan(String motion, double start, double end, int motions) {
    if (!(end > start) || !Double.isFinite(end - start)) {
      throw new IllegalArgumentException(
          "%s: the span goes from %s to %s. It must have a finite end after its start."
              .formatted(motion, start, end));
    }
    if (motions < 1) {
      throw new IllegalArgumentException(
          "%s: %d motions. Use at least 1.".formatted(motion, motions));
    }
  }

  static void requireAreas(String motion, boolean has) {
    if (!has) {
      throw new IllegalArgumentException(
          "%s: it was made without areas. Make it with areas, or use a method that reads dW alone."
              .formatted(motion));
    }
  }

  static IllegalArgumentException outside(String motion, double time, double start, double end) {
    return new IllegalArgumentException(
        "%s: %s is not within its span, from %s to %s. Ask within, or make it for a longer span."
            .formatted(motion, time, start, end));
  }

  /** Whether all samples ask for the same. */
  static boolean isOneInterval(double[] from, double[] to) {
    for (int row = 1; row < from.length; row++) {
      if (from[row] != from[0] || to[row] != to[0]) {
        return false;
      }
    }
    return from.length > 0;
  }

  /** Of what is drawn. */
  static int[] streams(boolean withAreas) {
    return withAreas
        ? new int[] {Stream.BROWNIAN.id(), Stream.BROWNIAN_AREA.id()}
        : new int[] {Stream.BROWNIAN.id()};
  }
}
