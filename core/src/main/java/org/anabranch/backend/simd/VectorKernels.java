package org.anabranch.backend.simd;

import org.anabranch.graph.BinaryFunction;
import org.anabranch.graph.UnaryFunction;
import org.jspecify.annotations.Nullable;

/**
 * The kernels on the Vector API, as many lanes at once as {@link Lanes} says. A visitor starts at
 * {@link VectorProducts}.
 */
final class VectorKernels implements Kernels {
  private final Chains chains = new VectorChains();
  private final DoubleChains doubleChains = new DoubleVectorChains();

  @Override
  public String toString() {
    return "vector, %d lanes".formatted(Lanes.COUNT);
  }

  @Override
  public void binaryVV(
      BinaryFunction f,
      int rows,
      int stride,
      float[] a,
      int ai,
      int as,
      float[] b,
      int bi,
      int bs,
      float[] out,
      int oi) {
    VectorElementwise.binaryVV(f, rows, stride, a, ai, as, b, bi, bs, out, oi);
  }

  @Override
  public void binaryVB(
      BinaryFunction f,
      int rows,
      int stride,
      float[] a,
      int ai,
      int as,
      float[] b,
      int bi,
      int bs,
      float[] out,
      int oi) {
    VectorElementwise.binaryVB(f, rows, stride, a, ai, as, b, bi, bs, out, oi);
  }

  @Override
  public void binaryBV(
      BinaryFunction f,
      int rows,
      int stride,
      float[] a,
      int ai,
      int as,
      float[] b,
      int bi,
      int bs,
      float[] out,
      int oi) {
    VectorElementwise.binaryBV(f, rows, stride, a, ai, as, b, bi, bs, out, oi);
  }

  @Override
  public void binaryVV(
      BinaryFunction f,
      int rows,
      int stride,
      double[] a,
      int ai,
      int as,
      double[] b,
      int bi,
      int bs,
      double[] out,
      int oi) {
    VectorWide.binaryVV(f, rows, stride, a, ai, as, b, bi, bs, out, oi);
  }

  @Override
  public void binaryVB(
      BinaryFunction f,
      int rows,
      int stride,
      double[] a,
      int ai,
      int as,
      double[] b,
      int bi,
      int bs,
      double[] out,
      int oi) {
    VectorWide.binaryVB(f, rows, stride, a, ai, as, b, bi, bs, out, oi);
  }

  @Override
  public void binaryBV(
      BinaryFunction f,
      int rows,
      int stride,
      double[] a,
      int ai,
      int as,
      double[] b,
      int bi,
      int bs,
      double[] out,
      int oi) {
    VectorWide.binaryBV(f, rows, stride, a, ai, as, b, bi, bs, out, oi);
  }

  @Override
  public void multiplyAddVV(
      int rows,
      int stride,
      float[] a,
      int ai,
      int as,
      float[] b,
      int bi,
      int bs,
      float[] c,
      int ci,
      int cs,
      float[] out,
      int oi) {
    VectorElementwise.multiplyAddVV(rows, stride, a, ai, as, b, bi, bs, c, ci, cs, out, oi);
  }

  @Override
  public void multiplyAddVB(
      int rows,
      int stride,
      float[] a,
      int ai,
      int as,
      float[] b,
      int bi,
      int bs,
      float[] c,
      int ci,
      int cs,
      float[] out,
      int oi) {
    VectorElementwise.multiplyAddVB(rows, stride, a, ai, as, b, bi, bs, c, ci, cs, out, oi);
  }

  @Override
  public void multiplyAddVV(
      int rows,
      int stride,
      double[] a,
      int ai,
      int as,
      double[] b,
      int bi,
      int bs,
      double[] c,
      int ci,
      int cs,
      double[] out,
      int oi) {
    VectorWide.multiplyAddVV(rows, stride, a, ai, as, b, bi, bs, c, ci, cs, out, oi);
  }

  @Override
  public void multiplyAddVB(
      int rows,
      int stride,
      double[] a,
      int ai,
      int as,
      double[] b,
      int bi,
      int bs,
      double[] c,
      int ci,
      int cs,
      double[] out,
      int oi) {
    VectorWide.multiplyAddVB(rows, stride, a, ai, as, b, bi, bs, c, ci, cs, out, oi);
  }

