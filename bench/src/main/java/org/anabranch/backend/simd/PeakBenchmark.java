package org.anabranch.backend.simd;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The peak of one core: {@link FmaChains}. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PeakBenchmark {
  private static final int ROUNDS = 1_000;

  /** How many chains run at a time. */
  @Param({"12", "16", "20", "24"})
  public int chains;

  private final float[] numbers = FmaChains.numbers();
  private final float[] out = FmaChains.numbers();

  /** Operations of one call, a multiply-add counted as two. */
  public static double operations(int chains) {
    return 2.0 * FmaChains.lanes() * chains * ROUNDS;
  }

  @Benchmark
  public float[] peak() {
    FmaChains.run(chains, ROUNDS, numbers, out);
    return out;
  }
}
