package org.anabranch.backend.simd;

import java.util.Map;
import java.util.TreeMap;
import org.anabranch.graph.BinaryFunction;
import org.anabranch.graph.UnaryFunction;

/**
 * Every kernel run on fixed inputs; results by name, as bits, with one NaN for all. What differs
 * between two implementations, or two virtual machines, is found by comparing the maps.
 */
final class KernelCases {
  private static final int ROWS = 5;
  private static final int[] STRIDES = {16, 48, 80, 144};

  private final Kernels kernels;
  private final KernelInputs inputs = new KernelInputs(42);
  private final Map<String, long[]> results = new TreeMap<>();

  private KernelCases(Kernels kernels) {
    this.kernels = kernels;
  }

  /** Products have outputs of these widths, and depths drawn from them. */
  static Map<String, long[]> run(Kernels kernels, int... widths) {
    KernelCases cases = new KernelCases(kernels);
    for (int stride : STRIDES) {
      cases.binary(stride);
      cases.wideBinary(stride);
      cases.threeOperands(stride);
      cases.wideThreeOperands(stride);
      cases.unary(stride * ROWS);
      cases.wide(stride);
    }
    for (int i = 0; i < widths.length; i++) {
      cases.products(widths[i], widths[(i * 7 + 3) % widths.length]);
      cases.wideProducts(widths[i], widths[(i * 7 + 3) % widths.length]);
      cases.matrices(widths[i], widths[(i * 5 + 2) % widths.length]);
      cases.wideMatrices(widths[i], widths[(i * 5 + 2) % widths.length]);
      cases.normals(1 + i * 31 % 67, widths[i]);
      cases.bridges(widths[i]);
    }
    return cases.results;
  }

  private void keep(String name, float[] out) {
    long[] bits = new long[out.length];
    for (int i = 0; i < out.length; i++) {
      bits[i] = Float.floatToIntBits(out[i]);
    }
    put(name, bits);
  }

  private void keep(String name, double[] out) {
    long[] bits = new long[out.length];
    for (int i = 0; i < out.length; i++) {
      bits[i] = Double.doubleToLongBits(out[i]);
    }
    put(name, bits);
  }

  /** Without the padding, which is arbitrary. */
  private void keep(String name, int rows, int width, float[] out) {
    float[] kept = new float[rows * width];
    SampleLoops.copyColumns(rows, width, out, 0, Kernels.stride(width), kept, 0, width);
    keep(name, kept);
  }

  private void keep(String name, int rows, int width, double[] out) {
    double[] kept = new double[rows * width];
    DoubleSampleLoops.copyColumns(rows, width, out, 0, Kernels.stride(width), kept, 0, width);
    keep(name, kept);
  }

  private void put(String name, long[] bits) {
    if (results.put(name, bits) != null) {
      throw new AssertionError("two cases are called " + name);
    }
  }

  private void binary(int stride) {
    int n = ROWS * stride;
    float[] a = inputs.corners(n + 3);
    float[] b = inputs.corners(n + 3);
    for (BinaryFunction f : BinaryFunction.values()) {
      String name = f + " " + stride;
      float[] out = new float[n + 2];
      kernels.binaryVV(f, ROWS, stride, a, 3, stride, b, 1, stride, out, 2);
      keep(name + " VV", out.clone());
      kernels.binaryVV(f, ROWS, stride, a, 0, stride, b, 3, 0, out, 1);
      keep(name + " VV, b shared", out.clone());
      kernels.binaryVB(f, ROWS, stride, a, 1, stride, b, 2, 1, out, 0);
      keep(name + " VB", out.clone());
      kernels.binaryBV(f, ROWS, stride, a, 1, 1, b, 2, stride, out, 0);
      keep(name + " BV", out.clone());
      float[] inPlace = a.clone();
      kernels.binaryVB(f, 1, n, inPlace, 0, n, b, 5, 0, inPlace, 0);
      keep(name + " VB in place", inPlace);
    }
  }

