package org.anabranch.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyedPermutationTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 31, 1000})
  void everyNumberOccursOnce(int n) {
    int[] order = KeyedPermutation.of(11, Stream.BLOCKS, 4, n);
    assertThat(Arrays.stream(order).sorted()).containsExactlyElementsOf(range(n));
  }

  /** From a second implementation, written in Python. */
  @Test
  void ordersAreThoseOfASecondImplementation() {
    assertThat(KeyedPermutation.of(7, Stream.EPOCH, 0, 10))
        .containsExactly(4, 8, 7, 5, 9, 1, 2, 6, 3, 0);
    assertThat(KeyedPermutation.of(7, Stream.EPOCH, 1, 10))
        .containsExactly(5, 9, 4, 8, 7, 2, 1, 0, 6, 3);
  }

  @Test
  void seedStreamAndKeyEachChangeTheOrder() {
    int[] order = KeyedPermutation.of(7, Stream.EPOCH, 0, 20);
    assertThat(KeyedPermutation.of(8, Stream.EPOCH, 0, 20)).isNotEqualTo(order);
    assertThat(KeyedPermutation.of(7, Stream.BLOCKS, 0, 20)).isNotEqualTo(order);
    assertThat(KeyedPermutation.of(7, Stream.EPOCH, 1, 20)).isNotEqualTo(order);
    assertThat(KeyedPermutation.of(7, Stream.EPOCH, 0, 20)).isEqualTo(order);
  }

  /** Chi-square with 23 degrees of freedom exceeds 41.6 for one sample in a hundred. */
  @Test
  void everyOrderOfFourIsEquallyLikely() {
    Map<String, Integer> counts = new HashMap<>();
    int draws = 24_000;
    for (int key = 0; key < draws; key++) {
      counts.merge(Arrays.toString(KeyedPermutation.of(3, Stream.EPOCH, key, 4)), 1, Integer::sum);
    }
    assertThat(counts).hasSize(24);
    double expected = draws / 24.0;
    double chiSquare = 0;
    for (int count : counts.values()) {
      chiSquare += (count - expected) * (count - expected) / expected;
    }
    assertThat(chiSquare).isLessThan(41.6);
  }

  @Test
  void aNegativeNumberOfElementsIsRefused() {
    assertThatThrownBy(() -> KeyedPermutation.of(1, Stream.EPOCH, 0, -3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("n is -3", "Pass the number of elements");
  }

  private static Iterable<Integer> range(int n) {
    return IntStream.range(0, n).boxed().toList();
  }
}
