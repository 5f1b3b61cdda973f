package org.anabranch.backend.simd;

class ScalarKernelsTest extends KernelsContract {
  @Override
  Kernels kernels() {
    return new ScalarKernels();
  }
}