  private void wideBinary(int stride) {
    int n = ROWS * stride;
    double[] a = inputs.wideCorners(n + 3);
    double[] b = inputs.wideCorners(n + 3);
    for (BinaryFunction f : BinaryFunction.values()) {
      String name = "wide " + f + " " + stride;
      double[] out = new double[n + 2];
      kernels.binaryVV(f, ROWS, stride, a, 3, stride, b, 1, stride, out, 2);
      keep(name + " VV", out.clone());
      kernels.binaryVB(f, ROWS, stride, a, 1, stride, b, 2, 1, out, 0);
      keep(name + " VB", out.clone());
      kernels.binaryBV(f, ROWS, stride, a, 1, 1, b, 2, stride, out, 0);
      keep(name + " BV", out.clone());
    }
  }

  private void threeOperands(int stride) {
    int n = ROWS * stride;
    float[] a = inputs.corners(n);
    float[] b = inputs.corners(n);
    float[] c = inputs.corners(n);
    float[] mask = inputs.mask(n);
    float[] out = new float[n];
    kernels.multiplyAddVV(ROWS, stride, a, 0, stride, b, 0, stride, c, 0, stride, out, 0);
    keep("multiply-add VV " + stride, out.clone());
    kernels.multiplyAddVB(ROWS, stride, a, 0, stride, b, 0, 1, c, 0, 0, out, 0);
    keep("multiply-add VB " + stride, out.clone());
    kernels.selectV(ROWS, stride, mask, 0, stride, a, 0, stride, b, 0, 0, out, 0);
    keep("select V " + stride, out.clone());
    kernels.selectB(ROWS, stride, mask, 0, 1, a, 0, stride, b, 0, stride, out, 0);
    keep("select B " + stride, out.clone());
    kernels.broadcast(ROWS, stride, a, 0, 1, out, 0);
    keep("broadcast " + stride, out.clone());
  }

  private void wideThreeOperands(int stride) {
    int n = ROWS * stride;
    double[] a = inputs.wideCorners(n);
    double[] b = inputs.wideCorners(n);
    double[] c = inputs.wideCorners(n);
    double[] mask = KernelInputs.widened(inputs.mask(n));
    double[] out = new double[n];
    kernels.multiplyAddVV(ROWS, stride, a, 0, stride, b, 0, stride, c, 0, stride, out, 0);
    keep("wide multiply-add VV " + stride, out.clone());
    kernels.multiplyAddVB(ROWS, stride, a, 0, stride, b, 0, 1, c, 0, 0, out, 0);
    keep("wide multiply-add VB " + stride, out.clone());
    kernels.selectV(ROWS, stride, mask, 0, stride, a, 0, stride, b, 0, 0, out, 0);
    keep("wide select V " + stride, out.clone());
    kernels.selectB(ROWS, stride, mask, 0, 1, a, 0, stride, b, 0, stride, out, 0);
    keep("wide select B " + stride, out.clone());
    kernels.broadcast(ROWS, stride, a, 0, 1, out, 0);
    keep("wide broadcast " + stride, out.clone());
  }

  private void unary(int count) {
    float[] x = inputs.corners(count);
    double[] wide = inputs.wideCorners(count);
    for (UnaryFunction f : UnaryFunction.values()) {
      float[] out = new float[count];
      kernels.unary(f, count, x, 0, out, 0);
      keep(f + " " + count, out);
      float[] inPlace = x.clone();
      kernels.unary(f, count, inPlace, 0, inPlace, 0);
      keep(f + " in place " + count, inPlace);
      double[] wideOut = new double[count];
      kernels.unary(f, count, wide, 0, wideOut, 0);
      keep("wide " + f + " " + count, wideOut);
    }
    float[] moderate = inputs.floats(count); // corners send SIN and COS to their slow path
    for (UnaryFunction f : UnaryFunction.values()) {
      float[] out = new float[count];
      kernels.unary(f, count, moderate, 0, out, 0);
      keep(f + " of moderate numbers " + count, out);
    }
  }

