package org.anabranch.backend.simd;

import org.anabranch.backend.Buffer;

/**
 * Brownian motions of some samples over intervals, in lanes. Noise is a pure function of (key,
 * step, sample, motion), in float32; everything else is float64, without padding between samples.
 * Not for several threads at a time.
 */
public final class BrownianLanes {
  private final Kernels kernels = KernelChoice.get();
  private final BridgeLoops bridges = kernels.bridges();
  private final NormalScratch scratch = new NormalScratch();
  private final int motions;
  private final int count;
  private final int[] streams;
  private final float[][] noise;

  /**
   * The increments and the space-time areas over an interval.
   *
   * @param w [samples x motions]
   * @param h likewise; empty where there are no areas
   */
  @SuppressWarnings("ArrayRecordComponent") // places to work in
  public record Numbers(double[] w, double[] h) {}

  /**
   * @param streams what noise is for, of increments; and of areas, where these are wanted
   */
  public BrownianLanes(int samples, int motions, int... streams) {
    this.motions = motions;
    this.streams = streams.clone();
    count = samples * motions;
    noise = new float[streams.length][Kernels.padded(count) + Kernels.PADDING];
  }

  /** How many. */
  public int samples() {
    return count / motions;
  }

  private boolean hasAreas() {
    return streams.length > 1;
  }

  /** Zeros. */
  public Numbers numbers() {
    int length = Kernels.padded(count);
    return new Numbers(new double[length], new double[hasAreas() ? length : 0]);
  }

  /** Draws those over an interval of a length: variances length and length/12. */
  public void draw(long key, int step, long[] samples, double length, Numbers out) {
    draw(key, 0, step, samples, Math.sqrt(length), out.w);
    if (hasAreas()) {
      draw(key, 1, step, samples, Math.sqrt(length / 12), out.h);
    }
  }

  /**
   * Draws normal numbers of a deviation.
   *
   * @param kind 0 for increments, 1 for areas
   */
  public void draw(long key, int kind, int step, long[] samples, double deviation, double[] out) {
    normals(key, kind, step, samples);
    bridges.scale(Kernels.padded(count), deviation, noise[kind], out);
  }

  private void normals(long key, int kind, int step, long[] samples) {
    int rows = samples.length;
    kernels.normals(
        key, streams[kind], step, rows, motions, motions, samples, 0, scratch, noise[kind], 0);
  }

  /**
   * Draws those over an interval's parts, of lengths l and q, from those over the whole: without
   * areas by a Brownian bridge
   *
   * <pre>  W₁ = (l/h) W + √(lq/h) ξ      W₂ = W − W₁      h = l + q  </pre>
   *
   * and else as {@link BridgeWithArea} says.
   *
   * @param second may be {@code whole}
   */
  public void split(
      long key,
      int step,
      long[] samples,
      double l,
      double q,
      Numbers whole,
      Numbers first,
      Numbers second) {
    for (int kind = 0; kind < streams.length; kind++) {
      normals(key, kind, step, samples);
    }
    int length = Kernels.padded(count);
    if (hasAreas()) {
      BridgeWithArea bridge = BridgeWithArea.of(l, q);
      bridges.split(
          length, bridge, noise[0], noise[1], whole.w, whole.h, first.w, first.h, second.w,
          second.h);
    } else {
      double share = l / (l + q);
      double deviation = Math.sqrt(share * q);
      bridges.split(length, share, deviation, noise[0], whole.w, first.w, second.w);
    }
  }

  /** Sets a buffer [samples x motions] to some of the numbers, rounded to its precision. */
  public void store(double[] numbers, Buffer target) {
    if (target instanceof SimdBuffer simd) {
      store(numbers, simd.place());
    } else {
      target.set(numbers);
    }
  }

  private void store(double[] numbers, Place place) {
    boolean isDense = place.stride() == motions;
    if (place.isDouble()) {
      copy(numbers, place.doubles(), place, isDense);
    } else if (isDense) {
      kernels.narrow(count, numbers, 0, place.floats(), place.offset());
    } else {
      kernels.narrow(count, numbers, 0, noise[0], 0);
      copy(noise[0], place.floats(), place, false);
    }
  }

  private void copy(Object from, Object to, Place place, boolean isDense) {
    if (isDense) {
      System.arraycopy(from, 0, to, place.offset(), count);
      return;
    }
    for (int i = 0, o = place.offset(); i < count; i += motions, o += place.stride()) {
      System.arraycopy(from, i, to, o, motions);
    }
  }
}
