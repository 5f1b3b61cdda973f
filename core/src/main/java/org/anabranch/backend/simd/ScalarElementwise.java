package org.anabranch.backend.simd;

import org.anabranch.graph.BinaryFunction;
import org.anabranch.graph.UnaryFunction;

/**
 * Element-wise float32 loops without lanes of our own: what {@link VectorElementwise} must repeat
 * to the last bit. Operands have a step from component to component: 1, or 0 for a broadcast
 * number.
 */
final class ScalarElementwise {
  private ScalarElementwise() {}

  static float apply(BinaryFunction f, float x, float y) {
    return switch (f) {
      case ADD -> x + y;
      case SUBTRACT -> x - y;
      case MULTIPLY -> x * y;
      case DIVIDE -> x / y;
      case MINIMUM -> minimum(x, y);
      case MAXIMUM -> maximum(x, y);
      case LESS -> x < y ? 1 : 0;
      case LESS_OR_EQUAL -> x <= y ? 1 : 0;
      case EQUAL -> x == y ? 1 : 0;
      case POWER -> Power.of(x, y);
    };
  }

  static float minimum(float x, float y) {
    float smaller = x < y ? x : y;
    return Float.isNaN(x) ? x : smaller;
  }

  static float maximum(float x, float y) {
    float larger = x > y ? x : y;
    return Float.isNaN(x) ? x : larger;
  }

  static void binary(
      BinaryFunction f,
      int rows,
      int stride,
      float[] a,
      int ai,
      int as,
      int ac,
      float[] b,
      int bi,
      int bs,
      int bc,
      float[] out,
      int oi) {
    Lines lines = Lines.ofThread();
    int together = Lines.rows(stride);
    for (int row = 0; row < rows; row += together) {
      int rowsHere = Math.min(together, rows - row);
      for (int c = 0; c < stride; c += Lines.LENGTH) {
        int width = Math.min(Lines.LENGTH, stride - c);
        int n = rowsHere * width;
        Lines.gather(rowsHere, width, a, ai + row * as + c * ac, as, ac, lines.x);
        Lines.gather(rowsHere, width, b, bi + row * bs + c * bc, bs, bc, lines.y);
        binary(f, n, lines.x, lines.y, lines.result);
        System.arraycopy(lines.result, 0, out, oi + row * stride + c, n);
      }
    }
  }

  private static void binary(BinaryFunction f, int n, float[] x, float[] y, float[] out) {
    switch (f) {
      case ADD -> ElementLoops.add(n, x, y, out);
      case SUBTRACT -> ElementLoops.subtract(n, x, y, out);
      case MULTIPLY -> ElementLoops.multiply(n, x, y, out);
      case DIVIDE -> ElementLoops.divide(n, x, y, out);
      case MINIMUM, MAXIMUM, LESS, LESS_OR_EQUAL, EQUAL, POWER -> {
        for (int j = 0; j < n; j++) {
          out[j] = apply(f, x[j], y[j]);
        }
      }
    }
  }

  static void unary(UnaryFunction f, int count, float[] x, int xi, float[] out, int oi) {
    Lines lines = Lines.ofThread();
    for (int c = 0; c < count; c += Lines.LENGTH) {
      int n = Math.min(Lines.LENGTH, count - c);
      System.arraycopy(x, xi + c, lines.x, 0, n);
      unary(f, n, lines.x, lines.result);
      System.arraycopy(lines.result, 0, out, oi + c, n);
    }
  }

  private static void unary(UnaryFunction f, int n, float[] x, float[] out) {
    switch (f) {
      case NEGATE -> UnaryLoops.negate(n, x, out);
      case ABSOLUTE -> UnaryLoops.absolute(n, x, out);
      case SQRT -> UnaryLoops.squareRoot(n, x, out);
      case RECIPROCAL -> UnaryLoops.reciprocal(n, x, out);
      case SQUARE -> UnaryLoops.square(n, x, out);
      case TANH -> UnaryLoops.tanh(n, x, out);
      case RELU -> UnaryLoops.relu(n, x, out);
      case EXP, LOG, SIGMOID, SOFTPLUS, STEP, SIN, COS, EXPM1, ERF -> {
        for (int j = 0; j < n; j++) {
          out[j] = Activation.apply(f, x[j]);
        }
      }
    }
  }

  static void multiplyAdd(
      int rows,
      int stride,
      float[] a,
      int ai,
      int as,
      float[] b,
      int bi,
      int bs,
      int bc,
      float[] c,
      int ci,
      int cs,
      float[] out,
      int oi) {
    Lines lines = Lines.ofThread();
    int together = Lines.rows(stride);
    for (int row = 0; row < rows; row += together) {
      int rowsHere = Math.min(together, rows - row);
      for (int k = 0; k < stride; k += Lines.LENGTH) {
        int width = Math.min(Lines.LENGTH, stride - k);
        int n = rowsHere * width;
        Lines.gather(rowsHere, width, a, ai + row * as + k, as, 1, lines.x);
        Lines.gather(rowsHere, width, b, bi + row * bs + k * bc, bs, bc, lines.y);
        Lines.gather(rowsHere, width, c, ci + row * cs + k, cs, 1, lines.z);
        ElementLoops.multiplyAdd(n, lines.x, lines.y, lines.z, lines.result);
        System.arraycopy(lines.result, 0, out, oi + row * stride + k, n);
      }
    }
  }

  static void select(
      int rows,
      int stride,
      float[] mask,
      int mi,
      int ms,
      int mc,
      float[] a,
      int ai,
      int as,
      float[] b,
      int bi,
      int bs,
      float[] out,
      int oi) {
    for (int row = 0; row < rows; row++) {
      for (int c = 0; c < stride; c++) {
        out[oi + row * stride + c] =
            mask[mi + row * ms + c * mc] != 0 ? a[ai + row * as + c] : b[bi + row * bs + c];
      }
    }
  }
}
