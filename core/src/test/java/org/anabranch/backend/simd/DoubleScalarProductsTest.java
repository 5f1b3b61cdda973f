package org.anabranch.backend.simd;

class DoubleScalarProductsTest extends DoubleProductsContract {
  @Override
  Kernels kernels() {
    return new ScalarKernels();
  }
}
