package org.anabranch.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Expected values: the known answers of Random123 (tests/kat_vectors), threefry4x32, 20 rounds. */
class ThreefryTest {
  @Test
  void givesRandom123sKnownAnswerForZeros() {
    assertThat(Threefry.of(0, 0, 0, 0, 0, 0, 0, 0))
        .isEqualTo(new Threefry(0x9c6ca96a, 0xe17eae66, 0xfc10ecd4, 0x5256a7d8));
  }

  @Test
  void givesRandom123sKnownAnswerForAllOnes() {
    assertThat(Threefry.of(-1, -1, -1, -1, -1, -1, -1, -1))
        .isEqualTo(new Threefry(0x2a881696, 0x57012287, 0xf6c7446e, 0xa16a6732));
  }

  @Test
  void givesRandom123sKnownAnswerForTheDigitsOfPi() {
    Threefry words =
        Threefry.of(
            0xa4093822,
            0x299f31d0,
            0x082efa98,
            0xec4e6c89, // key
            0x243f6a88,
            0x85a308d3,
            0x13198a2e,
            0x03707344); // counter
    assertThat(words).isEqualTo(new Threefry(0x59cd1dbb, 0xb8879579, 0x86b5d00c, 0xac8b6d84));
  }

  @Test
  void everySingleBitOfKeyAndCounterChangesTheOutput() {
    Set<Threefry> seen = new HashSet<>();
    seen.add(Threefry.of(0, 0, 0, 0, 0, 0, 0, 0));
    for (int bit = 0; bit < 256; bit++) {
      int[] in = new int[8];
      in[bit / 32] = 1 << (bit % 32);
      seen.add(Threefry.of(in[0], in[1], in[2], in[3], in[4], in[5], in[6], in[7]));
    }
    assertThat(seen).hasSize(257);
  }
}
