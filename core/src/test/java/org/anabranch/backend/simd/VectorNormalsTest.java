package org.anabranch.backend.simd;

class VectorNormalsTest extends NormalsContract {
  @Override
  Kernels kernels() {
    return new VectorKernels();
  }
}
