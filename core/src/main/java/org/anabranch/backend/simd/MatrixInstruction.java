package org.anabranch.backend.simd;

import java.util.List;
import org.anabranch.graph.BatchProduct;
import org.anabranch.graph.Gather;
import org.anabranch.graph.OuterProduct;
import org.anabranch.graph.ScatterAdd;
import org.anabranch.graph.Shape;
import org.anabranch.graph.Solve;

/**
 * The kernel calls of operations on the matrices and indices of each sample, for a result of so
 * many samples.
 */
record MatrixInstruction(Kernels kernels, Place y, int samples) {
  static MatrixInstruction of(Kernels kernels, Place y, int rows) {
    return new MatrixInstruction(kernels, y, y.type().isPerSample() ? rows : 1);
  }

  private static int step(Place place) {
    return place.type().isPerSample() ? place.stride() : 0;
  }

  Instruction product(BatchProduct operation, Place a, Place x) {
    Shape shape = operation.matrix().type().shape();
    int n = shape.rows();
    int k = shape.columns();
    boolean transposed = operation.transposed();
    float[] matrix = a.floats();
    float[] vector = x.floats();
    float[] out = y.floats();
    int ai = a.offset();
    int xi = x.offset();
    int oi = y.offset();
    int as = step(a);
    int xs = step(x);
    int os = y.stride();
    return () ->
        kernels.batchProduct(
            transposed, samples, n, k, matrix, ai, as, vector, xi, xs, out, oi, os);
  }

  Instruction outerProduct(OuterProduct operation, Place a, Place b) {
    int n = a.width();
    int k = b.width();
    float[] left = a.floats();
    float[] right = b.floats();
    float[] out = y.floats();
    int ai = a.offset();
    int bi = b.offset();
    int oi = y.offset();
    int as = step(a);
    int bs = step(b);
    int os = y.stride();
    return () -> kernels.outerProduct(samples, n, k, left, ai, as, right, bi, bs, out, oi, os);
  }

  Instruction gather(Gather operation, Place x) {
    int[] indices = indices(operation.indices());
    int xs = step(x);
    return () ->
        kernels.gather(
            samples, indices, x.floats(), x.offset(), xs, y.floats(), y.offset(), y.stride());
  }

  Instruction scatterAdd(ScatterAdd operation, Place x) {
    int[] indices = indices(operation.indices());
    int size = operation.size();
    int xs = step(x);
    return () ->
        kernels.scatterAdd(
            samples, indices, size, x.floats(), x.offset(), xs, y.floats(), y.offset(), y.stride());
  }

  private static int[] indices(List<Integer> indices) {
    return indices.stream().mapToInt(Integer::intValue).toArray();
  }

  Instruction solve(Solve operation, Place a, Place b) {
    int n = y.width();
    boolean transposed = operation.transposed();
    float[] scratch = new float[LinearSolve.scratchSize(n)];
    float[] matrix = a.floats();
    float[] right = b.floats();
    float[] out = y.floats();
    int ai = a.offset();
    int bi = b.offset();
    int oi = y.offset();
    int as = step(a);
    int bs = step(b);
    int os = y.stride();
    return () ->
        kernels.solve(samples, n, transposed, matrix, ai, as, right, bi, bs, scratch, out, oi, os);
  }
}
