package org.anabranch.backend.simd;

import static org.anabranch.backend.simd.NormalBlocks.FAMILY;
import static org.anabranch.backend.simd.NormalBlocks.NUMBERS;
import static org.anabranch.backend.simd.NormalBlocks.PARITY;

/** {@link NormalBlocks} one after another, in the words that {@link VectorNormals} has in lanes. */
final class ScalarNormals {
  /** Four rounds, two rotations each; groups of four rounds take the two rows in turn. */
  private static final int[][] ROTATIONS = {
    {10, 26, 11, 21, 13, 27, 23, 5}, {6, 20, 17, 11, 25, 10, 18, 20}
  };

  private ScalarNormals() {}

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
    int[] words = scratch.words;
    for (int row = 0; row < rows; row++) {
      int o = oi + row * stride;
      for (int block = 0; block < NormalBlocks.count(components); block++) {
        begin(words, samples[si + row], step, block);
        encrypt(words, seed, stream);
        transform(words, Math.min(NUMBERS, stride), out, o + NUMBERS * block);
      }
    }
  }

  private static void begin(int[] x, long sample, int step, int block) {
    x[0] = (int) sample;
    x[1] = (int) (sample >>> 32);
    x[2] = step;
    x[3] = block;
  }

  private static void encrypt(int[] x, long seed, int stream) {
    int k0 = (int) seed;
    int k1 = (int) (seed >>> 32);
    int k2 = stream;
    int k3 = FAMILY;
    int k4 = PARITY ^ k0 ^ k1 ^ k2 ^ k3;
    inject(x, k0, k1, k2, k3);
    mix(x, ROTATIONS[0]);
    inject(x, k1, k2, k3, k4 + 1);
    mix(x, ROTATIONS[1]);
    inject(x, k2, k3, k4, k0 + 2);
    mix(x, ROTATIONS[0]);
    inject(x, k3, k4, k0, k1 + 3);
    mix(x, ROTATIONS[1]);
    inject(x, k4, k0, k1, k2 + 4);
    mix(x, ROTATIONS[0]);
    inject(x, k0, k1, k2, k3 + 5);
  }

  private static void inject(int[] x, int k0, int k1, int k2, int k3) {
    x[0] += k0;
    x[1] += k1;
    x[2] += k2;
    x[3] += k3;
  }

  private static void mix(int[] x, int[] r) {
    for (int i = 0; i < r.length; i += 4) {
      x[0] += x[1];
      x[1] = Integer.rotateLeft(x[1], r[i]) ^ x[0];
      x[2] += x[3];
      x[3] = Integer.rotateLeft(x[3], r[i + 1]) ^ x[2];
      x[0] += x[3];
      x[3] = Integer.rotateLeft(x[3], r[i + 2]) ^ x[0];
      x[2] += x[1];
      x[1] = Integer.rotateLeft(x[1], r[i + 3]) ^ x[2];
    }
  }

  private static void transform(int[] words, int numbers, float[] out, int o) {
    for (int pair = 0; pair < numbers; pair += 2) {
      float radius = BoxMuller.radius(words[pair]);
      out[o + pair] = BoxMuller.cosine(words[pair + 1]) * radius;
      if (numbers > 1) {
        out[o + pair + 1] = BoxMuller.sine(words[pair + 1]) * radius;
      }
    }
  }
}
