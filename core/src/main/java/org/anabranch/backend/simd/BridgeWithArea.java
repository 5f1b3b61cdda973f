package org.anabranch.backend.simd;

/**
 * How an interval of length h = l + q, with increment W and space-time area H, is split after l
 * (Foster, Lyons and Oberhauser 2020, arXiv:1905.05156; the form of torchsde):
 *
 * <pre>
 *   W₁ = (l/h) W + (6lq/h²) H + e ξ₁     H₁ = (l/h)² H − a ξ₁ + c q ξ₂
 *   W₂ = W − W₁                          H₂ = (q/h)² H − b ξ₁ − c l ξ₂
 *   v = ½ √(lq / (l³ + q³))   a = v l²/h   b = v q²/h   c = v/√3   e = 2 (a l + b q)/h
 * </pre>
 *
 * @param share l/h
 * @param ofArea 6lq/h²
 * @param deviation e
 * @param firstShare (l/h)²
 * @param firstCommon a
 * @param firstApart c q
 * @param secondShare (q/h)²
 * @param secondCommon b
 * @param secondApart c l
 */
record BridgeWithArea(
    double share,
    double ofArea,
    double deviation,
    double firstShare,
    double firstCommon,
    double firstApart,
    double secondShare,
    double secondCommon,
    double secondApart) {

  /** In shares of h, so that no power of a length leaves the range. */
  static BridgeWithArea of(double l, double q) {
    double h = l + q;
    double x = l / h;
    double y = q / h;
    double root = Math.sqrt(h);
    double v = root / 2 * Math.sqrt(x * y / (x * x * x + y * y * y));
    double a = v * x * x;
    double b = v * y * y;
    double c = v / Math.sqrt(3);
    double e = 2 * (a * x + b * y);
    return new BridgeWithArea(x, 6 * x * y, e, x * x, a, c * y, y * y, b, c * x);
  }
}
