package org.anabranch.backend.simd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FmaChainsTest {
  /** s = s/2 + 1/2 halves the distance from 1 in every round. */
  @ParameterizedTest
  @ValueSource(ints = {12, 16, 20, 24})
  void everyChainTakesEveryRound(int chains) {
    int lanes = FmaChains.lanes();
    float[] numbers = FmaChains.numbers();
    float[] out = new float[numbers.length];
    FmaChains.run(chains, 3, numbers, out);
    for (int i = 0; i < chains * lanes; i++) {
      double start = numbers[i + 2 * lanes];
      assertThat((double) out[i]).isCloseTo(1 + (start - 1) / 8, within(1e-6));
    }
    assertThat(out[chains * lanes]).isZero();
  }
}
