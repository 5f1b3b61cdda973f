package org.anabranch.backend.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.anabranch.graph.UnaryFunction;

/** {@link Chains} in lanes. One loop a method, as {@link VectorElementwise} says. */
final class VectorChains implements Chains {
  private static final VectorSpecies<Float> S = Lanes.FLOATS;
  private static final int L = S.length();

  @Override
  public void timesDerivative(
      UnaryFunction f, int count, float[] c, int ci, float[] y, int yi, float[] out, int oi) {
    switch (f) {
      case TANH -> timesTanhDerivative(count, c, ci, y, yi, out, oi);
      case SIGMOID -> timesSigmoidDerivative(count, c, ci, y, yi, out, oi);
      default -> throw new AssertionError("no chain for the derivative of " + f);
    }
  }

  private static void timesTanhDerivative(
      int n, float[] c, int ci, float[] y, int yi, float[] out, int oi) {
    FloatVector one = FloatVector.broadcast(S, 1);
    for (int i = 0; i < n; i += L) {
      FloatVector v = FloatVector.fromArray(S, y, yi + i);
      FloatVector derivative = one.sub(v.mul(v));
      FloatVector.fromArray(S, c, ci + i).mul(derivative).intoArray(out, oi + i);
    }
  }

  private static void timesSigmoidDerivative(
      int n, float[] c, int ci, float[] y, int yi, float[] out, int oi) {
    FloatVector one = FloatVector.broadcast(S, 1);
    for (int i = 0; i < n; i += L) {
      FloatVector v = FloatVector.fromArray(S, y, yi + i);
      FloatVector derivative = v.mul(one.sub(v));
      FloatVector.fromArray(S, c, ci + i).mul(derivative).intoArray(out, oi + i);
    }
  }

  @Override
  public void timesSwishDerivative(
      int count,
      float[] c,
      int ci,
      float scale,
      float[] x,
      int xi,
      float[] s,
      int si,
      float[] out,
      int oi) {
    FloatVector one = FloatVector.broadcast(S, 1);
    FloatVector scales = FloatVector.broadcast(S, scale);
    for (int i = 0; i < count; i += L) {
      FloatVector sigmoid = FloatVector.fromArray(S, s, si + i);
      FloatVector cotangent = FloatVector.fromArray(S, c, ci + i).mul(scales);
      FloatVector rest = cotangent.mul(FloatVector.fromArray(S, x, xi + i));
      FloatVector derivative = sigmoid.mul(one.sub(sigmoid));
      cotangent.mul(sigmoid).add(rest.mul(derivative)).intoArray(out, oi + i);
    }
  }

  @Override
  public void scaledProduct(
      int count, float[] a, int ai, float[] b, int bi, float s, float[] out, int oi) {
    FloatVector scale = FloatVector.broadcast(S, s);
    for (int i = 0; i < count; i += L) {
      FloatVector product =
          FloatVector.fromArray(S, a, ai + i).mul(FloatVector.fromArray(S, b, bi + i));
      product.mul(scale).intoArray(out, oi + i);
    }
  }

  @Override
  public void addScaled(
      int count, float[] a, int ai, float[] b, int bi, float s, float[] out, int oi) {
    FloatVector scale = FloatVector.broadcast(S, s);
    for (int i = 0; i < count; i += L) {
      FloatVector scaled = FloatVector.fromArray(S, b, bi + i).mul(scale);
      FloatVector.fromArray(S, a, ai + i).add(scaled).intoArray(out, oi + i);
    }
  }

  @Override
  public void subtractScaled(
      int count, float[] a, int ai, float[] b, int bi, float s, float[] out, int oi) {
    FloatVector scale = FloatVector.broadcast(S, s);
    for (int i = 0; i < count; i += L) {
      FloatVector scaled = FloatVector.fromArray(S, b, bi + i).mul(scale);
      FloatVector.fromArray(S, a, ai + i).sub(scaled).intoArray(out, oi + i);
    }
  }

  @Override
  public void subtractFromScaled(
      int count, float[] a, int ai, float[] b, int bi, float s, float[] out, int oi) {
    FloatVector scale = FloatVector.broadcast(S, s);
    for (int i = 0; i < count; i += L) {
      FloatVector scaled = FloatVector.fromArray(S, b, bi + i).mul(scale);
      scaled.sub(FloatVector.fromArray(S, a, ai + i)).intoArray(out, oi + i);
    }
  }
}
