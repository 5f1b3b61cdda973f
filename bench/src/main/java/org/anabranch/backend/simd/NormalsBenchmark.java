package org.anabranch.backend.simd;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** As many normal numbers as {@link ElementBenchmark#COUNT} in lanes, for rows of some width. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class NormalsBenchmark {
  private static final int COUNT = ElementBenchmark.COUNT;

  private final Kernels kernels = KernelChoice.get();
  private final NormalScratch scratch = new NormalScratch();
  private final long[] samples = new long[COUNT];
  private final float[] out = new float[COUNT * Kernels.PADDING];
  private int step;

  @Setup
  public void number() {
    for (int i = 0; i < COUNT; i++) {
      samples[i] = 7L * i;
    }
  }

  private float[] draw(int components) {
    step++;
    int rows = COUNT / components;
    kernels.normals(
        1, 8, step, rows, components, Kernels.stride(components), samples, 0, scratch, out, 0);
    return out;
  }

  @Benchmark
  public float[] normals1() {
    return draw(1);
  }

  @Benchmark
  public float[] normals4() {
    return draw(4);
  }

  @Benchmark
  public float[] normals64() {
    return draw(64);
  }
}
