package org.anabranch.backend.simd;

import org.anabranch.graph.BinaryFunction;
import org.anabranch.graph.UnaryFunction;
import org.jspecify.annotations.Nullable;

/**
 * The loops that programs are made of. Implementations give the same bits on every input, whatever
 * their lanes, whichever compiler of the virtual machine runs them; any NaN counts as any other.
 *
 * <p><b>Layout.</b> A value of width w for each sample lies sample-major: row r starts at {@code
 * offset + r * stride(w)}. Strides are multiples of {@link #PADDING}, or 1 where w is 1. What lies
 * between width and stride is arbitrary, and no kernel lets it reach a column below the width. A
 * shared vector is one such row; a shared scalar that a kernel is to write occupies {@link
 * #PADDING} cells, all of them computed, the first of them read.
 *
 * <p><b>Operands</b> are an array, the offset of row 0, and for rows that may be shared a step from
 * row to row, 0 for shared. In the names, {@code V} is an operand with a number for each component
 * and {@code B} one with a single number a row, broadcast over the components (step 1 for a scalar
 * for each sample, 0 for a shared one). Where a value is contiguous it may be passed as one row of
 * {@code rows * stride} components. Strides and counts of element-wise kernels are multiples of
 * {@link #PADDING}: there are no tails. Results have rows {@code stride} apart. A result may be the
 * very operand (same array, offset and step), and must not otherwise overlap one.
 *
 * <p><b>Numbers.</b> float32, and float64 where the arrays are {@code double[]}: of two methods of
 * one name the first one's sentence holds for both. Only addition, multiplication, exact fma,
 * division, square root, comparison, selection and bit operations are used, which is why bits
 * agree. Kernels allocate and keep nothing (but for {@link Lines}, once a thread) and check nothing
 * but array bounds.
 */
interface Kernels {
  /** Strides of rows, and counts of element-wise kernels, are multiples of this. */
  int PADDING = 16;

  /** From one row to the next of a value of this width. */
  static int stride(int width) {
    return width == 1 ? 1 : padded(width);
  }

  /** The next multiple of {@link #PADDING}. */
  static int padded(int count) {
    return (count + PADDING - 1) / PADDING * PADDING;
  }

  // --- Element-wise, two operands --------------------------------------------------------------

  /**
   * out = f(a, b). MINIMUM and MAXIMUM give NaN where either operand is; of two zeros they give the
   * second operand's, whatever its sign. Comparisons give 1 or 0.
   */
  void binaryVV(
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
      int oi);

  void binaryVB(
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
      int oi);

  void binaryBV(
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
      int oi);

  void binaryVV(
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
      int oi);

  void binaryVB(
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
      int oi);

  void binaryBV(
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
      int oi);

  // --- Element-wise, three operands ------------------------------------------------------------

  /** out = fma(a, b, c): a·b + c, rounded once. */
  void multiplyAddVV(
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
      int oi);

  void multiplyAddVB(
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
      int oi);

  void multiplyAddVV(
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
      int oi);

  void multiplyAddVB(
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
      int oi);

  /** out = a where the mask is not 0 (NaN is not 0), else b. The mask is V. */
  void selectV(
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
      int oi);

  /** As {@link #selectV}; the mask is B. */
  void selectB(
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
      int oi);

  void selectV(
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
      int oi);

  void selectB(
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
      int oi);

  // --- Element-wise, one operand ---------------------------------------------------------------

  /** out = f(x) by the approximations of {@link Activation}, whose errors are stated there. */
  void unary(UnaryFunction f, int count, float[] x, int xi, float[] out, int oi);

  /** out = f(x) by the approximations of {@link DoubleActivation}. */
  void unary(UnaryFunction f, int count, double[] x, int xi, double[] out, int oi);

  /** The numbers of each row set to the row's one: a is B. */
  void broadcast(int rows, int stride, float[] a, int ai, int as, float[] out, int oi);

  void broadcast(int rows, int stride, double[] a, int ai, int as, double[] out, int oi);

  // --- float64 and the grid --------------------------------------------------------------------

  void widen(int count, float[] x, int xi, double[] out, int oi);

  /** Rounds to nearest, ties to even. */
  void narrow(int count, double[] x, int xi, float[] out, int oi);

  /** out = (x + magic) − magic. */
  void roundToGrid(int count, double[] x, int xi, double magic, double[] out, int oi);

  /** out = z + ((s·v + magic) − magic), each operation rounded by itself. z and v are V, s is B. */
  void addRounded(
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
      int oi);

