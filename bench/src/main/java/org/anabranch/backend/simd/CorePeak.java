package org.anabranch.backend.simd;

/**
 * What one core of this machine can do in this process, to state shares of: the best of many short
 * runs of {@link FmaChains}, in float32 operations. For whoever cannot wait for JMH.
 */
public final class CorePeak {
  private static final int[] CHAINS = {12, 16, 20, 24};
  private static final int ROUNDS = 20_000;
  private static final int TRIALS = 40;
  private static final long WARM_UP_NANOS = 100_000_000;

  private CorePeak() {}

  /** 10⁹ operations a second, a multiply-add counted as two. Takes about half a second. */
  public static double gigaflops() {
    float[] numbers = FmaChains.numbers();
    float[] out = new float[numbers.length];
    double best = 0;
    for (int chains : CHAINS) {
      long start = System.nanoTime();
      while (System.nanoTime() - start < WARM_UP_NANOS) {
        FmaChains.run(chains, ROUNDS, numbers, out);
      }
      for (int trial = 0; trial < TRIALS; trial++) {
        best = Math.max(best, trial(chains, numbers, out));
      }
    }
    return best;
  }

  private static double trial(int chains, float[] numbers, float[] out) {
    long start = System.nanoTime();
    FmaChains.run(chains, ROUNDS, numbers, out);
    long nanos = System.nanoTime() - start;
    return 2.0 * FmaChains.lanes() * chains * ROUNDS / nanos;
  }

  /** float32 lanes of the kernels in use; 0 for the scalar ones. */
  public static int kernelLanes() {
    return KernelChoice.get() instanceof VectorKernels ? Lanes.COUNT : 0;
  }

  /** float32 lanes of the loops behind {@link #gigaflops}. */
  public static int lanes() {
    return FmaChains.lanes();
  }
}
