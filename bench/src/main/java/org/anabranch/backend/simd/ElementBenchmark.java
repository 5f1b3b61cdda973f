package org.anabranch.backend.simd;

import java.util.concurrent.TimeUnit;
import org.anabranch.graph.BinaryFunction;
import org.anabranch.graph.UnaryFunction;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Element-wise kernels on {@value #COUNT} numbers, which lie in the first cache. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ElementBenchmark {
  public static final int COUNT = 4096;

  private final Kernels kernels = KernelChoice.get();
  private final float[] x = SampleNumbers.of(COUNT);
  private final float[] y = SampleNumbers.of(COUNT);
  private final float[] positive = SampleNumbers.of(COUNT);
  private final float[] out = new float[COUNT];

  /** Within ±5, where no function is trivial; for the logarithm within 0 to 5. */
  @Setup
  public void spread() {
    for (int i = 0; i < COUNT; i++) {
      x[i] *= 5;
      positive[i] = Math.abs(x[i]);
    }
  }

  private float[] apply(UnaryFunction f, float[] from) {
    kernels.unary(f, COUNT, from, 0, out, 0);
    return out;
  }

  @Benchmark
  public float[] tanh() {
    return apply(UnaryFunction.TANH, x);
  }

  @Benchmark
  public float[] softplus() {
    return apply(UnaryFunction.SOFTPLUS, x);
  }

  @Benchmark
  public float[] exp() {
    return apply(UnaryFunction.EXP, x);
  }

  @Benchmark
  public float[] sigmoid() {
    return apply(UnaryFunction.SIGMOID, x);
  }

  @Benchmark
  public float[] log() {
    return apply(UnaryFunction.LOG, positive);
  }

  /** x · sigmoid(x), a pass for each of the two operations, as a graph compiles it. */
  @Benchmark
  public float[] silu() {
    kernels.unary(UnaryFunction.SIGMOID, COUNT, x, 0, out, 0);
    kernels.binaryVV(BinaryFunction.MULTIPLY, 1, COUNT, x, 0, 0, out, 0, 0, out, 0);
    return out;
  }

  @Benchmark
  public float[] add() {
    kernels.binaryVV(BinaryFunction.ADD, 1, COUNT, x, 0, 0, y, 0, 0, out, 0);
    return out;
  }
}