  /** out = z − ((s·v + magic) − magic), each operation rounded by itself. */
  void subtractRounded(
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
      int oi);

  /** out = ((x·s + magic) − magic) − v, x·s rounded to float32 and every operation by itself. */
  void subtractFromRounded(
      int count,
      float[] x,
      int xi,
      float s,
      double[] v,
      int vi,
      double magic,
      double[] out,
      int oi);

  void subtractFromRounded(
      int count,
      double[] x,
      int xi,
      double s,
      double[] v,
      int vi,
      double magic,
      double[] out,
      int oi);

  // --- Chains in one pass ------------------------------------------------------------------------

  Chains chains();

  DoubleChains doubleChains();

  // --- Products --------------------------------------------------------------------------------

  /** How many cells {@link #pack} fills for a product with so many outputs and inputs. */
  default int packedSize(int outputs, int depth) {
    return stride(outputs) * depth;
  }

  /**
   * Lays a matrix W [n x k], flat and row-major, out for {@link #product}: for y = W x (outputs n,
   * depth k), or transposed for x = Wᵀ y (outputs k, depth n). The layout is the implementation's
   * own. Fills {@code packedSize(outputs, depth)} cells, with zeros for the columns of padding.
   */
  void pack(float[] w, int wi, int n, int k, boolean transposed, float[] packed, int pi);

  void pack(double[] w, int wi, int n, int k, boolean transposed, double[] packed, int pi);

  /**
   * out[r, j] = bias[j] + Σ a[r, p] · W[j, p], by fma in the order of p, starting from the bias, or
   * from 0 where there is none. Rows of {@code a} are {@code as} apart and at least depth long;
   * those of the result are {@code stride(outputs)} apart. The bias has {@code stride(outputs)}
   * cells; columns of padding become the bias's there, or 0. The result must not overlap an
   * operand.
   */
  void product(
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
      int oi);

  void product(
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
      int oi);

  /**
   * Adds the outer products of two values to a sum over rows, in row order: sum[j, i] = fma(c[r,
   * j], x[r, i], sum[j, i]) for r = 0 … rows − 1. Any number of rows: pass the true one, padding is
   * not to be summed. The sum is laid out as {@link RowProductSum} says, and taken on by {@link
   * RowProductSum#drain}.
   */
  void rowProduct(
      RowProductSum layout,
      int rows,
      float[] c,
      int ci,
      int cs,
      float[] x,
      int xi,
      int xs,
      float[] sum,
      int si);

  void rowProduct(
      RowProductSum layout,
      int rows,
      double[] c,
      int ci,
      int cs,
      double[] x,
      int xi,
      int xs,
      double[] sum,
      int si);

  /** sum[j] += x[r, j] in row order. Width 1: rows adjacent. Any number of rows, as above. */
  void rowSum(int rows, int width, float[] x, int xi, float[] sum, int si);

  void rowSum(int rows, int width, double[] x, int xi, double[] sum, int si);

  // --- Random numbers --------------------------------------------------------------------------

  /**
   * out[r, c] = a standard normal number, a pure function of (seed, stream, sample id, step, c):
   * rows, their order, the number of components and the place of the result do not matter. How it
   * comes from the coordinates say {@link NormalBlocks} and {@link BoxMuller}. Any number of rows.
   * They are written one after another in fours, so that where the stride is not a multiple of four
   * a row writes over the next one's begin before that is written, and the last over three numbers
   * after it.
   *
   * @param stride from one row of the result to the next: at least {@code components}, and 1 where
   *     there is one
   * @param stream what the numbers are for: part of the key, like the seed
   * @param samples the rows' ids, from {@code si} on
   * @param scratch any, of no other thread
   */
  void normals(
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
      int oi);

  /** Loops of Brownian bridges. */
  BridgeLoops bridges();

  // --- Gradients -------------------------------------------------------------------------------

  /** Loops of exact sums. */
  FixedPointLoops fixedPoint();

  /** total[i] += sum[i], then sum[i] = 0. */
  void drain(int count, float[] sum, int si, double[] total, int ti);

  // --- The same code for every implementation: nothing in them gains from lanes ------------------

  default void drain(int count, double[] sum, int si, double[] total, int ti) {
    DoubleSampleLoops.drain(count, sum, si, 1, total, ti);
  }

  /** out[r] = x[r, 0] + x[r, 1] + …, in column order. Rows of the result are adjacent. */
  default void sum(int rows, int width, float[] x, int xi, int xs, float[] out, int oi) {
    SampleLoops.sum(rows, width, x, xi, xs, out, oi);
  }