  private void wide(int stride) {
    int n = ROWS * stride;
    double magic = 0x1.8p22;
    double[] z = inputs.doubles(n);
    double[] v = inputs.wideCorners(n);
    double[] s = inputs.doubles(ROWS);
    double[] out = new double[n];
    kernels.widen(n, inputs.corners(n), 0, out, 0);
    keep("widen " + stride, out.clone());
    kernels.roundToGrid(n, v, 0, magic, out, 0);
    keep("round to grid " + stride, out.clone());
    kernels.addRounded(ROWS, stride, z, 0, stride, s, 0, 1, v, 0, stride, magic, out, 0);
    keep("add rounded " + stride, out.clone());
    kernels.subtractRounded(ROWS, stride, z, 0, stride, s, 0, 0, v, 0, stride, magic, out, 0);
    keep("subtract rounded " + stride, out.clone());
    float[] narrow = new float[n];
    kernels.narrow(n, v, 0, narrow, 0);
    keep("narrow " + stride, narrow);
    kernels.subtractFromRounded(n, inputs.corners(n), 0, 2.5f, v, 0, magic, out, 0);
    keep("subtract from rounded " + stride, out.clone());
    kernels.subtractFromRounded(n, z, 0, 2.5, v, 0, magic, out, 0);
    keep("subtract from rounded wide " + stride, out.clone());
    chains(n);
  }

  private void chains(int n) {
    float[] a = inputs.corners(n);
    float[] b = inputs.floats(n);
    float[] out = new float[n];
    Chains chains = kernels.chains();
    chains.addScaled(n, a, 0, b, 0, 0.3f, out, 0);
    keep("add scaled " + n, out.clone());
    chains.subtractScaled(n, a, 0, b, 0, 0.3f, out, 0);
    keep("subtract scaled " + n, out.clone());
    chains.subtractFromScaled(n, a, 0, b, 0, 0.3f, out, 0);
    keep("subtract from scaled " + n, out.clone());
    chains.scaledProduct(n, a, 0, b, 0, 0.3f, out, 0);
    keep("scaled product " + n, out);
    chains.timesSwishDerivative(n, a, 0, 0.9f, b, 0, a, 0, out, 0);
    keep("swish derivative " + n, out);
    chains.timesDerivative(UnaryFunction.TANH, n, a, 0, b, 0, out, 0);
    keep("times derivative of tanh " + n, out.clone());
    chains.timesDerivative(UnaryFunction.SIGMOID, n, a, 0, b, 0, out, 0);
    keep("times derivative of sigmoid " + n, out.clone());
    double[] c = inputs.wideCorners(n);
    double[] d = inputs.doubles(n);
    double[] wide = new double[n];
    DoubleChains wideChains = kernels.doubleChains();
    wideChains.addScaled(n, c, 0, d, 0, 0.3, wide, 0);
    keep("add scaled wide " + n, wide.clone());
    wideChains.scaledProduct(n, c, 0, d, 0, 0.3, wide, 0);
    keep("wide scaled product " + n, wide);
    wideChains.timesSwishDerivative(n, c, 0, 0.9, d, 0, c, 0, wide, 0);
    keep("wide swish derivative " + n, wide);
    wideChains.timesDerivative(UnaryFunction.TANH, n, c, 0, d, 0, wide, 0);
    keep("times derivative of tanh wide " + n, wide.clone());
  }

  private void products(int outputs, int depth) {
    for (int rows : new int[] {16, 21}) {
      String name = "%d rows, %d <- %d".formatted(rows, outputs, depth);
      int as = Kernels.stride(depth);
      int os = Kernels.stride(outputs);
      boolean special = (outputs + depth) % 5 == 0;
      float[] a = special ? inputs.corners(rows * as) : inputs.floats(rows * as);
      float[] w = inputs.floats(outputs * depth);
      float[] bias = inputs.floats(os);
      float[] packed = new float[kernels.packedSize(outputs, depth)];
      float[] out = new float[rows * os];
      kernels.pack(w, 0, outputs, depth, false, packed, 0);
      kernels.product(rows, depth, outputs, a, 0, as, packed, 0, bias, 0, out, 0);
      keep("product, " + name, out.clone());
      kernels.pack(w, 0, depth, outputs, true, packed, 0);
      kernels.product(rows, depth, outputs, a, 0, as, packed, 0, null, 0, out, 0);
      keep("transposed product, " + name, out.clone());
      sums(name, rows, outputs, out, depth, a);
    }
  }

