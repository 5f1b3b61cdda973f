package org.anabranch.backend.simd;

/**
 * Element-wise loops that C2 turns into vectors by itself, under the rules of {@link LineLoops}.
 */
final class ElementLoops {
  private ElementLoops() {}

  static void multiplyAdd(int n, float[] a, float[] b, float[] c, float[] out) {
    for (int j = 0; j < n; j++) {
      out[j] = Math.fma(a[j], b[j], c[j]);
    }
  }

  static void add(int n, float[] a, float[] b, float[] out) {
    for (int j = 0; j < n; j++) {
      out[j] = a[j] + b[j];
    }
  }

  static void subtract(int n, float[] a, float[] b, float[] out) {
    for (int j = 0; j < n; j++) {
      out[j] = a[j] - b[j];
    }
  }

  static void multiply(int n, float[] a, float[] b, float[] out) {
    for (int j = 0; j < n; j++) {
      out[j] = a[j] * b[j];
    }
  }

  static void divide(int n, float[] a, float[] b, float[] out) {
    for (int j = 0; j < n; j++) {
      out[j] = a[j] / b[j];
    }
  }

  static void timesTanhDerivative(int n, float[] c, float[] y, float[] out) {
    for (int j = 0; j < n; j++) {
      float v = y[j];
      float square = v * v;
      out[j] = c[j] * (1 - square);
    }
  }

  static void timesSigmoidDerivative(int n, float[] c, float[] y, float[] out) {
    for (int j = 0; j < n; j++) {
      float v = y[j];
      out[j] = c[j] * (v * (1 - v));
    }
  }

  static void scaledProduct(int n, float[] a, float[] b, float s, float[] out) {
    for (int i = 0; i < n; i++) {
      out[i] = a[i] * b[i] * s;
    }
  }

  static void addScaled(int n, float[] a, float[] b, float s, float[] out) {
    for (int j = 0; j < n; j++) {
      out[j] = a[j] + b[j] * s;
    }
  }

  static void subtractScaled(int n, float[] a, float[] b, float s, float[] out) {
    for (int j = 0; j < n; j++) {
      out[j] = a[j] - b[j] * s;
    }
  }

  static void subtractFromScaled(int n, float[] a, float[] b, float s, float[] out) {
    for (int j = 0; j < n; j++) {
      out[j] = b[j] * s - a[j];
    }
  }
}
