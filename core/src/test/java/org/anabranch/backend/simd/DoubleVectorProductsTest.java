package org.anabranch.backend.simd;

class DoubleVectorProductsTest extends DoubleProductsContract {
  @Override
  Kernels kernels() {
    return new VectorKernels();
  }
}