  private void matrices(int n, int k) {
    String name = "%d x %d".formatted(n, k);
    int ms = Kernels.stride(n * k);
    int ns = Kernels.stride(n);
    int ks = Kernels.stride(k);
    float[] a = inputs.floats(3 * ms);
    float[] left = inputs.floats(3 * ns);
    float[] right = (n + k) % 5 == 0 ? inputs.corners(3 * ks) : inputs.floats(3 * ks);
    float[] out = new float[3 * Math.max(ns, ks)];
    kernels.batchProduct(false, 3, n, k, a, 0, ms, right, 0, ks, out, 0, ns);
    keep("batch product, " + name, 3, n, out);
    kernels.batchProduct(true, 3, n, k, a, 0, 0, left, 0, ns, out, 0, ks);
    keep("transposed batch product, " + name, 3, k, out);
    kernels.batchProduct(true, 3, n, k, a, 0, ms, left, 0, 0, out, 0, ks);
    keep("transposed batch product of one vector, " + name, 3, k, out);
    float[] outer = new float[3 * ms]; // to the last cell, so that nothing writes past it
    kernels.outerProduct(3, n, k, left, 0, ns, right, 0, 0, outer, 0, ms);
    keep("outer product with one vector, " + name, 3, n * k, outer);
    kernels.outerProduct(3, n, k, left, 0, ns, right, 0, ks, outer, 0, ms);
    keep("outer product, " + name, 3, n * k, outer);
    int[] indices = new int[n];
    for (int i = 0; i < n; i++) {
      indices[i] = i * 7 % k;
    }
    kernels.gather(3, indices, right, 0, ks, out, 0, ns);
    keep("gather, " + name, 3, n, out);
    kernels.scatterAdd(3, indices, k, left, 0, ns, out, 0, ks);
    keep("scatter-add, " + name, 3, k, out);
    float[] scratch = new float[LinearSolve.scratchSize(n)];
    float[] square = inputs.floats(n * n);
    kernels.solve(3, n, n % 2 == 0, square, 0, 0, left, 0, ns, scratch, out, 0, ns);
    keep("solve, " + name, 3, n, out);
  }

  private void wideMatrices(int n, int k) {
    String name = "wide %d x %d".formatted(n, k);
    int ms = Kernels.stride(n * k);
    int ns = Kernels.stride(n);
    int ks = Kernels.stride(k);
    double[] a = inputs.doubles(3 * ms);
    double[] left = inputs.doubles(3 * ns);
    double[] right = (n + k) % 5 == 0 ? inputs.wideCorners(3 * ks) : inputs.doubles(3 * ks);
    double[] out = new double[3 * Math.max(ns, ks)];
    kernels.batchProduct(false, 3, n, k, a, 0, ms, right, 0, ks, out, 0, ns);
    keep("batch product, " + name, 3, n, out);
    kernels.batchProduct(true, 3, n, k, a, 0, 0, left, 0, ns, out, 0, ks);
    keep("transposed batch product, " + name, 3, k, out);
    kernels.batchProduct(true, 3, n, k, a, 0, ms, left, 0, 0, out, 0, ks);
    keep("transposed batch product of one vector, " + name, 3, k, out);
    double[] outer = new double[3 * ms]; // to the last cell, so that nothing writes past it
    kernels.outerProduct(3, n, k, left, 0, ns, right, 0, 0, outer, 0, ms);
    keep("outer product with one vector, " + name, 3, n * k, outer);
    kernels.outerProduct(3, n, k, left, 0, ns, right, 0, ks, outer, 0, ms);
    keep("outer product, " + name, 3, n * k, outer);
  }

  private void sums(String name, int rows, int n, float[] c, int k, float[] x) {
    RowProductSum layout = new RowProductSum(n, k);
    float[] sum = new float[layout.size()];
    double[] total = new double[n * k];
    int cs = Kernels.stride(n);
    kernels.rowProduct(layout, rows, c, 0, cs, x, 0, Kernels.stride(k), sum, 0);
    kernels.rowProduct(layout, rows, c, 0, cs, x, 0, Kernels.stride(k), sum, 0);
    layout.drain(kernels, sum, 0, total, 0);
    keep("row product, " + name, total);
    float[] rowSum = new float[cs];
    kernels.rowSum(rows, n, c, 0, rowSum, 0);
    keep("row sum, " + name, rowSum);
    float[] reduced = new float[rows];
    kernels.sum(rows, n, c, 0, cs, reduced, 0);
    keep("sum, " + name, reduced.clone());
    kernels.maximum(rows, n, c, 0, cs, reduced, 0);
    keep("maximum, " + name, reduced.clone());
  }

