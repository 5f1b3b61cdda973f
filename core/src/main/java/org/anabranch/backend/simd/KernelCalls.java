package org.anabranch.backend.simd;

import java.util.Arrays;
import org.anabranch.graph.BatchProduct;
import org.anabranch.graph.BinaryFunction;
import org.anabranch.graph.Gather;
import org.anabranch.graph.OuterProduct;
import org.anabranch.graph.ReductionFunction;
import org.anabranch.graph.ScatterAdd;
import org.anabranch.graph.Solve;
import org.anabranch.graph.UnaryFunction;
import org.jspecify.annotations.Nullable;

/**
 * Calls of {@link Kernels} on places: each picks the kernel of the precision that its places are
 * stored in, once, when the instruction is made. Operands and result are stored alike except where
 * a method says otherwise.
 */
final class KernelCalls {
  private final Kernels kernels;

  KernelCalls(Kernels kernels) {
    this.kernels = kernels;
  }

  Instruction unary(UnaryFunction f, int count, Place x, Place y) {
    return y.isDouble()
        ? () -> kernels.unary(f, count, x.doubles(), x.offset(), y.doubles(), y.offset())
        : () -> kernels.unary(f, count, x.floats(), x.offset(), y.floats(), y.offset());
  }

  Instruction binary(BinaryFunction f, View view, View.Operand a, View.Operand b, Place y) {
    return y.isDouble()
        ? BinaryInstruction.ofDoubles(kernels, f, view, a, b, y)
        : BinaryInstruction.ofFloats(kernels, f, view, a, b, y);
  }

  /** All four places lie alike. */
  Instruction select(int count, Place mask, Place a, Place b, Place y) {
    int mi = mask.offset();
    int ai = a.offset();
    int bi = b.offset();
    int oi = y.offset();
    if (y.isDouble()) {
      double[] m = mask.doubles();
      double[] left = a.doubles();
      double[] right = b.doubles();
      double[] out = y.doubles();
      return () -> kernels.selectV(1, count, m, mi, 0, left, ai, 0, right, bi, 0, out, oi);
    }
    float[] m = mask.floats();
    float[] left = a.floats();
    float[] right = b.floats();
    float[] out = y.floats();
    return () -> kernels.selectV(1, count, m, mi, 0, left, ai, 0, right, bi, 0, out, oi);
  }

  /** Repeats one number a row along the row. */
  Instruction broadcast(int rows, int stride, Place x, int step, Place y) {
    return y.isDouble()
        ? () ->
            kernels.broadcast(rows, stride, x.doubles(), x.offset(), step, y.doubles(), y.offset())
        : () ->
            kernels.broadcast(rows, stride, x.floats(), x.offset(), step, y.floats(), y.offset());
  }

  /** Columns of the operand, from one on, to columns of the result. */
  Instruction copyColumns(
      int rows, int width, Place x, int from, int step, Place y, int to, int stride) {
    int xi = x.offset() + from;
    int oi = y.offset() + to;
    return y.isDouble()
        ? () -> kernels.copyColumns(rows, width, x.doubles(), xi, step, y.doubles(), oi, stride)
        : () -> kernels.copyColumns(rows, width, x.floats(), xi, step, y.floats(), oi, stride);
  }

  Instruction copy(int length, Place from, Place to) {
    return to.isDouble()
        ? () -> System.arraycopy(from.doubles(), from.offset(), to.doubles(), to.offset(), length)
        : () -> System.arraycopy(from.floats(), from.offset(), to.floats(), to.offset(), length);
  }

  /** The same numbers in the storage of the result. */
  Instruction cast(int count, Place x, Place y) {
    if (x.isDouble() == y.isDouble()) {
      return copy(count, x, y);
    }
    return y.isDouble()
        ? () -> kernels.widen(count, x.floats(), x.offset(), y.doubles(), y.offset())
        : () -> kernels.narrow(count, x.doubles(), x.offset(), y.floats(), y.offset());
  }

