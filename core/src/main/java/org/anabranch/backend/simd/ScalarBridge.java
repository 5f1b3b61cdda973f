package org.anabranch.backend.simd;

/** {@link BridgeLoops} number by number. */
final class ScalarBridge implements BridgeLoops {
  @Override
  public void scale(int count, double factor, float[] noise, double[] out) {
    for (int i = 0; i < count; i++) {
      out[i] = factor * noise[i];
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
    for (int i = 0; i < count; i++) {
      double w = whole[i];
      double part = share * w + deviation * noise[i];
      first[i] = part;
      second[i] = w - part;
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
    for (int i = 0; i < count; i++) {
      double x1 = noise[i];
      double x2 = areaNoise[i];
      double all = w[i];
      double area = h[i];
      double part = bridge.share() * all + bridge.ofArea() * area + bridge.deviation() * x1;
      firstW[i] = part;
      secondW[i] = all - part;
      firstH[i] = bridge.firstShare() * area - bridge.firstCommon() * x1 + bridge.firstApart() * x2;
      secondH[i] =
          bridge.secondShare() * area - bridge.secondCommon() * x1 - bridge.secondApart() * x2;
    }
  }
}
