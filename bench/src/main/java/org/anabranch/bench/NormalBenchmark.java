package org.anabranch.bench;

import java.util.concurrent.TimeUnit;
import org.anabranch.random.CounterRandom;
import org.anabranch.random.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** {@value #COUNT} normal numbers from their coordinates, one by one: {@link CounterRandom}. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class NormalBenchmark {
  static final int COUNT = 4096;

  private final float[] out = new float[COUNT];
  private int step;

  @Benchmark
  public float[] normal() {
    step++;
    for (int component = 0; component < COUNT; component++) {
      out[component] = (float) CounterRandom.normal(1, Stream.SYNTHETIC, 7, step, component);
    }
    return out;
  }
}
