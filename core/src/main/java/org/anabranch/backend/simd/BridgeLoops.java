package org.anabranch.backend.simd;

/**
 * Loops of Brownian bridges, in float64 with noise in float32. Every implementation gives the same
 * bits: products and sums are rounded one by one. Arrays have {@link Kernels#padded} lengths, those
 * of noise {@link Kernels#PADDING} numbers more, which are read and not used.
 */
interface BridgeLoops {
  /** out = factor · noise. */
  void scale(int count, double factor, float[] noise, double[] out);

  /**
   * Splits intervals:
   *
   * <pre>  first = share · whole + deviation · noise      second = whole − first  </pre>
   *
   * @param second may be {@code whole}
   */
  void split(
      int count,
      double share,
      double deviation,
      float[] noise,
      double[] whole,
      double[] first,
      double[] second);

  /**
   * Splits intervals with their space-time areas, by the equations of {@link BridgeWithArea}.
   *
   * @param noise ξ₁
   * @param areaNoise ξ₂
   * @param secondW may be {@code w}
   * @param secondH may be {@code h}
   */
  void split(
      int count,
      BridgeWithArea bridge,
      float[] noise,
      float[] areaNoise,
      double[] w,
      double[] h,
      double[] firstW,
      double[] firstH,
      double[] secondW,
      double[] secondH);
}
