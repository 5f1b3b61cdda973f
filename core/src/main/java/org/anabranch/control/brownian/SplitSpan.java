package org.anabranch.control.brownian;

import java.util.Objects;
import org.anabranch.random.CounterRandom;
import org.anabranch.random.Stream;
import org.jspecify.annotations.Nullable;

/** An interval of the tree of a {@link QueriedInterval}: whole, or split in two. */
final class SplitSpan {
  final double start;
  final double end;
  final @Nullable SplitSpan parent;

  /** Names its noise: a hash chain from the root, of (parent's key, which part). */
  final long key;

  private @Nullable SplitSpan first;
  private @Nullable SplitSpan second;

  /** Whether it was split in the middle, without a question that ended there. */
  boolean halved;

  /** Where its numbers are kept; -1 for nowhere. */
  int slot = -1;

  private SplitSpan(double start, double end, @Nullable SplitSpan parent, long key) {
    this.start = start;
    this.end = end;
    this.parent = parent;
    this.key = key;
  }

  static SplitSpan root(long seed, double start, double end) {
    return new SplitSpan(start, end, null, keyOf(seed, 2));
  }

  private static long keyOf(long above, int part) {
    return CounterRandom.bits(above, Stream.BROWNIAN, 0, 0, part);
  }

  double length() {
    return end - start;
  }

  boolean isWhole() {
    return first == null;
  }

  SplitSpan first() {
    return Objects.requireNonNull(first, "split");
  }

  SplitSpan second() {
    return Objects.requireNonNull(second, "split");
  }

  boolean contains(double from, double to) {
    return start <= from && to <= end;
  }

  void split(double at) {
    first = new SplitSpan(start, at, this, keyOf(key, 0));
    second = new SplitSpan(at, end, this, keyOf(key, 1));
  }
}
