package org.anabranch.train;

import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.anabranch.graph.ParameterLayout;
import org.jspecify.annotations.Nullable;

/**
 * The sum of block results of one round, exact in 64 bit integers, so that order, grouping,
 * partitions and retries cannot change a bit. A block's value v becomes q = rint(v · 2^exponent)
 * with the exponent of its tensor ({@link Scales}); |q| stays below 2⁵¹, and a round has at most
 * 2¹² blocks, so no sum leaves 63 bits. (The theory of such sums: Demmel and Nguyen 2013, "Fast
 * reproducible floating-point summation", doi:10.1109/ARITH.2013.9.)
 *
 * <p>Whether a block fits is judged block by block, never on sums, and is data: a round that {@link
 * #overflowed} or is {@link #tooCoarse} is repeated with {@code Scales.from(sum.magnitudes())},
 * which then suffices for the same blocks. A block with a value that is not finite fits no scale:
 * see {@link #notFiniteBlocks}.
 *
 * <p>Adding a block costs about a millisecond a million parameters. Serialized: 8 bytes a
 * parameter, 12 a tensor and less than 1 kB besides, and the failures; without the sums once
 * overflowed. Not thread-safe: each thread has its own, and they are merged.
 */
public final class ExactSum implements Serializable {
  /** The blocks that one sum can take. */
  public static final int MAX_BLOCKS = 1 << 12;

  @Serial private static final long serialVersionUID = 1L;

  /** Values that stay in the first cache between the search for the largest and the sum. */
  private static final int CHUNK = 1024;

  /** The places where tensors end; the loss has the place after the last tensor. */
  private final int[] ends;

  private final int @Nullable [] exponents;
  private final long[] largest;

  /** Quantised gradients and, in the last place, the loss; null once they are of no use. */
  private long @Nullable [] sums;

  private int blocks;
  private long weight;
  private long correct;
  private double worstDefect;
  private final ArrayList<SampleFailure> failures = new ArrayList<>();
  private final ArrayList<Integer> notFiniteBlocks = new ArrayList<>();

  private ExactSum(int[] ends, int @Nullable [] exponents) {
    this.ends = ends;
    this.exponents = exponents;
    this.largest = new long[ends.length];
    this.sums = exponents == null ? null : new long[ends[ends.length - 1]];
  }

  /**
   * The sum of no block.
   *
   * @param scales null for a round that only measures magnitudes: it counts as overflowed
   */
  public static ExactSum empty(ParameterLayout layout, @Nullable Scales scales) {
    List<ParameterLayout.View> views = layout.views();
    if (scales != null && scales.exponents().size() != views.size()) {
      throw new IllegalArgumentException(
          "ExactSum: %d scales were given for %d parameter tensors. Use the scales of this model."
              .formatted(scales.exponents().size(), views.size()));
    }
    IntStream ends = views.stream().mapToInt(view -> view.offset() + view.size());
    int[] exponents = null;
    if (scales != null) {
      IntStream tensors = scales.exponents().stream().mapToInt(Integer::intValue);
      exponents = IntStream.concat(tensors, IntStream.of(scales.loss())).toArray();
    }
    return new ExactSum(
        IntStream.concat(ends, IntStream.of(layout.size() + 1)).toArray(), exponents);
  }

  /**
   * Adds one block's result, which is only read.
   *
   * @throws IllegalArgumentException if its gradient has another size than the layout, or the sum
   *     has {@link #MAX_BLOCKS} blocks
   */
  public void add(BlockResult result) {
    double[] gradient = result.gradient();
    if (gradient.length != parameters()) {
      throw new IllegalArgumentException(
          "ExactSum: the gradient of block %d has %d values, the layout %d. Use one model's layout."
              .formatted(result.block(), gradient.length, parameters()));
    }
    requireRoomFor(1);
    boolean finite = true;
    for (int tensor = 0; tensor < ends.length - 1; tensor++) {
      int from = tensor == 0 ? 0 : ends[tensor - 1];
      finite &= addValues(tensor, gradient, from, ends[tensor], from);
    }
    finite &= addValues(ends.length - 1, new double[] {result.loss()}, 0, 1, parameters());
    if (!finite) {
      notFiniteBlocks.add(result.block());
    }
    blocks++;
    weight += result.weight();
    correct += result.correct();
    worstDefect = Math.max(worstDefect, result.worstDefect());
    failures.addAll(result.failures());
  }

  /**
   * Adds another sum of the same model and scales, which is only read.
   *
   * @throws IllegalArgumentException if layouts or scales differ, or there would be more than
   *     {@link #MAX_BLOCKS} blocks
   */
  public void merge(ExactSum other) {
    if (!Arrays.equals(ends, other.ends) || !Arrays.equals(exponents, other.exponents)) {
      throw new IllegalArgumentException(
          "ExactSum: sums of different layouts or scales meet (%d and %d parameters). Merge sums of"
                  .formatted(parameters(), other.parameters())
              + " one round only.");
    }
    requireRoomFor(other.blocks);
    if (sums != null && other.sums != null) {
      for (int i = 0; i < sums.length; i++) {
        sums[i] += other.sums[i];
      }
    } else {
      sums = null;
    }
    for (int i = 0; i < largest.length; i++) {
      largest[i] = Math.max(largest[i], other.largest[i]);
    }
    blocks += other.blocks;
    weight += other.weight;
    correct += other.correct;
    worstDefect = Math.max(worstDefect, other.worstDefect);
    failures.addAll(other.failures);
    notFiniteBlocks.addAll(other.notFiniteBlocks);
  }

