package org.anabranch.backend.simd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.anabranch.graph.BinaryFunction;
import org.anabranch.graph.UnaryFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every implementation of {@link Kernels} does, against Java's operators and float64 sums. */
abstract class KernelsContract {
  private static final int ROWS = 6;
  private static final int STRIDE = 48;
  private static final int COUNT = ROWS * STRIDE;

  final KernelInputs inputs = new KernelInputs(7);

  abstract Kernels kernels();

  /** Java's own operators. Math.min and Math.max differ for zeros of both signs only. */
  private static DoubleBinaryOperator operator(BinaryFunction f) {
    return switch (f) {
      case ADD -> (x, y) -> x + y;
      case SUBTRACT -> (x, y) -> x - y;
      case MULTIPLY -> (x, y) -> x * y;
      case DIVIDE -> (x, y) -> x / y;
      case MINIMUM -> Math::min;
      case MAXIMUM -> Math::max;
      case LESS -> (x, y) -> x < y ? 1 : 0;
      case LESS_OR_EQUAL -> (x, y) -> x <= y ? 1 : 0;
      case EQUAL -> (x, y) -> x == y ? 1 : 0;
      case POWER -> StrictMath::pow;
    };
  }

  /** POWER in float32 has an error: PowerTest measures it. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "POWER")
  void functionsOfTwoOperandsAreTheOperatorsOfJava(BinaryFunction f) {
    float[] a = inputs.corners(COUNT);
    float[] b = inputs.corners(COUNT);
    float[] vectors = new float[COUNT];
    float[] rightScalar = new float[COUNT];
    float[] leftScalar = new float[COUNT];
    kernels().binaryVV(f, ROWS, STRIDE, a, 0, STRIDE, b, 0, 0, vectors, 0);
    kernels().binaryVB(f, ROWS, STRIDE, a, 0, STRIDE, b, 3, 1, rightScalar, 0);
    kernels().binaryBV(f, ROWS, STRIDE, a, 5, 0, b, 0, STRIDE, leftScalar, 0);
    for (int i = 0; i < COUNT; i++) {
      int row = i / STRIDE;
      same(vectors[i], (float) operator(f).applyAsDouble(a[i], b[i % STRIDE]));
      same(rightScalar[i], (float) operator(f).applyAsDouble(a[i], b[3 + row]));
      same(leftScalar[i], (float) operator(f).applyAsDouble(a[5], b[i]));
    }
  }

  /** NaN is NaN, 0 is −0. A float32 result rounded to float64 first is the same number. */
  private static void same(double actual, double expected) {
    assertThat(actual == expected || (Double.isNaN(actual) && Double.isNaN(expected)))
        .as("%s, expected %s", actual, expected)
        .isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void wideFunctionsOfTwoOperandsAreTheOperatorsOfJava(BinaryFunction f) {
    double[] a = inputs.wideCorners(COUNT);
    double[] b = inputs.wideCorners(COUNT);
    double[] vectors = new double[COUNT];
    double[] rightScalar = new double[COUNT];
    kernels().binaryVV(f, 1, COUNT, a, 0, COUNT, b, 0, COUNT, vectors, 0);
    kernels().binaryVB(f, ROWS, STRIDE, a, 0, STRIDE, b, 3, 1, rightScalar, 0);
    for (int i = 0; i < COUNT; i++) {
      same(vectors[i], operator(f).applyAsDouble(a[i], b[i]));
      same(rightScalar[i], operator(f).applyAsDouble(a[i], b[3 + i / STRIDE]));
    }
  }

  @Test
  void ofTwoZerosTheSmallerAndTheLargerAreTheSecond() {
    float[] zeros = new float[16];
    float[] negative = new float[16];
    float[] out = new float[16];
    Arrays.fill(negative, -0f);
    for (BinaryFunction f : new BinaryFunction[] {BinaryFunction.MINIMUM, BinaryFunction.MAXIMUM}) {
      kernels().binaryVV(f, 1, 16, zeros, 0, 16, negative, 0, 16, out, 0);
      assertThat(out).as(f.name()).isEqualTo(negative);
      kernels().binaryVV(f, 1, 16, negative, 0, 16, zeros, 0, 16, out, 0);
      assertThat(out).as(f.name()).isEqualTo(zeros);
    }
  }

  @Test
  void multiplyAddRoundsOnce() {
    float[] a = new float[16];
    float[] c = new float[16];
    float[] out = new float[16];
    Arrays.fill(a, 1 + 0x1p-12f);
    Arrays.fill(c, -(1 + 0x1p-11f));
    kernels().multiplyAddVB(1, 16, a, 0, 16, a, 0, 0, c, 0, 16, out, 0);
    assertThat(out).containsOnly(0x1p-24f); // a·a rounded by itself would leave 0
  }

  @Test
  void selectionDoesNotLookAtTheOtherOperand() {
    float[] mask = new float[16];
    float[] a = new float[16];
    float[] b = new float[16];
    float[] out = new float[16];
    Arrays.fill(a, Float.NaN);
    Arrays.fill(b, 2);
    mask[3] = Float.NaN;
    mask[4] = -0f;
    kernels().selectV(1, 16, mask, 0, 16, b, 0, 16, a, 0, 16, out, 0);
    assertThat(out[3]).isEqualTo(2);
    assertThat(out[4]).isNaN();
    kernels().selectB(1, 16, mask, 4, 0, a, 0, 16, b, 0, 16, out, 0);
    assertThat(out).containsOnly(2);
  }

  private static DoubleUnaryOperator function(UnaryFunction f) {
    return switch (f) {
      case NEGATE -> x -> -x;
      case ABSOLUTE -> Math::abs;
      case SQRT -> Math::sqrt;
      case RECIPROCAL -> x -> 1 / x;
      case SQUARE -> x -> x * x;
      case EXP -> StrictMath::exp;
      case LOG -> StrictMath::log;
      case TANH -> StrictMath::tanh;
      case SIGMOID -> x -> 1 / (1 + StrictMath.exp(-x));
      case SOFTPLUS -> x -> Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
      case RELU -> x -> Math.max(x, 0);
      case STEP -> x -> x > 0 ? 1 : 0;
      case SIN -> StrictMath::sin;
      case COS -> StrictMath::cos;
      case EXPM1 -> StrictMath::expm1;
      case ERF -> WideErrorFunction::erf; // ActivationTest holds it against tables
    };
  }

  @ParameterizedTest
  @EnumSource
  void wideFunctionsOfOneOperandFollowStrictMath(UnaryFunction f) {
    double[] x = inputs.doubles(COUNT);
    double[] out = new double[COUNT];
    kernels().unary(f, COUNT, x, 0, out, 0);
    for (int i = 0; i < COUNT; i++) {
      double expected = function(f).applyAsDouble(x[i]);
      boolean close = Math.abs(out[i] - expected) <= 4 * Math.ulp(expected);
      assertThat(close || (Double.isNaN(expected) && Double.isNaN(out[i])))
          .as("%s of %s is %s, expected %s", f, x[i], out[i], expected)
          .isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void functionsOfOneOperandFollowFloat64(UnaryFunction f) {
    float[] x = inputs.floats(COUNT);
    float[] out = new float[COUNT];
    kernels().unary(f, COUNT, x, 0, out, 0);
    for (int i = 0; i < COUNT; i++) {
      double expected = function(f).applyAsDouble(x[i]);
      boolean close = Math.abs(out[i] - expected) <= 5.0 * Math.ulp((float) expected);
      assertThat(close || (Double.isNaN(expected) && Float.isNaN(out[i])))
          .as("%s of %s is %s, expected %s", f, x[i], out[i], expected)
          .isTrue();
    }
  }

  @Test
  void narrowingRoundsToNearestAndWideningIsExact() {
    double[] x = new double[16];
    x[0] = 1 + 0x1p-24; // half way: to even
    x[1] = 1 + 0x1.8p-23;
    x[2] = 1e300;
    x[3] = Double.NaN;
    x[4] = Math.PI;
    float[] narrow = new float[16];
    kernels().narrow(16, x, 0, narrow, 0);
    assertThat(narrow).startsWith(1, 1 + 0x1p-22f, Float.POSITIVE_INFINITY);
    assertThat(narrow[3]).isNaN();
    double[] wide = new double[16];
    kernels().widen(16, narrow, 0, wide, 0);
    assertThat(wide[4]).isEqualTo((double) (float) Math.PI);
  }

  @Test
  void whatARoundedIncrementAddsItTakesAwayToTheLastBit() {
    double magic = 0x1.8p22; // quantum 2⁻³⁰
    double[] z = new double[COUNT];
    kernels().roundToGrid(COUNT, inputs.doubles(COUNT), 0, magic, z, 0);
    assertThat(z[5] * 0x1p30).isEqualTo(Math.rint(z[5] * 0x1p30));
    double[] v = inputs.doubles(COUNT);
    double[] h = inputs.doubles(ROWS);
    double[] there = new double[COUNT];
    double[] back = new double[COUNT];
    kernels().addRounded(ROWS, STRIDE, z, 0, STRIDE, h, 0, 1, v, 0, STRIDE, magic, there, 0);
    kernels()
        .subtractRounded(ROWS, STRIDE, there, 0, STRIDE, h, 0, 1, v, 0, STRIDE, magic, back, 0);
    assertThat(back).isEqualTo(z);
    assertThat(there[9] - z[9]).isCloseTo(h[0] * v[9], within(0x1p-31));
  }

  @ParameterizedTest
  @CsvSource({
    "1,1", "1,40", "40,1", "3,17", "16,16", "17,33", "30,32", "48,65", "64,64", "100,30", "130,128"
  })
  void productsAreTheChainOfFmaFromTheBias(int outputs, int depth) {
    int rows = 22;
    int as = Kernels.stride(depth);
    int os = Kernels.stride(outputs);
    float[] a = inputs.floats(rows * as);
    float[] w = inputs.floats(2 + outputs * depth);
    float[] bias = inputs.floats(os);
    float[] packed = new float[kernels().packedSize(outputs, depth)];
    float[] out = new float[rows * os];
    kernels().pack(w, 2, outputs, depth, false, packed, 0);
    kernels().product(rows, depth, outputs, a, 0, as, packed, 0, bias, 0, out, 0);
    for (int r = 0; r < rows; r++) {
      for (int j = 0; j < outputs; j++) {
        float sum = bias[j];
        for (int p = 0; p < depth; p++) {
          sum = Math.fma(a[r * as + p], w[2 + j * depth + p], sum);
        }
        assertThat(out[r * os + j]).isEqualTo(sum);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1,1", "1,40", "40,1", "3,17", "16,16", "17,33", "30,32", "48,65", "64,64", "100,30", "130,128"
  })
  void transposedProductsFollowFloat64AndPadWithZeros(int n, int k) {
    int rows = 22;
    int cs = Kernels.stride(n);
    int os = Kernels.stride(k);
    float[] c = inputs.floats(rows * cs);
    float[] w = inputs.floats(n * k);
    float[] packed = new float[kernels().packedSize(k, n)];
    float[] out = new float[rows * os];
    Arrays.fill(packed, Float.NaN);
    Arrays.fill(out, Float.NaN);
    kernels().pack(w, 0, n, k, true, packed, 0);
    kernels().product(rows, n, k, c, 0, cs, packed, 0, null, 0, out, 0);
    for (int r = 0; r < rows; r++) {
      for (int i = 0; i < os; i++) {
        double sum = 0;
        for (int j = 0; j < n && i < k; j++) {
          sum += (double) c[r * cs + j] * w[j * k + i];
        }
        assertThat((double) out[r * os + i]).isCloseTo(sum, within(n * 64 * 0x1p-24));
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
    float[] c = inputs.floats(rows * Kernels.stride(n));
    float[] x = inputs.floats(rows * Kernels.stride(k));
    float[] sum = new float[layout.size()];
    double[] total = new double[n * k];
    Arrays.fill(total, 1);
    kernels().rowProduct(layout, rows, c, 0, Kernels.stride(n), x, 0, Kernels.stride(k), sum, 0);
    layout.drain(kernels(), sum, 0, total, 0);
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < k; i++) {
        float expected = 0;
        for (int r = 0; r < rows; r++) {
          expected = Math.fma(c[r * Kernels.stride(n) + j], x[r * Kernels.stride(k) + i], expected);
        }
        assertThat(total[j * k + i]).isEqualTo(1.0 + expected);
      }
    }
    double[] again = total.clone();
    layout.drain(kernels(), sum, 0, again, 0);
    assertThat(again).as("a drained sum is 0").isEqualTo(total);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 7, 8, 15, 16, 17, 31, 33, 100})
  void integersAtAScaleAreRoundedToTheNearestAndWhatIsLeftOverIsKept(int count) {
    FixedPointLoops loops = kernels().fixedPoint();
    double[] values = inputs.doubles(count + 5);
    long[] sums = new long[count + 3];
    long[] wide = new long[count + 3];
    long[] fine = new long[count + 3];
    Arrays.fill(sums, 11);
    loops.accumulate(values, 2, count + 2, 40, sums, 1);
    loops.accumulateWide(values, 2, count + 2, 40, wide, fine, 1);
    double largest = 0;
    for (int i = 0; i < count; i++) {
      double scaled = values[i + 2] * 0x1p40;
      assertThat(sums[i + 1]).isEqualTo(11 + (long) Math.rint(scaled));
      assertThat(wide[i + 1]).isEqualTo((long) Math.rint(scaled));
      assertThat(fine[i + 1]).isEqualTo((long) Math.rint((scaled - Math.rint(scaled)) * 0x1p50));
      largest = Math.max(largest, Math.abs(values[i + 2]));
    }
    assertThat(List.of(sums[0], sums[count + 1], sums[count + 2])).containsOnly(11L);
    assertThat(Double.longBitsToDouble(loops.largestBits(values, 2, count + 2))).isEqualTo(largest);
  }

  @Test
  void noNumberIsLargerThanAnyOther() {
    double[] values = new double[40];
    for (double odd : new double[] {Double.NaN, Double.POSITIVE_INFINITY, -0x1p1000}) {
      for (int at = 0; at < values.length; at++) {
        values[at] = odd;
        assertThat(kernels().fixedPoint().largestBits(values, 0, values.length))
            .isEqualTo(Double.doubleToRawLongBits(Math.abs(odd)));
        values[at] = -1;
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8, 9, 15, 16, 17, 33, 784})
  void runningSumsAreEmptiedIntoTotals(int count) {
    float[] sum = inputs.floats(Kernels.padded(count) + 16);
    float[] before = sum.clone();
    double[] total = new double[count + 4];
    Arrays.fill(total, 0x1p30);
    kernels().drain(count, sum, 16, total, 2);
    for (int i = 0; i < count; i++) {
      assertThat(total[i + 2]).isEqualTo(0x1p30 + before[16 + i]);
      assertThat(sum[16 + i]).isZero();
    }
    assertThat(total[1]).isEqualTo(0x1p30);
    assertThat(total[count + 2]).isEqualTo(0x1p30);
    assertThat(sum[15]).isEqualTo(before[15]);
  }

  @Test
  void sumsAndLargestFollowTheColumns() {
    float[] x = new float[2 * STRIDE];
    Arrays.fill(x, 9);
    System.arraycopy(new float[] {1e8f, 1, -1e8f}, 0, x, 0, 3);
    System.arraycopy(new float[] {-3, Float.NaN, -2}, 0, x, STRIDE, 3);
    float[] out = new float[2];
    kernels().sum(1, 3, x, 0, STRIDE, out, 0);
    assertThat(out[0]).as("1e8 + 1 is 1e8 in float32").isEqualTo(0);
    kernels().maximum(2, 3, x, 0, STRIDE, out, 0);
    assertThat(out[0]).isEqualTo(1e8f);
    assertThat(out[1]).isNaN();
    kernels().maximum(1, 1, x, STRIDE, STRIDE, out, 0);
    assertThat(out[0]).isEqualTo(-3);
  }
}
