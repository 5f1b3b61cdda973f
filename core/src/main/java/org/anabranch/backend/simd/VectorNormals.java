package org.anabranch.backend.simd;

import static org.anabranch.backend.simd.NormalBlocks.NUMBERS;
import static org.anabranch.backend.simd.NormalScratch.BLOCKS;

import java.util.Arrays;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link NormalBlocks} in lanes: the blocks of all rows in one sequence, a block a lane, so that
 * rows of few components fill the lanes as well. One short loop after another goes over the scratch
 * space.
 */
final class VectorNormals {
  private static final VectorSpecies<Integer> S = Lanes.INTS;
  private static final int L = S.length();

  /** One loop in lanes over so many blocks of the scratch space. */
  private interface Pass {
    void run(int count, NormalScratch scratch);
  }

  /**
   * Called one after another from one place, which C2 therefore cannot inline: in one method the
   * loops would share an inlining budget that does not last, and C2 would box vectors (measured on
   * JDK 17 for Threefry's loops in one method: 9 KiB a thousand numbers).
   */
  private static final Pass[] PASSES = {
    (count, scratch) -> oddRounds(count, scratch, 1),
    (count, scratch) -> evenRounds(count, scratch, 2),
    (count, scratch) -> oddRounds(count, scratch, 3),
    (count, scratch) -> evenRounds(count, scratch, 4),
    (count, scratch) -> oddRounds(count, scratch, 5),
    (count, scratch) -> VectorBoxMuller.split(count, scratch, 0),
    (count, scratch) -> VectorBoxMuller.radii(count, scratch, 0),
    (count, scratch) -> VectorBoxMuller.turn(count, scratch, 0),
    (count, scratch) -> VectorBoxMuller.split(count, scratch, 2 * BLOCKS),
    (count, scratch) -> VectorBoxMuller.radii(count, scratch, 2 * BLOCKS),
    (count, scratch) -> VectorBoxMuller.turn(count, scratch, 2 * BLOCKS)
  };

  /** Those that two components need. */
  private static final int PASSES_OF_FIRST_PAIR = 8;

  private VectorNormals() {}

  static void normals(
      long seed,
      int stream,
      int step,
      int rows,
      int components,
      int stride,
      long[] samples,
      int si,
      NormalScratch scratch,
      float[] out,
      int oi) {
    int blocks = NormalBlocks.count(components);
    int passes = components <= 2 ? PASSES_OF_FIRST_PAIR : PASSES.length;
    scratch.schedule(seed, stream);
    for (int from = 0; from < rows * blocks; from += BLOCKS) {
      int count = Math.min(BLOCKS, rows * blocks - from);
      begin(count, from, blocks, samples, si, step, scratch);
      for (int pass = 0; pass < passes; pass++) {
        PASSES[pass].run(Kernels.padded(count), scratch);
      }
      if (components == 1) {
        System.arraycopy(scratch.numbers, 0, out, oi + from, count);
      } else {
        spread(count, from, blocks, scratch.numbers, stride, out, oi);
      }
    }
  }

  /** The counters of the blocks {@code from} to {@code from + count - 1}, the key added. */
  private static void begin(
      int count, int from, int blocks, long[] samples, int si, int step, NormalScratch scratch) {
    int[] words = scratch.words;
    int k0 = scratch.key(0);
    int k1 = scratch.key(1);
    int k3 = scratch.key(3);
    Arrays.fill(words, 2 * BLOCKS, 2 * BLOCKS + count, step + scratch.key(2));
    int row = si + from / blocks;
    int block = from % blocks;
    for (int i = 0; i < count; i++) {
      long sample = samples[row];
      words[i] = (int) sample + k0;
      words[BLOCKS + i] = (int) (sample >>> 32) + k1;
      words[3 * BLOCKS + i] = block + k3;
      block++;
      if (block == blocks) { // one loop, not one inside another: rows of one block are common
        block = 0;
        row++;
      }
    }
  }

