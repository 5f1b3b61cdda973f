package org.anabranch.backend.simd;

import org.anabranch.graph.BinaryFunction;
import org.anabranch.graph.UnaryFunction;
import org.jspecify.annotations.Nullable;

/**
 * The kernels in plain Java: for a virtual machine without the Vector API or without its optimising
 * compiler, and the oracle of every vector kernel.
 */
final class ScalarKernels implements Kernels {
  private final Chains chains = new ScalarChains();
  private final DoubleChains doubleChains = new DoubleScalarChains();

  @Override
  public String toString() {
    return "scalar";
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
    ScalarElementwise.binary(f, rows, stride, a, ai, as, 1, b, bi, bs, 1, out, oi);
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
    ScalarElementwise.binary(f, rows, stride, a, ai, as, 1, b, bi, bs, 0, out, oi);
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
    ScalarElementwise.binary(f, rows, stride, a, ai, as, 0, b, bi, bs, 1, out, oi);
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
    ScalarWide.binary(f, rows, stride, a, ai, as, 1, b, bi, bs, 1, out, oi);
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
    ScalarWide.binary(f, rows, stride, a, ai, as, 1, b, bi, bs, 0, out, oi);
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
    ScalarWide.binary(f, rows, stride, a, ai, as, 0, b, bi, bs, 1, out, oi);
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
    ScalarElementwise.multiplyAdd(rows, stride, a, ai, as, b, bi, bs, 1, c, ci, cs, out, oi);
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
    ScalarElementwise.multiplyAdd(rows, stride, a, ai, as, b, bi, bs, 0, c, ci, cs, out, oi);
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
    ScalarWide.multiplyAdd(rows, stride, a, ai, as, b, bi, bs, 1, c, ci, cs, out, oi);
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
    ScalarWide.multiplyAdd(rows, stride, a, ai, as, b, bi, bs, 0, c, ci, cs, out, oi);
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
    ScalarElementwise.select(rows, stride, mask, mi, ms, 1, a, ai, as, b, bi, bs, out, oi);
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
    ScalarElementwise.select(rows, stride, mask, mi, ms, 0, a, ai, as, b, bi, bs, out, oi);
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
    ScalarWide.select(rows, stride, mask, mi, ms, 1, a, ai, as, b, bi, bs, out, oi);
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
    ScalarWide.select(rows, stride, mask, mi, ms, 0, a, ai, as, b, bi, bs, out, oi);
  }

  @Override
  public void unary(UnaryFunction f, int count, float[] x, int xi, float[] out, int oi) {
    ScalarElementwise.unary(f, count, x, xi, out, oi);
  }

  @Override
  public void unary(UnaryFunction f, int count, double[] x, int xi, double[] out, int oi) {
    for (int c = 0; c < count; c++) {
      out[oi + c] = DoubleActivation.apply(f, x[xi + c]);
    }
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
    return new ScalarBridge();
  }

  @Override
  public FixedPointLoops fixedPoint() {
    return new ScalarFixedPoint();
  }

  @Override
  public void drain(int count, float[] sum, int si, double[] total, int ti) {
    SampleLoops.drain(count, sum, si, 1, total, ti);
  }

  @Override
  public void widen(int count, float[] x, int xi, double[] out, int oi) {
    ScalarWide.widen(count, x, xi, out, oi);
  }

  @Override
  public void narrow(int count, double[] x, int xi, float[] out, int oi) {
    ScalarWide.narrow(count, x, xi, out, oi);
  }

  @Override
  public void roundToGrid(int count, double[] x, int xi, double magic, double[] out, int oi) {
    ScalarWide.roundToGrid(count, x, xi, magic, out, oi);
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
    ScalarWide.addRounded(1, rows, stride, z, zi, zs, s, si, ss, v, vi, vs, magic, out, oi);
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
    ScalarWide.addRounded(-1, rows, stride, z, zi, zs, s, si, ss, v, vi, vs, magic, out, oi);
  }

  @Override
  public void pack(float[] w, int wi, int n, int k, boolean transposed, float[] packed, int pi) {
    ScalarProducts.pack(w, wi, n, k, transposed, packed, pi);
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
    ScalarProducts.product(rows, depth, outputs, a, ai, as, packed, pi, bias, bi, out, oi);
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
    ScalarProducts.rowProduct(layout, rows, c, ci, cs, x, xi, xs, sum, si);
  }

  @Override
  public void rowSum(int rows, int width, float[] x, int xi, float[] sum, int si) {
    ScalarProducts.rowSum(rows, width, x, xi, sum, si);
  }

  @Override
  public void pack(double[] w, int wi, int n, int k, boolean transposed, double[] packed, int pi) {
    DoubleScalarProducts.pack(w, wi, n, k, transposed, packed, pi);
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
    DoubleScalarProducts.product(rows, depth, outputs, a, ai, as, packed, pi, bias, bi, out, oi);
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
    DoubleScalarProducts.rowProduct(layout, rows, c, ci, cs, x, xi, xs, sum, si);
  }

  @Override
  public void rowSum(int rows, int width, double[] x, int xi, double[] sum, int si) {
    DoubleScalarProducts.rowSum(rows, width, x, xi, sum, si);
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
    ScalarWide.subtractFromRounded(count, x, xi, s, v, vi, magic, out, oi);
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
    ScalarWide.subtractFromRounded(count, x, xi, s, v, vi, magic, out, oi);
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
    ScalarNormals.normals(
        seed, stream, step, rows, components, stride, samples, si, scratch, out, oi);
  }
}
