package org.anabranch.backend.simd;

/**
 * Sums of lines with factors, which is what products are: three sums at a time and three terms a
 * pass, by loops that C2 makes vectors of.
 */
final class LineSums {
  private LineSums() {}

  /** sum[i, 0 … width) += Σ a[i, p] · b[p, 0 … width) by fma in the order of p. */
  static void add(
      int sums,
      int depth,
      int width,
      float[] a,
      int ai,
      int as,
      int ap,
      float[] b,
      int bi,
      int bs,
      float[] sum,
      int si,
      int ss) {
    Lines lines = Lines.ofThread();
    int start = lines.start.next();
    long begun = System.nanoTime();
    for (int done = 0; done < depth; done += Lines.DEPTH) {
      int terms = Math.min(Lines.DEPTH, depth - done);
      for (int p = 0; p < terms; p++) {
        System.arraycopy(b, bi + (done + p) * bs, lines.operands[p], start, width);
      }
      int at = ai + done * ap;
      int i = 0;
      for (; i + 3 <= sums; i += 3) {
        int s = si + i * ss;
        System.arraycopy(sum, s, lines.first, start, width);
        System.arraycopy(sum, s + ss, lines.second, start, width);
        System.arraycopy(sum, s + 2 * ss, lines.third, start, width);
        addToThree(lines, start, terms, width, a, at + i * as, as, ap);
        System.arraycopy(lines.first, start, sum, s, width);
        System.arraycopy(lines.second, start, sum, s + ss, width);
        System.arraycopy(lines.third, start, sum, s + 2 * ss, width);
      }
      for (; i < sums; i++) {
        System.arraycopy(sum, si + i * ss, lines.first, start, width);
        addToOne(lines, start, terms, width, a, at + i * as, ap);
        System.arraycopy(lines.first, start, sum, si + i * ss, width);
      }
    }
    lines.start.took(System.nanoTime() - begun, (long) sums * depth * width);
  }

  private static void addToThree(
      Lines lines, int start, int terms, int width, float[] a, int first, int as, int step) {
    float[][] w = lines.operands;
    int x = first;
    int y = x + as;
    int z = y + as;
    int p = 0;
    for (; p + 3 <= terms; p += 3) {
      LineLoops.threeStepsOfThree(
          start - 1,
          start + width,
          lines.first,
          a[x],
          a[x + step],
          a[x + 2 * step],
          lines.second,
          a[y],
          a[y + step],
          a[y + 2 * step],
          lines.third,
          a[z],
          a[z + step],
          a[z + 2 * step],
          w[p],
          w[p + 1],
          w[p + 2]);
      x += 3 * step;
      y += 3 * step;
      z += 3 * step;
    }
    for (; p < terms; p++) {
      LineLoops.oneStepOfThree(
          start - 1, start + width, lines.first, a[x], lines.second, a[y], lines.third, a[z], w[p]);
      x += step;
      y += step;
      z += step;
    }
  }

  private static void addToOne(
      Lines lines, int start, int terms, int width, float[] a, int x, int step) {
    float[][] w = lines.operands;
    int p = 0;
    for (; p + 3 <= terms; p += 3) {
      LineLoops.threeSteps(
          start - 1,
          start + width,
          lines.first,
          a[x + p * step],
          a[x + (p + 1) * step],
          a[x + (p + 2) * step],
          w[p],
          w[p + 1],
          w[p + 2]);
    }
    for (; p < terms; p++) {
      LineLoops.oneStep(start - 1, start + width, lines.first, a[x + p * step], w[p]);
    }
  }
}