  @Override
  public void selectV(
      int rows,
      int stride,
      float[] mask,
      int mi,
      int ms,
      float[] a,
      int ai,
      int as,
      float[] b,
      int bi,
      int bs,
      float[] out,
      int oi) {
    VectorElementwise.selectV(rows, stride, mask, mi, ms, a, ai, as, b, bi, bs, out, oi);
  }

  @Override
  public void selectB(
      int rows,
      int stride,
      float[] mask,
      int mi,
      int ms,
      float[] a,
      int ai,
      int as,
      float[] b,
      int bi,
      int bs,
      float[] out,
      int oi) {
    VectorElementwise.selectB(rows, stride, mask, mi, ms, a, ai, as, b, bi, bs, out, oi);
  }

  @Override
  public void selectV(
      int rows,
      int stride,
      double[] mask,
      int mi,
      int ms,
      double[] a,
      int ai,
      int as,
      double[] b,
      int bi,
      int bs,
      double[] out,
      int oi) {
    VectorWide.selectV(rows, stride, mask, mi, ms, a, ai, as, b, bi, bs, out, oi);
  }

  @Override
  public void selectB(
      int rows,
      int stride,
      double[] mask,
      int mi,
      int ms,
      double[] a,
      int ai,
      int as,
      double[] b,
      int bi,
      int bs,
      double[] out,
      int oi) {
    VectorWide.selectB(rows, stride, mask, mi, ms, a, ai, as, b, bi, bs, out, oi);
  }

  @Override
  public void unary(UnaryFunction f, int count, float[] x, int xi, float[] out, int oi) {
    VectorActivation.unary(f, count, x, xi, out, oi);
  }

  @Override
  public void unary(UnaryFunction f, int count, double[] x, int xi, double[] out, int oi) {
    VectorDoubleActivation.unary(f, count, x, xi, out, oi);
  }

  @Override
  public void broadcast(int rows, int stride, float[] a, int ai, int as, float[] out, int oi) {
    SampleLoops.broadcast(rows, stride, a, ai, as, out, oi);
  }

  @Override
  public void broadcast(int rows, int stride, double[] a, int ai, int as, double[] out, int oi) {
    DoubleSampleLoops.broadcast(rows, stride, a, ai, as, out, oi);
  }

  @Override
  public BridgeLoops bridges() {
    return new VectorBridge();
  }

  @Override
  public FixedPointLoops fixedPoint() {
    return new VectorFixedPoint();
  }

  @Override
  public void drain(int count, float[] sum, int si, double[] total, int ti) {
    VectorWide.drain(count, sum, si, total, ti);
  }

  @Override
  public void widen(int count, float[] x, int xi, double[] out, int oi) {
    VectorWide.widen(count, x, xi, out, oi);
  }

  @Override
  public void narrow(int count, double[] x, int xi, float[] out, int oi) {
    VectorWide.narrow(count, x, xi, out, oi);
  }

  @Override
  public void roundToGrid(int count, double[] x, int xi, double magic, double[] out, int oi) {
    VectorWide.roundToGrid(count, x, xi, magic, out, oi);
  }

  @Override
  public void addRounded(
      int rows,
      int stride,
      double[] z,
      int zi,
      int zs,
      double[] s,
      int si,
      int ss,
      double[] v,
      int vi,
      int vs,
      double magic,
      double[] out,
      int oi) {
    VectorWide.addRounded(1, rows, stride, z, zi, zs, s, si, ss, v, vi, vs, magic, out, oi);
  }

  @Override
  public void subtractRounded(
      int rows,
      int stride,
      double[] z,
      int zi,
      int zs,
      double[] s,
      int si,
      int ss,
      double[] v,
      int vi,
      int vs,
      double magic,
      double[] out,
      int oi) {
    VectorWide.addRounded(-1, rows, stride, z, zi, zs, s, si, ss, v, vi, vs, magic, out, oi);
  }

  @Override
  public void pack(float[] w, int wi, int n, int k, boolean transposed, float[] packed, int pi) {
    VectorProducts.pack(w, wi, n, k, transposed, packed, pi);
  }

  @Override
  public void product(
      int rows,
      int depth,
      int outputs,
      float[] a,
      int ai,
      int as,
      float[] packed,
      int pi,
      float @Nullable [] bias,
      int bi,
      float[] out,
      int oi) {
    VectorProducts.product(rows, depth, outputs, a, ai, as, packed, pi, bias, bi, out, oi);
  }

