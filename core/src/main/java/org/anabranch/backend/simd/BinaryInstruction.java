package org.anabranch.backend.simd;

import org.anabranch.graph.BinaryFunction;

/** The kernel call of a function of two operands, at least one of them a vector along the row. */
final class BinaryInstruction {
  private BinaryInstruction() {}

  static Instruction ofFloats(
      Kernels kernels,
      BinaryFunction function,
      View view,
      View.Operand a,
      View.Operand b,
      Place y) {
    int rows = view.rows();
    int stride = view.stride();
    float[] left = a.place().floats();
    float[] right = b.place().floats();
    int ai = a.place().offset();
    int bi = b.place().offset();
    int as = a.rowStep();
    int bs = b.rowStep();
    float[] out = y.floats();
    int oi = y.offset();
    if (!a.vector()) {
      return () -> kernels.binaryBV(function, rows, stride, left, ai, as, right, bi, bs, out, oi);
    }
    if (!b.vector()) {
      return () -> kernels.binaryVB(function, rows, stride, left, ai, as, right, bi, bs, out, oi);
    }
    return () -> kernels.binaryVV(function, rows, stride, left, ai, as, right, bi, bs, out, oi);
  }

  static Instruction ofDoubles(
      Kernels kernels,
      BinaryFunction function,
      View view,
      View.Operand a,
      View.Operand b,
      Place y) {
    int rows = view.rows();
    int stride = view.stride();
    double[] left = a.place().doubles();
    double[] right = b.place().doubles();
    int ai = a.place().offset();
    int bi = b.place().offset();
    int as = a.rowStep();
    int bs = b.rowStep();
    double[] out = y.doubles();
    int oi = y.offset();
    if (!a.vector()) {
      return () -> kernels.binaryBV(function, rows, stride, left, ai, as, right, bi, bs, out, oi);
    }
    if (!b.vector()) {
      return () -> kernels.binaryVB(function, rows, stride, left, ai, as, right, bi, bs, out, oi);
    }
    return () -> kernels.binaryVV(function, rows, stride, left, ai, as, right, bi, bs, out, oi);
  }
}
