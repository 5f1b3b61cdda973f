package org.anabranch.bench;

import java.util.Arrays;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.simd.BrownianLanes;
import org.anabranch.backend.simd.BrownianLanes.Numbers;
import org.anabranch.control.brownian.BrownianMotion;
import org.anabranch.random.CounterRandom;
import org.anabranch.random.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The virtual Brownian tree of Li et al. 2020 (arXiv:2001.01328, section 4), to compare with: the
 * motion at a time is found from the whole span by halving down to a tolerance, at both ends of
 * every interval and for each question anew. Nothing is kept; a time is taken for that of the
 * tolerance before it. Draws as the other motions do, all samples in lanes.
 */
final class VirtualBrownianTree implements BrownianMotion {
  /** As of torchsde's benchmark. */
  static final double TOLERANCE = 1e-5;

  private final long seed;
  private final double start;
  private final double end;
  private final int motions;
  private final int levels;
  private BrownianLanes lanes;
  private Numbers whole;
  private Numbers first;
  private Numbers value;
  private Numbers increment;

  VirtualBrownianTree(long seed, double start, double end, int motions, double tolerance) {
    this.seed = seed;
    this.start = start;
    this.end = end;
    this.motions = motions;
    levels = (int) Math.ceil(Math.log((end - start) / tolerance) / Math.log(2));
    lanes = new BrownianLanes(0, motions, Stream.BROWNIAN.id());
    whole = lanes.numbers();
    first = whole;
    value = whole;
    increment = whole;
  }

  @Override
  public int motions() {
    return motions;
  }

  @Override
  public void over(
      long[] samples, double[] from, double[] to, Buffer increments, @Nullable Buffer areas) {
    if (areas != null || !Arrays.stream(from).allMatch(time -> time == from[0])) {
      throw new IllegalArgumentException(
          "VirtualBrownianTree: one interval for all samples, and no areas, can be asked for.");
    }
    if (lanes.samples() != samples.length) {
      lanes = new BrownianLanes(samples.length, motions, Stream.BROWNIAN.id());
      whole = lanes.numbers();
      first = lanes.numbers();
      value = lanes.numbers();
      increment = lanes.numbers();
    }
    at(to[0], samples);
    System.arraycopy(value.w(), 0, increment.w(), 0, value.w().length);
    at(from[0], samples);
    for (int i = 0; i < value.w().length; i++) {
      increment.w()[i] -= value.w()[i];
    }
    lanes.store(increment.w(), increments);
  }

  /** To {@link #value}. */
  private void at(double time, long[] samples) {
    double length = end - start;
    lanes.draw(key(0), 0, samples, length, whole);
    Arrays.fill(value.w(), 0);
    double left = start;
    if (time == end) {
      System.arraycopy(whole.w(), 0, value.w(), 0, value.w().length);
      return;
    }
    int place = 0;
    for (int level = 1; level <= levels; level++) {
      length /= 2;
      lanes.split(key(level), place, samples, length, length, whole, first, whole);
      if (time < left + length) {
        place = 2 * place;
        System.arraycopy(first.w(), 0, whole.w(), 0, first.w().length);
      } else {
        place = 2 * place + 1;
        left += length;
        for (int i = 0; i < value.w().length; i++) {
          value.w()[i] += first.w()[i];
        }
      }
    }
  }

  private long key(int level) {
    return CounterRandom.bits(seed, Stream.BROWNIAN, 3, level, 0);
  }
}