  /** Rounds 1 to 4, 9 to 12 or 17 to 20; then the key, moved up by as many words as groups. */
  private static void oddRounds(int count, NormalScratch scratch, int group) {
    int[] words = scratch.words;
    int k0 = scratch.key(group);
    int k1 = scratch.key(group + 1);
    int k2 = scratch.key(group + 2);
    int k3 = scratch.key(group + 3) + group;
    for (int c = 0; c < count; c += L) {
      IntVector x0 = IntVector.fromArray(S, words, c);
      IntVector x1 = IntVector.fromArray(S, words, BLOCKS + c);
      IntVector x2 = IntVector.fromArray(S, words, 2 * BLOCKS + c);
      IntVector x3 = IntVector.fromArray(S, words, 3 * BLOCKS + c);
      x0 = x0.add(x1);
      x1 = mixed(x1, 10, x0);
      x2 = x2.add(x3);
      x3 = mixed(x3, 26, x2);
      x0 = x0.add(x3);
      x3 = mixed(x3, 11, x0);
      x2 = x2.add(x1);
      x1 = mixed(x1, 21, x2);
      x0 = x0.add(x1);
      x1 = mixed(x1, 13, x0);
      x2 = x2.add(x3);
      x3 = mixed(x3, 27, x2);
      x0 = x0.add(x3);
      x3 = mixed(x3, 23, x0);
      x2 = x2.add(x1);
      x1 = mixed(x1, 5, x2);
      x0.add(k0).intoArray(words, c);
      x1.add(k1).intoArray(words, BLOCKS + c);
      x2.add(k2).intoArray(words, 2 * BLOCKS + c);
      x3.add(k3).intoArray(words, 3 * BLOCKS + c);
    }
  }

  /** Rounds 5 to 8 or 13 to 16; then the key, likewise. */
  private static void evenRounds(int count, NormalScratch scratch, int group) {
    int[] words = scratch.words;
    int k0 = scratch.key(group);
    int k1 = scratch.key(group + 1);
    int k2 = scratch.key(group + 2);
    int k3 = scratch.key(group + 3) + group;
    for (int c = 0; c < count; c += L) {
      IntVector x0 = IntVector.fromArray(S, words, c);
      IntVector x1 = IntVector.fromArray(S, words, BLOCKS + c);
      IntVector x2 = IntVector.fromArray(S, words, 2 * BLOCKS + c);
      IntVector x3 = IntVector.fromArray(S, words, 3 * BLOCKS + c);
      x0 = x0.add(x1);
      x1 = mixed(x1, 6, x0);
      x2 = x2.add(x3);
      x3 = mixed(x3, 20, x2);
      x0 = x0.add(x3);
      x3 = mixed(x3, 17, x0);
      x2 = x2.add(x1);
      x1 = mixed(x1, 11, x2);
      x0 = x0.add(x1);
      x1 = mixed(x1, 25, x0);
      x2 = x2.add(x3);
      x3 = mixed(x3, 10, x2);
      x0 = x0.add(x3);
      x3 = mixed(x3, 18, x0);
      x2 = x2.add(x1);
      x1 = mixed(x1, 20, x2);
      x0.add(k0).intoArray(words, c);
      x1.add(k1).intoArray(words, BLOCKS + c);
      x2.add(k2).intoArray(words, 2 * BLOCKS + c);
      x3.add(k3).intoArray(words, 3 * BLOCKS + c);
    }
  }

  private static IntVector mixed(IntVector x, int rotation, IntVector sum) {
    return x.lanewise(VectorOperators.ROL, rotation).lanewise(VectorOperators.XOR, sum);
  }

  /** Every number to its row. What a row's last block has too many lies in the row's padding. */
  private static void spread(
      int count, int from, int blocks, float[] numbers, int stride, float[] out, int oi) {
    int block = from % blocks;
    int o = oi + from / blocks * stride + NUMBERS * block;
    int gap = stride - NUMBERS * blocks;
    for (int i = 0; i < count; i++) {
      out[o] = numbers[i];
      out[o + 1] = numbers[BLOCKS + i];
      out[o + 2] = numbers[2 * BLOCKS + i];
      out[o + 3] = numbers[3 * BLOCKS + i];
      o += NUMBERS;
      block++;
      if (block == blocks) {
        block = 0;
        o += gap;
      }
    }
  }
}
