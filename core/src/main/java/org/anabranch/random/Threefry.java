package org.anabranch.random;

/**
 * Threefry-4x32 with 20 rounds (Salmon, Moraes, Dror and Shaw 2011, "Parallel random numbers: as
 * easy as 1, 2, 3", doi:10.1145/2063384.2063405): a bijection of 128 bit counters for each 128 bit
 * key, made of additions, rotations and exclusive ors alone, so that it gives the same bits on
 * every machine. Twenty rounds are its authors' default; they know of no failure of 13 or more.
 *
 * <p>Rotations and the key schedule's parity are those of Skein's Threefish with 32 bit words, as
 * in the Random123 library; the tests hold its known answers.
 *
 * @param x0 the output's first word, and so on
 */
public record Threefry(int x0, int x1, int x2, int x3) {
  private static final int PARITY = 0x1BD11BDA;
  private static final int ROUND_GROUPS = 5;

  /** Four rounds, two rotations each; groups of four rounds take the two rows in turn. */
  private static final int[][] ROTATIONS = {
    {10, 26, 11, 21, 13, 27, 23, 5}, {6, 20, 17, 11, 25, 10, 18, 20}
  };

  /** Encrypts the counter {@code c} with the key {@code k}. Costs about 20 ns. */
  public static Threefry of(int k0, int k1, int k2, int k3, int c0, int c1, int c2, int c3) {
    int k4 = PARITY ^ k0 ^ k1 ^ k2 ^ k3;
    int x0 = c0 + k0;
    int x1 = c1 + k1;
    int x2 = c2 + k2;
    int x3 = c3 + k3;
    for (int group = 1; group <= ROUND_GROUPS; group++) {
      int[] r = ROTATIONS[(group - 1) & 1];
      x0 += x1;
      x1 = Integer.rotateLeft(x1, r[0]) ^ x0;
      x2 += x3;
      x3 = Integer.rotateLeft(x3, r[1]) ^ x2;
      x0 += x3;
      x3 = Integer.rotateLeft(x3, r[2]) ^ x0;
      x2 += x1;
      x1 = Integer.rotateLeft(x1, r[3]) ^ x2;
      x0 += x1;
      x1 = Integer.rotateLeft(x1, r[4]) ^ x0;
      x2 += x3;
      x3 = Integer.rotateLeft(x3, r[5]) ^ x2;
      x0 += x3;
      x3 = Integer.rotateLeft(x3, r[6]) ^ x0;
      x2 += x1;
      x1 = Integer.rotateLeft(x1, r[7]) ^ x2;
      x0 += k1;
      x1 += k2;
      x2 += k3;
      x3 += k4 + group;
      int first = k0; // the key words move up by one after every injection
      k0 = k1;
      k1 = k2;
      k2 = k3;
      k3 = k4;
      k4 = first;
    }
    return new Threefry(x0, x1, x2, x3);
  }
}