  /**
   * Whether some block did not fit its scales, held a value that is not finite, or no scales were
   * given. The sums are then of no use.
   */
  public boolean overflowed() {
    return sums == null;
  }

  /**
   * Whether the largest magnitude of a tensor (or the loss) over all blocks kept fewer than 24
   * bits. Magnitudes of 0, and those too small for any scale, do not count.
   */
  public boolean tooCoarse() {
    if (exponents == null) {
      return false;
    }
    for (int tensor = 0; tensor < ends.length; tensor++) {
      if (Scales.tooCoarse(magnitude(tensor), exponents[tensor])) {
        return true;
      }
    }
    return false;
  }

  /** Blocks with a gradient or loss that is not finite, ascending: no scales will do for them. */
  public List<Integer> notFiniteBlocks() {
    List<Integer> ascending = new ArrayList<>(notFiniteBlocks);
    Collections.sort(ascending);
    return List.copyOf(ascending);
  }

  /** The largest finite magnitudes over all blocks: what the scales of a repetition come from. */
  public Magnitudes magnitudes() {
    List<Double> tensors = IntStream.range(0, ends.length - 1).mapToObj(this::magnitude).toList();
    return new Magnitudes(tensors, magnitude(ends.length - 1));
  }

  /** The number of samples that completed. */
  public long weight() {
    return weight;
  }

  /** How many of them were classified correctly. */
  public long correct() {
    return correct;
  }

  /** The number of blocks in this sum. */
  public int blocks() {
    return blocks;
  }

  /** The largest defect of any block; 0 without blocks. */
  public double worstDefect() {
    return worstDefect;
  }

  /** The samples that did not complete, in the order of their ids. */
  public List<SampleFailure> failures() {
    return failures.stream().sorted().toList();
  }

  /**
   * The sum of the losses.
   *
   * @throws IllegalStateException if the sum overflowed
   */
  public double loss() {
    return usable()[parameters()] * unit(ends.length - 1);
  }

  /**
   * Writes the mean gradient, Σ of the blocks' gradients divided once by Σ of their weights.
   *
   * @param target as long as the layout
   * @throws IllegalStateException if the sum overflowed, or no sample completed
   */
  public void gradient(double[] target) {
    if (target.length != parameters()) {
      throw new IllegalArgumentException(
          "ExactSum: the target holds %d values, the layout %d. Make it as long as the layout."
              .formatted(target.length, parameters()));
    }
    long[] exact = usable();
    if (weight == 0) {
      throw new IllegalStateException(
          "ExactSum: no sample of %d blocks completed (%d failed), so there is no mean gradient."
                  .formatted(blocks, failures.size())
              + " Look at failures() first.");
    }
    int from = 0;
    for (int tensor = 0; tensor < ends.length - 1; tensor++) {
      double unit = unit(tensor);
      for (int i = from; i < ends[tensor]; i++) {
        target[i] = exact[i] * unit / weight;
      }
      from = ends[tensor];
    }
  }

  /** Whether all values are finite. */
  private boolean addValues(int tensor, double[] values, int from, int to, int at) {
    boolean finite = true;
    for (int start = from; start < to; start += CHUNK) {
      int end = Math.min(to, start + CHUNK);
      long bits = FixedPoint.largestBits(values, start, end);
      if (bits >= FixedPoint.INFINITY) {
        finite = false;
        bits = FixedPoint.largestFiniteBits(values, start, end);
      }
      largest[tensor] = Math.max(largest[tensor], bits);
      if (sums != null && exponents != null) {
        if (finite && FixedPoint.fits(bits, exponents[tensor])) {
          FixedPoint.accumulate(values, start, end, exponents[tensor], sums, at + start - from);
        } else {
          sums = null;
        }
      }
    }
    return finite;
  }

  private int parameters() {
    return ends[ends.length - 1] - 1;
  }

  private double magnitude(int tensor) {
    return Double.longBitsToDouble(largest[tensor]);
  }

  /** What one unit of a tensor's integers stands for. */
  private double unit(int tensor) {
    return exponents == null ? 0 : Math.scalb(1.0, -exponents[tensor]);
  }

  private long[] usable() {
    if (sums == null) {
      throw new IllegalStateException(
          "ExactSum: the sum of %d blocks has overflowed. Repeat the round with Scales.from"
                  .formatted(blocks)
              + " (magnitudes()), unless notFiniteBlocks() is not empty.");
    }
    return sums;
  }

  private void requireRoomFor(int more) {
    if (blocks + more > MAX_BLOCKS) {
      throw new IllegalArgumentException(
          "ExactSum: %d blocks were to be added to %d; one round has at most %d. Lower the batch size."
              .formatted(more, blocks, MAX_BLOCKS));
    }
  }
}