  Instruction reduction(ReductionFunction f, int rows, Place x, Place y) {
    int width = x.width();
    int xi = x.offset();
    int xs = x.stride();
    int oi = y.offset();
    return switch (f) {
      case SUM ->
          y.isDouble()
              ? () -> kernels.sum(rows, width, x.doubles(), xi, xs, y.doubles(), oi)
              : () -> kernels.sum(rows, width, x.floats(), xi, xs, y.floats(), oi);
      case MAXIMUM ->
          y.isDouble()
              ? () -> kernels.maximum(rows, width, x.doubles(), xi, xs, y.doubles(), oi)
              : () -> kernels.maximum(rows, width, x.floats(), xi, xs, y.floats(), oi);
    };
  }

  /** Wide values only, as for the two that follow. */
  Instruction roundToGrid(int count, Place x, double magic, Place y) {
    return () ->
        kernels.roundToGrid(count, x.doubles(), x.offset(), magic, y.doubles(), y.offset());
  }

  /** y = z + round(s·v) with one number s. */
  Instruction addRounded(int count, Place z, Place s, Place v, double magic, Place y) {
    return () ->
        kernels.addRounded(
            1,
            count,
            z.doubles(),
            z.offset(),
            0,
            s.doubles(),
            s.offset(),
            0,
            v.doubles(),
            v.offset(),
            0,
            magic,
            y.doubles(),
            y.offset());
  }

  /** y = z − round(s·v) with one number s. */
  Instruction subtractRounded(int count, Place z, Place s, Place v, double magic, Place y) {
    return () ->
        kernels.subtractRounded(
            1,
            count,
            z.doubles(),
            z.offset(),
            0,
            s.doubles(),
            s.offset(),
            0,
            v.doubles(),
            v.offset(),
            0,
            magic,
            y.doubles(),
            y.offset());
  }

  /** How many cells {@link #pack} fills for a matrix [n x k]. */
  int packedSize(int n, int k, boolean transposed) {
    return transposed ? kernels.packedSize(k, n) : kernels.packedSize(n, k);
  }

  Instruction pack(Place w, int n, int k, boolean transposed, Place panels) {
    int pi = panels.offset();
    return w.isDouble()
        ? () -> kernels.pack(w.doubles(), w.offset(), n, k, transposed, panels.doubles(), pi)
        : () -> kernels.pack(w.floats(), w.offset(), n, k, transposed, panels.floats(), pi);
  }

  Instruction product(int rows, Place x, Place panels, @Nullable Place bias, Place y) {
    int depth = x.width();
    int outputs = y.width();
    int ai = x.offset();
    int as = x.stride();
    int pi = panels.offset();
    int di = bias == null ? 0 : bias.offset();
    int oi = y.offset();
    if (y.isDouble()) {
      double[] a = x.doubles();
      double[] packed = panels.doubles();
      double[] base = bias == null ? null : bias.doubles();
      double[] out = y.doubles();
      return () -> kernels.product(rows, depth, outputs, a, ai, as, packed, pi, base, di, out, oi);
    }
    float[] a = x.floats();
    float[] packed = panels.floats();
    float[] base = bias == null ? null : bias.floats();
    float[] out = y.floats();
    return () -> kernels.product(rows, depth, outputs, a, ai, as, packed, pi, base, di, out, oi);
  }

  /** The sums' cells are laid out as {@link RowProductSum} says. */
  Instruction rowProduct(RowProductSum layout, int rows, Place a, Place b, Place sums) {
    int ai = a.offset();
    int as = a.stride();
    int bi = b.offset();
    int bs = b.stride();
    int si = sums.offset();
    if (sums.isDouble()) {
      double[] c = a.doubles();
      double[] x = b.doubles();
      double[] sum = sums.doubles();
      return () -> kernels.rowProduct(layout, rows, c, ai, as, x, bi, bs, sum, si);
    }
    float[] c = a.floats();
    float[] x = b.floats();
    float[] sum = sums.floats();
    return () -> kernels.rowProduct(layout, rows, c, ai, as, x, bi, bs, sum, si);
  }

