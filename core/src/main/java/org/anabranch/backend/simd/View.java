package org.anabranch.backend.simd;

import java.util.List;
import org.anabranch.graph.Type;

/**
 * An element-wise loop over a result: {@code rows} rows of {@code stride} numbers one behind the
 * other, and how each operand is read there. Where every operand lies like the result, or is one
 * number, the rows become one.
 */
record View(int rows, int stride, List<Operand> operands) {
  /**
   * How an operand is read: a step from row to row, and along the row as a vector or as one number
   * for all of it (the {@code V} and {@code B} of {@link Kernels}).
   */
  record Operand(Place place, int rowStep, boolean vector) {}

  static View of(Place y, List<Place> operands, int rows) {
    View full = full(y.type(), rows);
    List<Operand> read = operands.stream().map(x -> operand(y.type(), x, full.stride)).toList();
    if (full.rows == 1 || !read.stream().allMatch(o -> liesLike(o, full))) {
      return new View(full.rows, full.stride, read);
    }
    return new View(1, full.rows * full.stride, read);
  }

  private static View full(Type y, int rows) {
    boolean row = y.isPerSample() && y.shape().size() > 1;
    int stride = y.isPerSample() && !row ? Kernels.padded(rows) : Layout.stride(y);
    return new View(row ? Kernels.padded(rows) : 1, Kernels.padded(stride), List.of());
  }

  private static boolean liesLike(Operand operand, View full) {
    return operand.vector ? operand.rowStep == full.stride : operand.rowStep == 0;
  }

  /** An operand that lies like the result. */
  Operand like(Place place) {
    return new Operand(place, stride, true);
  }

  private static Operand operand(Type y, Place x, int stride) {
    Type type = x.type();
    if (type.extent() == y.extent() && type.shape().size() == y.shape().size()) {
      return new Operand(x, stride, true);
    }
    if (type.shape().size() == 1) {
      return new Operand(x, type.isPerSample() ? 1 : 0, false);
    }
    return new Operand(x, 0, true);
  }
}
