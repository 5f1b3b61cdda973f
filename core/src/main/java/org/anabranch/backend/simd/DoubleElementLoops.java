// Generated from ElementLoops.java by DoubleTwin, which the tests hold. Do not edit.
package org.anabranch.backend.simd;

/** {@link ElementLoops} with {@code double} for {@code float}. */
final class DoubleElementLoops {
  private DoubleElementLoops() {}

  static void multiplyAdd(int n, double[] a, double[] b, double[] c, double[] out) {
    for (int j = 0; j < n; j++) {
      out[j] = Math.fma(a[j], b[j], c[j]);
    }
  }

  static void add(int n, double[] a, double[] b, double[] out) {
    for (int j = 0; j < n; j++) {
      out[j] = a[j] + b[j];
    }
  }

  static void subtract(int n, double[] a, double[] b, double[] out) {
    for (int j = 0; j < n; j++) {
      out[j] = a[j] - b[j];
    }
  }

  static void multiply(int n, double[] a, double[] b, double[] out) {
    for (int j = 0; j < n; j++) {
      out[j] = a[j] * b[j];
    }
  }

  static void divide(int n, double[] a, double[] b, double[] out) {
    for (int j = 0; j < n; j++) {
      out[j] = a[j] / b[j];
    }
  }

  static void timesTanhDerivative(int n, double[] c, double[] y, double[] out) {
    for (int j = 0; j < n; j++) {
      double v = y[j];
      double square = v * v;
      out[j] = c[j] * (1 - square);
    }
  }

  static void timesSigmoidDerivative(int n, double[] c, double[] y, double[] out) {
    for (int j = 0; j < n; j++) {
      double v = y[j];
      out[j] = c[j] * (v * (1 - v));
    }
  }

  static void scaledProduct(int n, double[] a, double[] b, double s, double[] out) {
    for (int i = 0; i < n; i++) {
      out[i] = a[i] * b[i] * s;
    }
  }

  static void addScaled(int n, double[] a, double[] b, double s, double[] out) {
    for (int j = 0; j < n; j++) {
      out[j] = a[j] + b[j] * s;
    }
  }

  static void subtractScaled(int n, double[] a, double[] b, double s, double[] out) {
    for (int j = 0; j < n; j++) {
      out[j] = a[j] - b[j] * s;
    }
  }

  static void subtractFromScaled(int n, double[] a, double[] b, double s, double[] out) {
    for (int j = 0; j < n; j++) {
      out[j] = b[j] * s - a[j];
    }
  }
}
