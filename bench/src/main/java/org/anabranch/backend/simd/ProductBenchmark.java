package org.anabranch.backend.simd;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.anabranch.graph.UnaryFunction;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.CompilerControl;
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
  private final Storage storage = new Storage(WorkingPrecision.FLOAT32);
  private Layer layer = new Layer(kernels, storage, 32, 32);

  /** The arrays of one size, which begin with cache lines as in a program. */
  private static final class Layer {
    private final Kernels kernels;
    private final int rows;
    private final int width;
    private final int stride;
    private final Storage.Floats x;
    private final Storage.Floats hidden;
    private final Storage.Floats out;
    private final Storage.Floats bias;
    private final Storage.Floats forward;
    private final Storage.Floats transposed;
    private final RowProductSum layout;
    private final Storage.Floats sum;

    Layer(Kernels kernels, Storage storage, int rows, int width) {
      this.kernels = kernels;
      this.rows = rows;
      this.width = width;
      stride = Kernels.stride(width);
      x = SampleNumbers.of(rows * stride, storage);
      hidden = storage.floats(rows * stride);
      out = storage.floats(rows * stride);
      bias = SampleNumbers.of(stride, storage);
      forward = storage.floats(kernels.packedSize(width, width));
      transposed = storage.floats(kernels.packedSize(width, width));
      pack(false, forward);
      pack(true, transposed);
      layout = new RowProductSum(width, width);
      sum = storage.floats(layout.size());
    }

    private void pack(boolean transpose, Storage.Floats panels) {
      float[] weights = SampleNumbers.of(width * width);
      kernels.pack(weights, 0, width, width, transpose, panels.array(), panels.offset());
    }

    /**
     * A call of its own, as in a program, whose instructions are reached through an interface:
     * inlined into JMH's loop as well, a kernel is past what C2 inlines, and vectors are boxed.
     */
    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    void product() {
      kernels.product(
          rows,
          width,
          width,
          x.array(),
          x.offset(),
          stride,
          forward.array(),
          forward.offset(),
          bias.array(),
          bias.offset(),
          hidden.array(),
          hidden.offset());
    }

    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    void activation() {
      kernels.unary(
          UnaryFunction.TANH,
          rows * stride,
          hidden.array(),
          hidden.offset(),
          out.array(),
          out.offset());
    }

    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    void cotangent() {
      kernels.product(
          rows,
          width,
          width,
          x.array(),
          x.offset(),
          stride,
          transposed.array(),
          transposed.offset(),
          null,
          0,
          out.array(),
          out.offset());
    }

    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    void weightGradient() {
      kernels.rowProduct(
          layout,
          rows,
          x.array(),
          x.offset(),
          stride,
          out.array(),
          out.offset(),
          stride,
          sum.array(),
          sum.offset());
    }
  }

  /**
   * Runs all kernels on all widths for a while, so that the compiler sees the mixture that a solve
   * shows it and not a single loop length.
   */
  @Setup
  public void prepare() {
    long start = System.nanoTime();
    List<Layer> others = new ArrayList<>();
    for (int mixed : WIDTHS) {
      others.add(new Layer(kernels, storage, rows, mixed));
    }
    while (System.nanoTime() - start < MIXED_WARM_UP_NANOS) {
      for (Layer other : others) {
        other.product();
        other.activation();
        other.cotangent();
        other.weightGradient();
      }
    }
    layer = new Layer(kernels, storage, rows, width);
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
    return layer.out.array();
  }

  @Benchmark
  public float[] productBias() {
    layer.product();
    return layer.hidden.array();
  }

  /** The cotangent of the layer's input: that of its output times the matrix. */
  @Benchmark
  public float[] cotangent() {
    layer.cotangent();
    return layer.out.array();
  }

  /** The sum of outer products that the gradient by the matrix is. */
  @Benchmark
  public float[] weightGradient() {
    layer.weightGradient();
    return layer.sum.array();
  }
}
