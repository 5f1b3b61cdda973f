package org.anabranch.backend.simd;

/**
 * What {@link Kernels#normals} works in: it belongs to the caller, one to a thread, and what it
 * holds between calls is of no meaning. 8 KiB, so that all passes over it stay in the first cache.
 */
final class NormalScratch {
  /** Threefry's blocks in one pass; a multiple of all lane counts. */
  static final int BLOCKS = 256;

  /** The four words of each block, word by word: word w of block b at {@code w * BLOCKS + b}. */
  final int[] words = new int[4 * BLOCKS];

  /** The four numbers of each block, laid out likewise. */
  final float[] numbers = new float[4 * BLOCKS];

  private final int[] key = new int[NormalBlocks.KEY_WORDS];

  /** Sets the key, and with it the words that Threefry adds after every fourth round. */
  void schedule(long seed, int stream) {
    key[0] = (int) seed;
    key[1] = (int) (seed >>> 32);
    key[2] = stream;
    key[3] = NormalBlocks.FAMILY;
    key[4] = NormalBlocks.PARITY ^ key[0] ^ key[1] ^ key[2] ^ key[3];
  }

  /** The key's words and their parity, again and again. */
  int key(int word) {
    return key[word % NormalBlocks.KEY_WORDS];
  }
}
