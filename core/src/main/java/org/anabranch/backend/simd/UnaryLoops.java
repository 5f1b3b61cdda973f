package org.anabranch.backend.simd;

/**
 * Functions of one float32 number in loops that C2 turns into vectors by itself, under the rules of
 * {@link LineLoops}. The other functions compare, or look at a number's bits, of which C2 of JDK 17
 * makes no vectors.
 */
final class UnaryLoops {
  private UnaryLoops() {}

  static void negate(int n, float[] x, float[] out) {
    for (int j = 0; j < n; j++) {
      out[j] = -x[j];
    }
  }

  static void absolute(int n, float[] x, float[] out) {
    for (int j = 0; j < n; j++) {
      out[j] = Math.abs(x[j]);
    }
  }

  static void squareRoot(int n, float[] x, float[] out) {
    for (int j = 0; j < n; j++) {
      out[j] = (float) Math.sqrt(x[j]);
    }
  }

  static void reciprocal(int n, float[] x, float[] out) {
    for (int j = 0; j < n; j++) {
      out[j] = 1 / x[j];
    }
  }

  static void square(int n, float[] x, float[] out) {
    for (int j = 0; j < n; j++) {
      out[j] = x[j] * x[j];
    }
  }

  /** Of −0 and 0 the larger is 0, as {@link Activation} has it. */
  static void relu(int n, float[] x, float[] out) {
    for (int j = 0; j < n; j++) {
      out[j] = Math.max(x[j], 0);
    }
  }

  static void tanh(int n, float[] x, float[] out) {
    for (int j = 0; j < n; j++) {
      out[j] = Activation.tanh(x[j]);
    }
  }
}
