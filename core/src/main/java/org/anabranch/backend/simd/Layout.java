package org.anabranch.backend.simd;

import org.anabranch.graph.Type;

/** The storage of values in the layout of {@link Kernels}, rows padded like columns. */
final class Layout {
  private Layout() {}

  /** The distance between two samples of a value. */
  static int stride(Type type) {
    return Kernels.stride(type.shape().size());
  }

  /** The length of a value's storage. */
  static int length(Type type, int rows) {
    int stride = stride(type);
    return Kernels.padded(type.isPerSample() ? Kernels.padded(rows) * stride : stride);
  }
}
