package org.anabranch.backend.simd;

/**
 * Standard normal numbers in float32 as pure functions of (seed, stream, step, sample, component),
 * the same bits in lanes and one by one: see {@link NormalBlocks}. Not for several threads at a
 * time.
 */
public final class Normals {
  private final Kernels kernels = KernelChoice.get();
  private final NormalScratch scratch = new NormalScratch();
  private final long seed;

  public Normals(long seed) {
    this.seed = seed;
  }

  /** The distance between the rows of two samples. */
  public static int stride(int components) {
    return Kernels.stride(components);
  }

  /** The length that {@link #draw} needs. */
  public static int length(int rows, int components) {
    return Kernels.padded(Kernels.padded(rows) * stride(components));
  }

  /**
   * Draws the numbers of a step of some samples, a row each, {@link #stride} apart.
   *
   * @param stream what the numbers are for: those of others are independent
   */
  public void draw(int stream, int step, long[] samples, int components, float[] out) {
    kernels.normals(seed, stream, step, samples.length, components, samples, 0, scratch, out, 0);
  }
}
