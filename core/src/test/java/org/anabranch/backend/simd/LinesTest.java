package org.anabranch.backend.simd;

import static org.assertj.core.api.Assertions.assertThat;

import org.anabranch.graph.BinaryFunction;
import org.anabranch.graph.UnaryFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Operands longer, wider and deeper than what {@link Lines} hold at once, against plain loops. */
class LinesTest {
  private static final int ROWS = 5;

  private final Kernels kernels = new ScalarKernels();
  private final KernelInputs inputs = new KernelInputs(7);

  @ParameterizedTest
  @ValueSource(ints = {16, 400, 1024, 2064})
  void rowsOfAnyLengthAreTakenWhole(int stride) {
    float[] a = inputs.floats(3 + ROWS * stride);
    float[] b = inputs.floats(ROWS);
    float[] out = new float[1 + ROWS * stride];
    kernels.binaryVB(BinaryFunction.SUBTRACT, ROWS, stride, a, 3, stride, b, 0, 1, out, 1);
    for (int i = 0; i < ROWS * stride; i++) {
      assertThat(out[1 + i]).isEqualTo(a[3 + i] - b[i / stride]);
    }
    kernels.binaryVV(BinaryFunction.MULTIPLY, ROWS, stride, a, 2, 0, a, 3, stride, out, 1);
    for (int i = 0; i < ROWS * stride; i++) {
      assertThat(out[1 + i]).isEqualTo(a[2 + i % stride] * a[3 + i]);
    }
    kernels.multiplyAddVB(ROWS, stride, a, 1, stride, b, 0, 1, a, 0, 0, out, 1);
    for (int i = 0; i < ROWS * stride; i++) {
      assertThat(out[1 + i]).isEqualTo(Math.fma(a[1 + i], b[i / stride], a[i % stride]));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 1024, 2064})
  void functionsAndChainsOfAnyLengthAreTakenWhole(int count) {
    float[] a = inputs.floats(count + 3);
    float[] out = new float[count + 1];
    kernels.unary(UnaryFunction.TANH, count, a, 2, out, 1);
    for (int i = 0; i < count; i++) {
      assertThat(out[1 + i]).isEqualTo(Activation.tanh(a[2 + i]));
    }
    kernels.chains().subtractFromScaled(count, a, 0, a, 3, 1.5f, out, 1);
    for (int i = 0; i < count; i++) {
      assertThat(out[1 + i]).isEqualTo(a[3 + i] * 1.5f - a[i]);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 2", "2, 66, 128", "3, 67, 129", "7, 134, 300", "64, 2, 17"})
  void productsOfAnySizeAreChainsInTheOrderOfTheirTerms(int rows, int depth, int outputs) {
    float[] w = inputs.floats(outputs * depth);
    float[] a = inputs.floats(rows * depth);
    float[] packed = new float[kernels.packedSize(outputs, depth)];
    float[] out = new float[rows * Kernels.stride(outputs)];
    kernels.pack(w, 0, outputs, depth, false, packed, 0);
    kernels.product(rows, depth, outputs, a, 0, depth, packed, 0, null, 0, out, 0);
    for (int row = 0; row < rows; row++) {
      for (int j = 0; j < outputs; j++) {
        float sum = 0;
        for (int p = 0; p < depth; p++) {
          sum = Math.fma(a[row * depth + p], w[j * depth + p], sum);
        }
        assertThat(out[row * Kernels.stride(outputs) + j]).isEqualTo(sum);
      }
    }
  }

  @Test
  void theBeginningOfLinesDoesNotReachTheBits() {
    int size = 24;
    float[] a = inputs.floats(size * 32);
    float[] packed = new float[kernels.packedSize(size, size)];
    kernels.pack(inputs.floats(size * size), 0, size, size, false, packed, 0);
    float[] first = new float[size * 32];
    kernels.product(size, size, size, a, 0, 32, packed, 0, null, 0, first, 0);
    for (int i = 0; i < LineStart.CHOICES * LineStart.TRIALS; i++) {
      float[] again = new float[size * 32];
      kernels.product(size, size, size, a, 0, 32, packed, 0, null, 0, again, 0);
      assertThat(again).isEqualTo(first);
    }
  }
}