  /** Moves sums to a matrix as it lies in memory, and leaves them zero. */
  Instruction takeSums(RowProductSum layout, Place sums, Place y) {
    double[] flat = new double[layout.n() * layout.k()];
    Instruction drain = drain(layout, sums, flat, 0);
    return () -> {
      Arrays.fill(flat, 0);
      drain.run();
      for (int i = 0; i < flat.length; i++) {
        y.set(i, flat[i]);
      }
    };
  }

  Instruction rowSum(int rows, Place x, Place sums) {
    int width = x.width();
    int xi = x.offset();
    int si = sums.offset();
    return sums.isDouble()
        ? () -> kernels.rowSum(rows, width, x.doubles(), xi, sums.doubles(), si)
        : () -> kernels.rowSum(rows, width, x.floats(), xi, sums.floats(), si);
  }

  Instruction zero(int count, Place y) {
    int from = y.offset();
    int end = from + count;
    return y.isDouble()
        ? () -> Arrays.fill(y.doubles(), from, end, 0)
        : () -> Arrays.fill(y.floats(), from, end, 0);
  }

  /** The running sums of a matrix, added to its totals and set to zero. */
  Instruction drain(RowProductSum layout, Place sums, double[] totals, int ti) {
    int si = sums.offset();
    return sums.isDouble()
        ? () -> layout.drain(sums.doubles(), si, totals, ti)
        : () -> layout.drain(kernels, sums.floats(), si, totals, ti);
  }

  /** The running sums of anything else, added to its totals and set to zero. */
  Instruction drain(int count, Place sums, double[] totals, int ti) {
    int si = sums.offset();
    return sums.isDouble()
        ? () -> kernels.drain(count, sums.doubles(), si, totals, ti)
        : () -> kernels.drain(count, sums.floats(), si, totals, ti);
  }

  Instruction timesDerivative(UnaryFunction f, int count, Place c, Place x, Place y) {
    int ci = c.offset();
    int xi = x.offset();
    int oi = y.offset();
    if (y.isDouble()) {
      DoubleChains chains = kernels.doubleChains();
      return () ->
          chains.timesDerivative(f, count, c.doubles(), ci, x.doubles(), xi, y.doubles(), oi);
    }
    Chains chains = kernels.chains();
    return () -> chains.timesDerivative(f, count, c.floats(), ci, x.floats(), xi, y.floats(), oi);
  }

  /** The scale is one number, read when the instruction runs; without one it is 1. */
  Instruction timesSwishDerivative(
      int count, Place c, @Nullable Place scale, Place x, Place s, Place y) {
    int at = scale == null ? 0 : scale.offset();
    int ci = c.offset();
    int xi = x.offset();
    int si = s.offset();
    int oi = y.offset();
    if (y.isDouble()) {
      DoubleChains chains = kernels.doubleChains();
      double[] scales = scale == null ? new double[] {1} : scale.doubles();
      return () ->
          chains.timesSwishDerivative(
              count,
              c.doubles(),
              ci,
              scales[at],
              x.doubles(),
              xi,
              s.doubles(),
              si,
              y.doubles(),
              oi);
    }
    Chains chains = kernels.chains();
    float[] scales = scale == null ? new float[] {1} : scale.floats();
    return () ->
        chains.timesSwishDerivative(
            count, c.floats(), ci, scales[at], x.floats(), xi, s.floats(), si, y.floats(), oi);
  }

  /** s is one number, read when the instruction runs. */
  Instruction scaledProduct(int count, Place a, Place b, Place s, Place y) {
    int ai = a.offset();
    int bi = b.offset();
    int si = s.offset();
    int oi = y.offset();
    if (y.isDouble()) {
      DoubleChains chains = kernels.doubleChains();
      double[] scale = s.doubles();
      return () ->
          chains.scaledProduct(count, a.doubles(), ai, b.doubles(), bi, scale[si], y.doubles(), oi);
    }
    Chains chains = kernels.chains();
    float[] scale = s.floats();
    return () ->
        chains.scaledProduct(count, a.floats(), ai, b.floats(), bi, scale[si], y.floats(), oi);
  }

