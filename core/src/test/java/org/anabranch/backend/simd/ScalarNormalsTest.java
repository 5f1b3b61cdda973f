package org.anabranch.backend.simd;

class ScalarNormalsTest extends NormalsContract {
  @Override
  Kernels kernels() {
    return new ScalarKernels();
  }
}
