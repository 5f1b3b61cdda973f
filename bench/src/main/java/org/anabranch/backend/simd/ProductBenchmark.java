package org.anabranch.backend.simd;

import java.util.concurrent.TimeUnit;
import org.anabranch.graph.UnaryFunction;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The products of a layer from {@code width} to {@code width} numbers on a tile of samples. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ProductBenchmark {
  private static final int[] WIDTHS = {32, 64, 128};
  private static final long MIXED_WARM_UP_NANOS = 300_000_000;

  /** Inputs and outputs of the layer. */
  @Param({"32", "64", "128"})
  public int width;

  /** Samples of the tile. */
  @Param({"32", "64", "128"})
  public int rows;

  private final Kernels kernels = KernelChoice.get();
  private Layer layer = new Layer(kernels, 32, 32);

  /** The arrays of one size. */
  private static final class Layer {
    private final Kernels kernels;
    private final int rows;
    private final int width;
    private final int stride;
    private final float[] x;
    private final float[] hidden;
    private final float[] out;
    private final float[] bias;
    private final float[] forward;
    private final float[] transposed;
    private final RowProductSum layout;
    private final float[] sum;

    Layer(Kernels kernels, int rows, int width) {
      this.kernels = kernels;
      this.rows = rows;
      this.width = width;
      stride = Kernels.stride(width);
      x = SampleNumbers.of(rows * stride);
      hidden = new float[rows * stride];
      out = new float[rows * stride];
      bias = SampleNumbers.of(stride);
      float[] weights = SampleNumbers.of(width * width);
      forward = new float[kernels.packedSize(width, width)];
      transposed = new float[kernels.packedSize(width, width)];
      kernels.pack(weights, 0, width, width, false, forward, 0);
      kernels.pack(weights, 0, width, width, true, transposed, 0);
      layout = new RowProductSum(width, width);
      sum = new float[layout.size()];
    }

    void product() {
      kernels.product(rows, width, width, x, 0, stride, forward, 0, bias, 0, hidden, 0);
    }

    void activation() {
      kernels.unary(UnaryFunction.TANH, rows * stride, hidden, 0, out, 0);
    }

    void cotangent() {
      kernels.product(rows, width, width, x, 0, stride, transposed, 0, null, 0, out, 0);
    }

    void weightGradient() {
      kernels.rowProduct(layout, rows, x, 0, stride, out, 0, stride, sum, 0);
    }
  }

  /**
   * Runs all kernels on all widths for a while, so that the compiler sees the mixture that a solve
   * shows it and not a single loop length.
   */
  @Setup
  public void prepare() {
    long start = System.nanoTime();
    while (System.nanoTime() - start < MIXED_WARM_UP_NANOS) {
      for (int mixed : WIDTHS) {
        Layer other = new Layer(kernels, rows, mixed);
        other.product();
        other.activation();
        other.cotangent();
        other.weightGradient();
      }
    }
    layer = new Layer(kernels, rows, width);
    layer.product();
    layer.activation();
  }

  /** Operations of one product, a multiply-add counted as two. */
  public static double operations(int width, int rows) {
    return 2.0 * width * width * rows;
  }

  @Benchmark
  public float[] productBiasTanh() {
    layer.product();
    layer.activation();
    return layer.out;
  }

  @Benchmark
  public float[] productBias() {
    layer.product();
    return layer.hidden;
  }

  /** The cotangent of the layer's input: that of its output times the matrix. */
  @Benchmark
  public float[] cotangent() {
    layer.cotangent();
    return layer.out;
  }

  /** The sum of outer products that the gradient by the matrix is. */
  @Benchmark
  public float[] weightGradient() {
    layer.weightGradient();
    return layer.sum;
  }
}