  private void wideProducts(int outputs, int depth) {
    for (int rows : new int[] {16, 21}) {
      String name = "%d rows, %d <- %d".formatted(rows, outputs, depth);
      int as = Kernels.stride(depth);
      int os = Kernels.stride(outputs);
      boolean special = (outputs + depth) % 5 == 0;
      double[] a = special ? inputs.wideCorners(rows * as) : inputs.doubles(rows * as);
      double[] w = inputs.doubles(outputs * depth);
      double[] bias = inputs.doubles(os);
      double[] packed = new double[kernels.packedSize(outputs, depth)];
      double[] out = new double[rows * os];
      kernels.pack(w, 0, outputs, depth, false, packed, 0);
      kernels.product(rows, depth, outputs, a, 0, as, packed, 0, bias, 0, out, 0);
      keep("wide product, " + name, out.clone());
      kernels.pack(w, 0, depth, outputs, true, packed, 0);
      kernels.product(rows, depth, outputs, a, 0, as, packed, 0, null, 0, out, 0);
      keep("wide transposed product, " + name, out.clone());
      wideSums(name, rows, outputs, out, depth, a);
    }
  }

  private void wideSums(String name, int rows, int n, double[] c, int k, double[] x) {
    RowProductSum layout = new RowProductSum(n, k);
    double[] sum = new double[layout.size()];
    double[] total = new double[n * k];
    int cs = Kernels.stride(n);
    kernels.rowProduct(layout, rows, c, 0, cs, x, 0, Kernels.stride(k), sum, 0);
    kernels.rowProduct(layout, rows, c, 0, cs, x, 0, Kernels.stride(k), sum, 0);
    layout.drain(sum, 0, total, 0);
    keep("wide row product, " + name, total);
    double[] rowSum = new double[cs];
    kernels.rowSum(rows, n, c, 0, rowSum, 0);
    keep("wide row sum, " + name, rowSum);
    double[] reduced = new double[rows];
    kernels.sum(rows, n, c, 0, cs, reduced, 0);
    keep("wide sum, " + name, reduced.clone());
    kernels.maximum(rows, n, c, 0, cs, reduced, 0);
    keep("wide maximum, " + name, reduced.clone());
  }

  private void normals(int rows, int components) {
    long[] samples = new long[rows + 1];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = i * 0x9e3779b97f4a7c15L;
    }
    int stride = Kernels.stride(components);
    float[] out = new float[rows * stride + 3];
    float[] drawn = new float[rows * components]; // without the padding, which is arbitrary
    kernels.normals(
        -7,
        5,
        rows,
        rows,
        components,
        Kernels.stride(components),
        samples,
        1,
        new NormalScratch(),
        out,
        3);
    kernels.copyColumns(rows, components, out, 3, stride, drawn, 0, components);
    keep("normals, %d rows, %d components".formatted(rows, components), drawn);
  }

  /** Into arrays of their own, and with the whole's taken by the second part. */
  private void bridges(int motions) {
    int count = Kernels.padded(motions);
    float[] noise = inputs.floats(count + Kernels.PADDING);
    float[] areaNoise = inputs.floats(count + Kernels.PADDING);
    BridgeLoops bridges = kernels.bridges();
    double[] scaled = new double[count];
    bridges.scale(count, 0.3, noise, scaled);
    keep("scaled noise " + motions, scaled);
    double[] w = inputs.doubles(count);
    double[] h = inputs.doubles(count);
    double[] firstW = new double[count];
    double[] firstH = new double[count];
    double[] second = new double[count];
    bridges.split(count, 0.3, 0.7, noise, w, firstW, second);
    keep("bridge, first " + motions, firstW.clone());
    keep("bridge, second " + motions, second);
    BridgeWithArea bridge = BridgeWithArea.of(0.3, 0.5);
    bridges.split(count, bridge, noise, areaNoise, w, h, firstW, firstH, w, h);
    keep("bridge with area, first " + motions, firstW);
    keep("bridge with area, first area " + motions, firstH);
    keep("bridge with area, second " + motions, w);
    keep("bridge with area, second area " + motions, h);
  }
}
