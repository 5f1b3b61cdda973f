package org.anabranch.train;

import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
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
 * <p>Adding a block costs 0.2 to 0.4 ms a million parameters in lanes of AVX-512. Serialized: 8
 * bytes a parameter, less than 50 a tensor and 1 kB besides, and the failures; without the sums
 * once overflowed. Not thread-safe: each thread has its own, and they are merged.
 */
public final class ExactSum implements Serializable {
  /** The blocks that one sum can take. */
  public static final int MAX_BLOCKS = 1 << 12;

  @Serial private static final long serialVersionUID = 1L;

  private final boolean wide;
  private final ArrayList<TensorSum> tensors;
  private final TensorSum loss;
  private int blocks;
  private long weight;
  private long correct;
  private double worstDefect;
  private final ArrayList<SampleFailure> failures = new ArrayList<>();
  private final ArrayList<Integer> notFiniteBlocks = new ArrayList<>();

  private ExactSum(boolean wide, List<TensorSum> tensors, TensorSum loss) {
    this.wide = wide;
    this.tensors = new ArrayList<>(tensors);
    this.loss = loss;
  }

  /**
   * The sum of no block.
   *
   * @param scales null for a round that only measures magnitudes: it counts as overflowed
   */
  public static ExactSum empty(ParameterLayout layout, @Nullable Scales scales) {
    List<ParameterLayout.View> views = layout.views();
    requireOneEach(views, scales);
    List<TensorSum> tensors = new ArrayList<>(views.size());
    for (int i = 0; i < views.size(); i++) {
      tensors.add(
          new TensorSum(views.get(i).size(), scales == null ? null : scales.exponents().get(i)));
    }
    return new ExactSum(false, tensors, new TensorSum(1, scales == null ? null : scales.loss()));
  }

  /**
   * The sum of no logical worker, where workers with local steps stand in the place of blocks. It
   * is wide: 16 bytes a number instead of 8 keep 81 bits below the largest magnitude, which the
   * squares that optimisers gather need, and leave room so that rounds are seldom repeated.
   *
   * @param scales null for those that a first round tries
   */
  static ExactSum ofWorkers(ParameterLayout layout, @Nullable Scales scales) {
    List<ParameterLayout.View> views = layout.views();
    requireOneEach(views, scales);
    Scales used = scales == null ? Scales.wideFirst(views.size()) : scales;
    List<TensorSum> tensors = new ArrayList<>(views.size());
    for (int i = 0; i < views.size(); i++) {
      tensors.add(TensorSum.wide(views.get(i).size(), used.exponents().get(i)));
    }
    return new ExactSum(true, tensors, TensorSum.wide(1, used.loss()));
  }

  private static void requireOneEach(List<ParameterLayout.View> views, @Nullable Scales scales) {
    if (scales != null && scales.exponents().size() != views.size()) {
      throw new IllegalArgumentException(
          "ExactSum: %d scales were given for %d parameter tensors. Use the scales of this model."
              .formatted(scales.exponents().size(), views.size()));
    }
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
    boolean finite = loss.add(new double[] {result.loss()}, 0);
    int from = 0;
    for (TensorSum tensor : tensors) {
      finite &= tensor.add(gradient, from);
      from += tensor.size();
    }
    dropIfOverflowed();
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
    if (!matches(other)) {
      throw new IllegalArgumentException(
          "ExactSum: sums of different layouts or scales meet (%d and %d parameters). Merge sums of"
                  .formatted(parameters(), other.parameters())
              + " one round only.");
    }
    requireRoomFor(other.blocks);
    loss.merge(other.loss);
    for (int i = 0; i < tensors.size(); i++) {
      tensors.get(i).merge(other.tensors.get(i));
    }
    dropIfOverflowed();
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
    return loss.overflowed();
  }

  /**
   * Whether the largest magnitude of a tensor (or the loss) over all blocks kept fewer than 24
   * bits. Magnitudes of 0, and those too small for any scale, do not count.
   */
  public boolean tooCoarse() {
    return loss.tooCoarse() || tensors.stream().anyMatch(TensorSum::tooCoarse);
  }

  /** Blocks with a gradient or loss that is not finite, ascending: no scales will do for them. */
  public List<Integer> notFiniteBlocks() {
    List<Integer> ascending = new ArrayList<>(notFiniteBlocks);
    Collections.sort(ascending);
    return List.copyOf(ascending);
  }

  /** The largest finite magnitudes over all blocks: what the scales of a repetition come from. */
  public Magnitudes magnitudes() {
    return new Magnitudes(tensors.stream().map(TensorSum::magnitude).toList(), loss.magnitude());
  }

  /** The scales for a repetition, which suffice for the same blocks, and for the next round. */
  public Scales nextScales() {
    return wide ? Scales.wideFrom(magnitudes()) : Scales.from(magnitudes());
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
    requireUsable();
    double[] sum = new double[1];
    loss.divideInto(sum, 0, 1, 0, 1);
    return sum[0];
  }

  /**
   * Writes the mean gradient, Σ of the blocks' gradients divided once by Σ of their weights.
   *
   * @param target as long as the layout
   * @throws IllegalStateException if the sum overflowed, or no sample completed
   */
  public void gradient(double[] target) {
    gradient(target, 0, 1);
  }

  /**
   * The same for one of several equal parts of the gradient.
   *
   * @param part below {@code parts}
   */
  void gradient(double[] target, int part, int parts) {
    if (target.length != parameters()) {
      throw new IllegalArgumentException(
          "ExactSum: the target holds %d values, the layout %d. Make it as long as the layout."
              .formatted(target.length, parameters()));
    }
    requireUsable();
    if (weight == 0) {
      throw new IllegalStateException(
          "ExactSum: no sample of %d blocks completed (%d failed), so there is no mean gradient."
                  .formatted(blocks, failures.size())
              + " Look at failures() first.");
    }
    int first = (int) ((long) target.length * part / parts);
    int end = (int) ((long) target.length * (part + 1) / parts);
    int from = 0;
    for (TensorSum tensor : tensors) {
      int low = Math.max(0, first - from);
      int high = Math.min(tensor.size(), end - from);
      tensor.divideInto(target, from, weight, low, high);
      from += tensor.size();
    }
  }

  /** Where one tensor overflowed, the sums of the others are of no use either. */
  private void dropIfOverflowed() {
    if (loss.overflowed() || tensors.stream().anyMatch(TensorSum::overflowed)) {
      loss.drop();
      tensors.forEach(TensorSum::drop);
    }
  }

  private boolean matches(ExactSum other) {
    boolean matches = tensors.size() == other.tensors.size() && loss.matches(other.loss);
    for (int i = 0; matches && i < tensors.size(); i++) {
      matches = tensors.get(i).matches(other.tensors.get(i));
    }
    return matches;
  }

  private int parameters() {
    return tensors.stream().mapToInt(TensorSum::size).sum();
  }

  private void requireUsable() {
    if (overflowed()) {
      throw new IllegalStateException(
          "ExactSum: the sum of %d blocks has overflowed. Repeat the round with Scales.from"
                  .formatted(blocks)
              + " (magnitudes()), unless notFiniteBlocks() is not empty.");
    }
  }

  private void requireRoomFor(int more) {
    if (blocks + more > MAX_BLOCKS) {
      throw new IllegalArgumentException(
          "ExactSum: %d blocks were to be added to %d; one round has at most %d. Lower the batch size."
              .formatted(more, blocks, MAX_BLOCKS));
    }
  }
}
