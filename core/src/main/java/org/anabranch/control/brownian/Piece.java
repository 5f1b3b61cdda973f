package org.anabranch.control.brownian;

import java.util.Arrays;
import org.anabranch.backend.simd.BrownianLanes.Numbers;

/** The increment and the space-time area of some motions over an interval. */
final class Piece {
  final Numbers numbers;
  final double[] w;
  final double[] h;
  double length;

  Piece(int motions) {
    this(new Numbers(new double[motions], new double[motions]));
  }

  /** Works in what it is given, where areas may be missing. */
  Piece(Numbers numbers) {
    this.numbers = numbers;
    w = numbers.w();
    h = numbers.h();
  }

  void clear() {
    Arrays.fill(w, 0);
    Arrays.fill(h, 0);
    length = 0;
  }

  void copyFrom(Piece other) {
    System.arraycopy(other.w, 0, w, 0, w.length);
    System.arraycopy(other.h, 0, h, 0, h.length);
    length = other.length;
  }

  /**
   * Takes the interval after this one, of length q where this one's is l:
   *
   * <pre>  W = W₁ + W₂      H = (q (H₂ + W₁/2) + l (H₁ − W₂/2)) / (l + q)  </pre>
   */
  void join(Piece next) {
    double all = length + next.length;
    for (int i = 0; i < h.length; i++) {
      double after = next.length * (next.h[i] + w[i] / 2);
      double before = length * (h[i] - next.w[i] / 2);
      h[i] = (after + before) / all;
    }
    for (int i = 0; i < w.length; i++) {
      w[i] += next.w[i];
    }
    length = all;
  }

  /** The same interval from its end to its start. */
  void turn() {
    for (int i = 0; i < w.length; i++) {
      w[i] = -w[i];
    }
  }

  /** What its numbers take. */
  long bytes() {
    return (long) Double.BYTES * (w.length + h.length);
  }
}
