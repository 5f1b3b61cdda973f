package org.anabranch.backend.simd;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@link Kernels} does in float64 beyond element-wise loops, against exact sums. */
abstract class DoubleProductsContract {
  private static final int STRIDE = 48;

  final KernelInputs inputs = new KernelInputs(11);

  abstract Kernels kernels();

  @ParameterizedTest
  @CsvSource({
    "1,1", "1,40", "40,1", "3,17", "16,16", "17,33", "30,32", "48,65", "64,64", "100,30", "130,128"
  })
  void productsAreTheChainOfFmaFromTheBias(int outputs, int depth) {
    int rows = 22;
    int as = Kernels.stride(depth);
    int os = Kernels.stride(outputs);
    double[] a = inputs.doubles(rows * as);
    double[] w = inputs.doubles(2 + outputs * depth);
    double[] bias = inputs.doubles(os);
    double[] packed = new double[kernels().packedSize(outputs, depth)];
    double[] out = new double[rows * os];
    kernels().pack(w, 2, outputs, depth, false, packed, 0);
    kernels().product(rows, depth, outputs, a, 0, as, packed, 0, bias, 0, out, 0);
    for (int r = 0; r < rows; r++) {
      for (int j = 0; j < outputs; j++) {
        double sum = bias[j];
        for (int p = 0; p < depth; p++) {
          sum = Math.fma(a[r * as + p], w[2 + j * depth + p], sum);
        }
        assertThat(out[r * os + j]).isEqualTo(sum);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1", "40,1", "3,17", "17,33", "48,65", "100,30"})
  void transposedProductsFollowExactSumsAndPadWithZeros(int n, int k) {
    int rows = 5;
    int cs = Kernels.stride(n);
    int os = Kernels.stride(k);
    double[] c = inputs.doubles(rows * cs);
    double[] w = inputs.doubles(n * k);
    double[] packed = new double[kernels().packedSize(k, n)];
    double[] out = new double[rows * os];
    Arrays.fill(packed, Double.NaN);
    Arrays.fill(out, Double.NaN);
    kernels().pack(w, 0, n, k, true, packed, 0);
    kernels().product(rows, n, k, c, 0, cs, packed, 0, null, 0, out, 0);
    for (int r = 0; r < rows; r++) {
      for (int i = 0; i < os; i++) {
        BigDecimal sum = BigDecimal.ZERO;
        for (int j = 0; j < n && i < k; j++) {
          sum = sum.add(new BigDecimal(c[r * cs + j]).multiply(new BigDecimal(w[j * k + i])));
        }
        BigDecimal error = new BigDecimal(out[r * os + i]).subtract(sum).abs();
        assertThat(error.doubleValue()).isLessThanOrEqualTo(i < k ? n * 64 * 0x1p-53 : 0);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1,1", "1,40", "40,1", "3,17", "16,16", "17,33", "30,32", "48,65", "64,64", "100,30", "130,128"
  })
  void sumsOfOuterProductsAreTheChainOfFmaInRowOrder(int n, int k) {
    int rows = 21;
    RowProductSum layout = new RowProductSum(n, k);
    int cs = Kernels.stride(n);
    int xs = Kernels.stride(k);
    double[] c = inputs.doubles(rows * cs);
    double[] x = inputs.doubles(rows * xs);
    double[] sum = new double[layout.size()];
    double[] total = new double[n * k];
    Arrays.fill(total, 1);
    kernels().rowProduct(layout, rows, c, 0, cs, x, 0, xs, sum, 0);
    layout.drain(sum, 0, total, 0);
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < k; i++) {
        double expected = 0;
        for (int r = 0; r < rows; r++) {
          expected = Math.fma(c[r * cs + j], x[r * xs + i], expected);
        }
        assertThat(total[j * k + i]).isEqualTo(1.0 + expected);
      }
    }
    double[] again = total.clone();
    layout.drain(sum, 0, again, 0);
    assertThat(again).as("a drained sum is 0").isEqualTo(total);
  }

  @ParameterizedTest
  @CsvSource({"1,7", "3,7", "16,21", "70,6", "130,5"})
  void sumsOverRowsGoInRowOrder(int width, int rows) {
    int stride = Kernels.stride(width);
    double[] x = inputs.doubles(rows * stride);
    double[] sum = new double[Kernels.padded(width)];
    kernels().rowSum(rows, width, x, 0, sum, 0);
    double[] total = new double[width];
    kernels().drain(width, sum, 0, total, 0);
    for (int c = 0; c < width; c++) {
      double expected = 0;
      for (int r = 0; r < rows; r++) {
        expected += x[r * stride + c];
      }
      assertThat(total[c]).isEqualTo(expected);
      assertThat(sum[c]).isZero();
    }
  }

  @Test
  void sumsAndLargestFollowTheColumns() {
    double[] x = new double[2 * STRIDE];
    Arrays.fill(x, 9);
    System.arraycopy(new double[] {1e17, 1, -1e17}, 0, x, 0, 3);
    System.arraycopy(new double[] {-3, Double.NaN, -2}, 0, x, STRIDE, 3);
    double[] out = new double[2];
    kernels().sum(1, 3, x, 0, STRIDE, out, 0);
    assertThat(out[0]).as("1e17 + 1 is 1e17 in float64").isEqualTo(0);
    kernels().maximum(2, 3, x, 0, STRIDE, out, 0);
    assertThat(out[0]).isEqualTo(1e17);
    assertThat(out[1]).isNaN();
    kernels().maximum(1, 1, x, STRIDE, STRIDE, out, 0);
    assertThat(out[0]).isEqualTo(-3);
  }

  @Test
  void columnsAreCopiedToWhereTheyBelongAndNowhereElse() {
    double[] x = inputs.doubles(2 * STRIDE);
    double[] out = new double[2 * STRIDE];
    kernels().copyColumns(2, 3, x, 5, STRIDE, out, 7, STRIDE);
    for (int i = 0; i < out.length; i++) {
      boolean copied = i % STRIDE >= 7 && i % STRIDE < 10;
      assertThat(out[i]).isEqualTo(copied ? x[i - 2] : 0);
    }
  }
}