  /** s is one number, read when the instruction runs. */
  Instruction scaledSum(ScaledSum.Kind kind, int count, Place a, Place b, Place s, Place y) {
    return y.isDouble()
        ? scaledSumOfDoubles(kernels.doubleChains(), kind, count, a, b, s, y)
        : scaledSumOfFloats(kernels.chains(), kind, count, a, b, s, y);
  }

  private static Instruction scaledSumOfFloats(
      Chains chains, ScaledSum.Kind kind, int count, Place a, Place b, Place s, Place y) {
    int ai = a.offset();
    int bi = b.offset();
    int si = s.offset();
    int oi = y.offset();
    float[] x = a.floats();
    float[] z = b.floats();
    float[] scale = s.floats();
    float[] out = y.floats();
    return switch (kind) {
      case ADD -> () -> chains.addScaled(count, x, ai, z, bi, scale[si], out, oi);
      case SUBTRACT -> () -> chains.subtractScaled(count, x, ai, z, bi, scale[si], out, oi);
      case SUBTRACT_FROM ->
          () -> chains.subtractFromScaled(count, x, ai, z, bi, scale[si], out, oi);
    };
  }

  private static Instruction scaledSumOfDoubles(
      DoubleChains chains, ScaledSum.Kind kind, int count, Place a, Place b, Place s, Place y) {
    int ai = a.offset();
    int bi = b.offset();
    int si = s.offset();
    int oi = y.offset();
    double[] x = a.doubles();
    double[] z = b.doubles();
    double[] scale = s.doubles();
    double[] out = y.doubles();
    return switch (kind) {
      case ADD -> () -> chains.addScaled(count, x, ai, z, bi, scale[si], out, oi);
      case SUBTRACT -> () -> chains.subtractScaled(count, x, ai, z, bi, scale[si], out, oi);
      case SUBTRACT_FROM ->
          () -> chains.subtractFromScaled(count, x, ai, z, bi, scale[si], out, oi);
    };
  }

  /** y = round(wide(x·s)) − v with one number s; x in working precision, v and y wide. */
  Instruction subtractFromRounded(int count, Place x, Place s, Place v, double magic, Place y) {
    int xi = x.offset();
    int si = s.offset();
    int vi = v.offset();
    int oi = y.offset();
    double[] subtracted = v.doubles();
    double[] out = y.doubles();
    if (x.isDouble()) {
      double[] from = x.doubles();
      double[] scale = s.doubles();
      return () ->
          kernels.subtractFromRounded(count, from, xi, scale[si], subtracted, vi, magic, out, oi);
    }
    float[] from = x.floats();
    float[] scale = s.floats();
    return () ->
        kernels.subtractFromRounded(count, from, xi, scale[si], subtracted, vi, magic, out, oi);
  }

  Instruction batchProduct(BatchProduct operation, int rows, Place a, Place x, Place y) {
    return y.isDouble()
        ? DoubleMatrixInstruction.of(kernels, y, rows).product(operation, a, x)
        : MatrixInstruction.of(kernels, y, rows).product(operation, a, x);
  }

  Instruction outerProduct(OuterProduct operation, int rows, Place a, Place b, Place y) {
    return y.isDouble()
        ? DoubleMatrixInstruction.of(kernels, y, rows).outerProduct(operation, a, b)
        : MatrixInstruction.of(kernels, y, rows).outerProduct(operation, a, b);
  }

  Instruction gather(Gather operation, int rows, Place x, Place y) {
    return y.isDouble()
        ? DoubleMatrixInstruction.of(kernels, y, rows).gather(operation, x)
        : MatrixInstruction.of(kernels, y, rows).gather(operation, x);
  }

  Instruction scatterAdd(ScatterAdd operation, int rows, Place x, Place y) {
    return y.isDouble()
        ? DoubleMatrixInstruction.of(kernels, y, rows).scatterAdd(operation, x)
        : MatrixInstruction.of(kernels, y, rows).scatterAdd(operation, x);
  }

  Instruction solve(Solve operation, int rows, Place a, Place b, Place y) {
    return y.isDouble()
        ? DoubleMatrixInstruction.of(kernels, y, rows).solve(operation, a, b)
        : MatrixInstruction.of(kernels, y, rows).solve(operation, a, b);
  }
}
