package org.anabranch.backend.simd;

import java.util.Arrays;
import org.anabranch.graph.BinaryFunction;
import org.anabranch.graph.ReductionFunction;
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
    return () -> kernels.copyColumns(rows, width, x.floats(), xi, step, y.floats(), oi, stride);
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
    int stride = x.stride();
    return switch (f) {
      case SUM ->
          () -> kernels.sum(rows, width, x.floats(), x.offset(), stride, y.floats(), y.offset());
      case MAXIMUM ->
          () ->
              kernels.maximum(rows, width, x.floats(), x.offset(), stride, y.floats(), y.offset());
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

  Instruction pack(Place matrix, int n, int k, boolean transposed, Place panels) {
    return () ->
        kernels.pack(matrix.floats(), matrix.offset(), n, k, transposed, panels.floats(), 0);
  }

  Instruction product(int rows, Place x, Place panels, @Nullable Place bias, Place y) {
    int depth = x.width();
    int outputs = y.width();
    int as = x.stride();
    int di = bias == null ? 0 : bias.offset();
    float[] packed = panels.floats();
    float[] base = bias == null ? null : bias.floats();
    return () ->
        kernels.product(
            rows,
            depth,
            outputs,
            x.floats(),
            x.offset(),
            as,
            packed,
            0,
            base,
            di,
            y.floats(),
            y.offset());
  }

  /** The sums' cells are laid out as {@link RowProductSum} says. */
  Instruction rowProduct(RowProductSum layout, int rows, Place a, Place b, Place sums) {
    return () ->
        kernels.rowProduct(
            layout,
            rows,
            a.floats(),
            a.offset(),
            a.stride(),
            b.floats(),
            b.offset(),
            b.stride(),
            sums.floats(),
            0);
  }

  /** Moves sums to a matrix as it lies in memory, and leaves them zero. */
  Instruction takeSums(RowProductSum layout, Place sums, Place y) {
    double[] flat = new double[layout.n() * layout.k()];
    return () -> {
      Arrays.fill(flat, 0);
      layout.drain(sums.floats(), 0, flat, 0);
      for (int i = 0; i < flat.length; i++) {
        y.set(i, flat[i]);
      }
    };
  }

  Instruction rowSum(int rows, Place x, Place sums) {
    int width = x.width();
    return () -> kernels.rowSum(rows, width, x.floats(), x.offset(), sums.floats(), sums.offset());
  }

  Instruction zero(int count, Place y) {
    int end = y.offset() + count;
    return () -> Arrays.fill(y.floats(), y.offset(), end, 0);
  }

  /** The running sums of a matrix, added to its totals and set to zero. */
  Instruction drain(RowProductSum layout, Place sums, double[] totals, int ti) {
    return () -> layout.drain(sums.floats(), 0, totals, ti);
  }

  /** The running sums of anything else, added to its totals and set to zero. */
  Instruction drain(int count, Place sums, double[] totals, int ti) {
    return () -> kernels.drain(count, sums.floats(), 0, totals, ti);
  }
}