  default void sum(int rows, int width, double[] x, int xi, int xs, double[] out, int oi) {
    DoubleSampleLoops.sum(rows, width, x, xi, xs, out, oi);
  }

  /**
   * out[r] = the largest of x[r, 0], x[r, 1], …; NaN if one is. Rows of the result are adjacent.
   */
  default void maximum(int rows, int width, float[] x, int xi, int xs, float[] out, int oi) {
    SampleLoops.maximum(rows, width, x, xi, xs, out, oi);
  }

  default void maximum(int rows, int width, double[] x, int xi, int xs, double[] out, int oi) {
    DoubleSampleLoops.maximum(rows, width, x, xi, xs, out, oi);
  }

  /** out[oi + r·os + c] = x[xi + r·xs + c] for c below width; offsets may name any column. */
  default void copyColumns(
      int rows, int width, float[] x, int xi, int xs, float[] out, int oi, int os) {
    SampleLoops.copyColumns(rows, width, x, xi, xs, out, oi, os);
  }

  default void copyColumns(
      int rows, int width, double[] x, int xi, int xs, double[] out, int oi, int os) {
    DoubleSampleLoops.copyColumns(rows, width, x, xi, xs, out, oi, os);
  }

  // --- Matrices and indices of each sample -------------------------------------------------------
  // Operands lie xs apart, or 0 where one is shared; results os apart. A result must not overlap an
  // operand.

  /**
   * out[j] = Σ a[j, p]·x[p] for matrices [n x k], by fma in the order of p; transposed, out[p] = Σ
   * a[j, p]·x[j] in the order of j.
   */
  default void batchProduct(
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
      MatrixLoops.transposedProduct(samples, n, k, a, ai, as, x, xi, xs, out, oi, os);
    } else {
      MatrixLoops.product(samples, n, k, a, ai, as, x, xi, xs, out, oi, os);
    }
  }

  /** out[j, p] = a[j]·b[p], [n x k]. */
  default void outerProduct(
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
    MatrixLoops.outerProduct(samples, n, k, a, ai, as, b, bi, bs, out, oi, os);
  }

  /** out[i] = x[indices[i]]. */
  default void gather(
      int samples, int[] indices, float[] x, int xi, int xs, float[] out, int oi, int os) {
    MatrixLoops.gather(samples, indices, x, xi, xs, out, oi, os);
  }

  /** out = 0, then out[indices[i]] += x[i] in the order of i. */
  default void scatterAdd(
      int samples,
      int[] indices,
      int size,
      float[] x,
      int xi,
      int xs,
      float[] out,
      int oi,
      int os) {
    MatrixLoops.scatterAdd(samples, indices, size, x, xi, xs, out, oi, os);
  }

  /**
   * out = the solution of a·out = b, or of aᵀ·out = b, for matrices [n x n]; NaN where a matrix is
   * singular.
   *
   * @param scratch {@link LinearSolve#scratchSize} cells
   */
  default void solve(
      int samples,
      int n,
      boolean transposed,
      float[] a,
      int ai,
      int as,
      float[] b,
      int bi,
      int bs,
      float[] scratch,
      float[] out,
      int oi,
      int os) {
    LinearSolve.solve(samples, n, transposed, a, ai, as, b, bi, bs, scratch, out, oi, os);
  }

  default void batchProduct(
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
      DoubleMatrixLoops.transposedProduct(samples, n, k, a, ai, as, x, xi, xs, out, oi, os);
    } else {
      DoubleMatrixLoops.product(samples, n, k, a, ai, as, x, xi, xs, out, oi, os);
    }
  }

  default void outerProduct(
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
    DoubleMatrixLoops.outerProduct(samples, n, k, a, ai, as, b, bi, bs, out, oi, os);
  }

  default void gather(
      int samples, int[] indices, double[] x, int xi, int xs, double[] out, int oi, int os) {
    DoubleMatrixLoops.gather(samples, indices, x, xi, xs, out, oi, os);
  }

  default void scatterAdd(
      int samples,
      int[] indices,
      int size,
      double[] x,
      int xi,
      int xs,
      double[] out,
      int oi,
      int os) {
    DoubleMatrixLoops.scatterAdd(samples, indices, size, x, xi, xs, out, oi, os);
  }

  default void solve(
      int samples,
      int n,
      boolean transposed,
      double[] a,
      int ai,
      int as,
      double[] b,
      int bi,
      int bs,
      double[] scratch,
      double[] out,
      int oi,
      int os) {
    DoubleLinearSolve.solve(samples, n, transposed, a, ai, as, b, bi, bs, scratch, out, oi, os);
  }
}
