// Generated from VectorChains.java by DoubleTwin, which the tests hold. Do not edit.
package org.anabranch.backend.simd;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;
import org.anabranch.graph.UnaryFunction;

/** {@link VectorChains} with {@code double} for {@code float}. */
final class DoubleVectorChains implements DoubleChains {
  private static final VectorSpecies<Double> S = Lanes.WIDE;
  private static final int L = S.length();

  @Override
  public void timesDerivative(
      UnaryFunction f, int count, double[] c, int ci, double[] y, int yi, double[] out, int oi) {
    switch (f) {
      case TANH -> timesTanhDerivative(count, c, ci, y, yi, out, oi);
      case SIGMOID -> timesSigmoidDerivative(count, c, ci, y, yi, out, oi);
      default -> throw new AssertionError("no chain for the derivative of " + f);
    }
  }

  private static void timesTanhDerivative(
      int n, double[] c, int ci, double[] y, int yi, double[] out, int oi) {
    DoubleVector one = DoubleVector.broadcast(S, 1);
    for (int i = 0; i < n; i += L) {
      DoubleVector v = DoubleVector.fromArray(S, y, yi + i);
      DoubleVector derivative = one.sub(v.mul(v));
      DoubleVector.fromArray(S, c, ci + i).mul(derivative).intoArray(out, oi + i);
    }
  }

  private static void timesSigmoidDerivative(
      int n, double[] c, int ci, double[] y, int yi, double[] out, int oi) {
    DoubleVector one = DoubleVector.broadcast(S, 1);
    for (int i = 0; i < n; i += L) {
      DoubleVector v = DoubleVector.fromArray(S, y, yi + i);
      DoubleVector derivative = v.mul(one.sub(v));
      DoubleVector.fromArray(S, c, ci + i).mul(derivative).intoArray(out, oi + i);
    }
  }

  @Override
  public void timesSwishDerivative(
      int count,
      double[] c,
      int ci,
      double scale,
      double[] x,
      int xi,
      double[] s,
      int si,
      double[] out,
      int oi) {
    DoubleVector one = DoubleVector.broadcast(S, 1);
    DoubleVector scales = DoubleVector.broadcast(S, scale);
    for (int i = 0; i < count; i += L) {
      DoubleVector sigmoid = DoubleVector.fromArray(S, s, si + i);
      DoubleVector cotangent = DoubleVector.fromArray(S, c, ci + i).mul(scales);
      DoubleVector rest = cotangent.mul(DoubleVector.fromArray(S, x, xi + i));
      DoubleVector derivative = sigmoid.mul(one.sub(sigmoid));
      cotangent.mul(sigmoid).add(rest.mul(derivative)).intoArray(out, oi + i);
    }
  }

  @Override
  public void scaledProduct(
      int count, double[] a, int ai, double[] b, int bi, double s, double[] out, int oi) {
    DoubleVector scale = DoubleVector.broadcast(S, s);
    for (int i = 0; i < count; i += L) {
      DoubleVector product =
          DoubleVector.fromArray(S, a, ai + i).mul(DoubleVector.fromArray(S, b, bi + i));
      product.mul(scale).intoArray(out, oi + i);
    }
  }

  @Override
  public void addScaled(
      int count, double[] a, int ai, double[] b, int bi, double s, double[] out, int oi) {
    DoubleVector scale = DoubleVector.broadcast(S, s);
    for (int i = 0; i < count; i += L) {
      DoubleVector scaled = DoubleVector.fromArray(S, b, bi + i).mul(scale);
      DoubleVector.fromArray(S, a, ai + i).add(scaled).intoArray(out, oi + i);
    }
  }

  @Override
  public void subtractScaled(
      int count, double[] a, int ai, double[] b, int bi, double s, double[] out, int oi) {
    DoubleVector scale = DoubleVector.broadcast(S, s);
    for (int i = 0; i < count; i += L) {
      DoubleVector scaled = DoubleVector.fromArray(S, b, bi + i).mul(scale);
      DoubleVector.fromArray(S, a, ai + i).sub(scaled).intoArray(out, oi + i);
    }
  }

  @Override
  public void subtractFromScaled(
      int count, double[] a, int ai, double[] b, int bi, double s, double[] out, int oi) {
    DoubleVector scale = DoubleVector.broadcast(S, s);
    for (int i = 0; i < count; i += L) {
      DoubleVector scaled = DoubleVector.fromArray(S, b, bi + i).mul(scale);
      scaled.sub(DoubleVector.fromArray(S, a, ai + i)).intoArray(out, oi + i);
    }
  }
}
