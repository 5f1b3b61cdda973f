package org.anabranch.backend.simd;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** {@link BridgeLoops} in lanes. */
final class VectorBridge implements BridgeLoops {
  private static final VectorSpecies<Double> S = Lanes.WIDE;
  private static final VectorSpecies<Float> NARROW = Lanes.FLOATS;
  private static final int L = S.length();

  @Override
  public void scale(int count, double factor, float[] noise, double[] out) {
    DoubleVector f = DoubleVector.broadcast(S, factor);
    for (int c = 0; c < count; c += L) {
      widened(noise, c).mul(f).intoArray(out, c);
    }
  }

  @Override
  public void split(
      int count,
      double share,
      double deviation,
      float[] noise,
      double[] whole,
      double[] first,
      double[] second) {
    DoubleVector s = DoubleVector.broadcast(S, share);
    DoubleVector d = DoubleVector.broadcast(S, deviation);
    for (int c = 0; c < count; c += L) {
      DoubleVector w = DoubleVector.fromArray(S, whole, c);
      DoubleVector part = w.mul(s).add(widened(noise, c).mul(d));
      part.intoArray(first, c);
      w.sub(part).intoArray(second, c);
    }
  }

  @Override
  public void split(
      int count,
      BridgeWithArea bridge,
      float[] noise,
      float[] areaNoise,
      double[] w,
      double[] h,
      double[] firstW,
      double[] firstH,
      double[] secondW,
      double[] secondH) {
    increments(count, bridge, noise, w, h, firstW, secondW);
    areas(count, bridge, noise, areaNoise, h, firstH, secondH);
  }

  private static void increments(
      int count,
      BridgeWithArea bridge,
      float[] noise,
      double[] w,
      double[] h,
      double[] first,
      double[] second) {
    DoubleVector s = DoubleVector.broadcast(S, bridge.share());
    DoubleVector o = DoubleVector.broadcast(S, bridge.ofArea());
    DoubleVector d = DoubleVector.broadcast(S, bridge.deviation());
    for (int c = 0; c < count; c += L) {
      DoubleVector all = DoubleVector.fromArray(S, w, c);
      DoubleVector area = DoubleVector.fromArray(S, h, c);
      DoubleVector part = all.mul(s).add(area.mul(o)).add(widened(noise, c).mul(d));
      part.intoArray(first, c);
      all.sub(part).intoArray(second, c);
    }
  }

  private static void areas(
      int count,
      BridgeWithArea bridge,
      float[] noise,
      float[] areaNoise,
      double[] h,
      double[] first,
      double[] second) {
    DoubleVector s1 = DoubleVector.broadcast(S, bridge.firstShare());
    DoubleVector a = DoubleVector.broadcast(S, bridge.firstCommon());
    DoubleVector cq = DoubleVector.broadcast(S, bridge.firstApart());
    DoubleVector s2 = DoubleVector.broadcast(S, bridge.secondShare());
    DoubleVector b = DoubleVector.broadcast(S, bridge.secondCommon());
    DoubleVector cl = DoubleVector.broadcast(S, bridge.secondApart());
    for (int c = 0; c < count; c += L) {
      DoubleVector area = DoubleVector.fromArray(S, h, c);
      DoubleVector x1 = widened(noise, c);
      DoubleVector x2 = widened(areaNoise, c);
      area.mul(s1).sub(x1.mul(a)).add(x2.mul(cq)).intoArray(first, c);
      area.mul(s2).sub(x1.mul(b)).sub(x2.mul(cl)).intoArray(second, c);
    }
  }

  /** The first half of the lanes read: half a vector is not to be had. */
  private static DoubleVector widened(float[] x, int at) {
    FloatVector v = FloatVector.fromArray(NARROW, x, at);
    return (DoubleVector) v.convertShape(VectorOperators.F2D, S, 0);
  }
}
