package org.anabranch.backend.simd;

/**
 * How {@link Kernels#normals} gets its bits, and where they go. Four components are a block: one
 * output of Threefry-4x32 with 20 rounds (Salmon, Moraes, Dror and Shaw 2011, "Parallel random
 * numbers: as easy as 1, 2, 3", doi:10.1145/2063384.2063405), whose words (w₀, w₁) and (w₂, w₃)
 * {@link BoxMuller} turns into two numbers each.
 *
 * <pre>
 *   key      seed low, seed high, stream, {@value #FAMILY}
 *   counter  sample low, sample high, step, component / 4
 * </pre>
 *
 * The key's last word keeps these numbers apart from those that {@code random.CounterRandom} draws
 * from the same coordinates, where it is 0.
 */
final class NormalBlocks {
  static final int FAMILY = 1;
  static final int PARITY = 0x1BD11BDA;

  /** Of the schedule: four words and their parity. */
  static final int KEY_WORDS = 5;

  /** Numbers of a block. */
  static final int NUMBERS = 4;

  private NormalBlocks() {}

  /** Blocks of a row. */
  static int count(int components) {
    return (components + NUMBERS - 1) / NUMBERS;
  }
}