  @Override
  public void rowProduct(
      RowProductSum layout,
      int rows,
      float[] c,
      int ci,
      int cs,
      float[] x,
      int xi,
      int xs,
      float[] sum,
      int si) {
    VectorProducts.rowProduct(layout, rows, c, ci, cs, x, xi, xs, sum, si);
  }

  @Override
  public void rowSum(int rows, int width, float[] x, int xi, float[] sum, int si) {
    VectorProducts.rowSum(rows, width, x, xi, sum, si);
  }

  @Override
  public void pack(double[] w, int wi, int n, int k, boolean transposed, double[] packed, int pi) {
    DoubleVectorProducts.pack(w, wi, n, k, transposed, packed, pi);
  }

  @Override
  public void product(
      int rows,
      int depth,
      int outputs,
      double[] a,
      int ai,
      int as,
      double[] packed,
      int pi,
      double @Nullable [] bias,
      int bi,
      double[] out,
      int oi) {
    DoubleVectorProducts.product(rows, depth, outputs, a, ai, as, packed, pi, bias, bi, out, oi);
  }

  @Override
  public void rowProduct(
      RowProductSum layout,
      int rows,
      double[] c,
      int ci,
      int cs,
      double[] x,
      int xi,
      int xs,
      double[] sum,
      int si) {
    DoubleVectorProducts.rowProduct(layout, rows, c, ci, cs, x, xi, xs, sum, si);
  }

  @Override
  public void rowSum(int rows, int width, double[] x, int xi, double[] sum, int si) {
    DoubleVectorProducts.rowSum(rows, width, x, xi, sum, si);
  }

  @Override
  public void subtractFromRounded(
      int count,
      float[] x,
      int xi,
      float s,
      double[] v,
      int vi,
      double magic,
      double[] out,
      int oi) {
    VectorWide.subtractFromRounded(count, x, xi, s, v, vi, magic, out, oi);
  }

  @Override
  public void subtractFromRounded(
      int count,
      double[] x,
      int xi,
      double s,
      double[] v,
      int vi,
      double magic,
      double[] out,
      int oi) {
    VectorWide.subtractFromRounded(count, x, xi, s, v, vi, magic, out, oi);
  }

  @Override
  public Chains chains() {
    return chains;
  }

  @Override
  public DoubleChains doubleChains() {
    return doubleChains;
  }

  @Override
  public void normals(
      long seed,
      int stream,
      int step,
      int rows,
      int components,
      int stride,
      long[] samples,
      int si,
      NormalScratch scratch,
      float[] out,
      int oi) {
    VectorNormals.normals(
        seed, stream, step, rows, components, stride, samples, si, scratch, out, oi);
  }

  @Override
  public void batchProduct(
      boolean transposed,
      int samples,
      int n,
      int k,
      float[] a,
      int ai,
      int as,
      float[] x,
      int xi,
      int xs,
      float[] out,
      int oi,
      int os) {
    if (transposed) {
      VectorMatrixLoops.transposedProduct(samples, n, k, a, ai, as, x, xi, xs, out, oi, os);
    } else {
      MatrixLoops.product(samples, n, k, a, ai, as, x, xi, xs, out, oi, os);
    }
  }

  @Override
  public void outerProduct(
      int samples,
      int n,
      int k,
      float[] a,
      int ai,
      int as,
      float[] b,
      int bi,
      int bs,
      float[] out,
      int oi,
      int os) {
    VectorMatrixLoops.outerProduct(samples, n, k, a, ai, as, b, bi, bs, out, oi, os);
  }

  @Override
  public void batchProduct(
      boolean transposed,
      int samples,
      int n,
      int k,
      double[] a,
      int ai,
      int as,
      double[] x,
      int xi,
      int xs,
      double[] out,
      int oi,
      int os) {
    if (transposed) {
      DoubleVectorMatrixLoops.transposedProduct(samples, n, k, a, ai, as, x, xi, xs, out, oi, os);
    } else {
      DoubleMatrixLoops.product(samples, n, k, a, ai, as, x, xi, xs, out, oi, os);
    }
  }

  @Override
  public void outerProduct(
      int samples,
      int n,
      int k,
      double[] a,
      int ai,
      int as,
      double[] b,
      int bi,
      int bs,
      double[] out,
      int oi,
      int os) {
    DoubleVectorMatrixLoops.outerProduct(samples, n, k, a, ai, as, b, bi, bs, out, oi, os);
  }
}
