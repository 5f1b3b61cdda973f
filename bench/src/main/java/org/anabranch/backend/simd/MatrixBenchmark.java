package org.anabranch.backend.simd;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.CompilerControl;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Products with a matrix of each sample, as controlled equations and general noise have them. The
 * matrices of 1024 samples leave the first cache; those of 64, a tile, the smaller ones stay in the
 * second.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MatrixBenchmark {
  @Param({"32x20", "64x40"})
  private String shape = "32x20";

  @Param({"64", "1024"})
  private int samples = 64;

  private final Kernels kernels = KernelChoice.get();
  private int n;
  private int k;
  private float[] a = {};
  private float[] left = {};
  private float[] right = {};
  private float[] out = {};

  @Setup
  public void allocate() {
    n = Integer.parseInt(shape.substring(0, shape.indexOf('x')));
    k = Integer.parseInt(shape.substring(shape.indexOf('x') + 1));
    a = SampleNumbers.of(samples * Kernels.stride(n * k));
    left = SampleNumbers.of(samples * Kernels.stride(n));
    right = SampleNumbers.of(samples * Kernels.stride(k));
    out = new float[samples * Kernels.stride(Math.max(n, k))];
  }

  /** Multiply-adds count as two; an outer product has multiplications only. */
  public static long operations(String shape, int samples) {
    int cross = shape.indexOf('x');
    long n = Long.parseLong(shape.substring(0, cross));
    return 2 * n * Long.parseLong(shape.substring(cross + 1)) * samples;
  }

  @Benchmark
  @CompilerControl(CompilerControl.Mode.DONT_INLINE)
  public float[] batchProduct() {
    int ms = Kernels.stride(n * k);
    int ks = Kernels.stride(k);
    kernels.batchProduct(false, samples, n, k, a, 0, ms, right, 0, ks, out, 0, Kernels.stride(n));
    return out;
  }

  @Benchmark
  @CompilerControl(CompilerControl.Mode.DONT_INLINE)
  public float[] transposedBatchProduct() {
    int ms = Kernels.stride(n * k);
    int ns = Kernels.stride(n);
    kernels.batchProduct(true, samples, n, k, a, 0, ms, left, 0, ns, out, 0, Kernels.stride(k));
    return out;
  }

  @Benchmark
  @CompilerControl(CompilerControl.Mode.DONT_INLINE)
  public float[] outerProduct() {
    int ms = Kernels.stride(n * k);
    int ns = Kernels.stride(n);
    kernels.outerProduct(samples, n, k, left, 0, ns, right, 0, Kernels.stride(k), a, 0, ms);
    return a;
  }
}
