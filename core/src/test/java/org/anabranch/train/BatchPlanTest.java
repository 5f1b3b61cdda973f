package org.anabranch.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchPlanTest {
  @ParameterizedTest
  @CsvSource({"1,1", "2,1", "7,3", "12,4", "13,4", "15,4", "45,8", "100,100", "101,100", "5000,64"})
  void everyBlockOccursOnceAnEpoch(int blocks, int perBatch) {
    BatchPlan plan = new BatchPlan(blocks, perBatch, 9);
    for (int epoch = 0; epoch < 3; epoch++) {
      List<Integer> seen = new ArrayList<>();
      for (int turn = 0; turn < plan.roundsPerEpoch(); turn++) {
        long round = (long) epoch * plan.roundsPerEpoch() + turn;
        assertThat(plan.epochOf(round)).isEqualTo(epoch);
        seen.addAll(plan.batch(round));
      }
      assertThat(seen)
          .containsExactlyInAnyOrderElementsOf(IntStream.range(0, blocks).boxed().toList());
    }
  }

  @ParameterizedTest
  @CsvSource({"7,3,0,1", "13,4,2,3", "13,4,3,4", "13,4,1,14", "45,8,5,6"})
  void manyBatchesAreThoseOfTheirRounds(int blocks, int perBatch, long from, long to) {
    BatchPlan plan = new BatchPlan(blocks, perBatch, 9);
    assertThat(plan.batches(from, to))
        .isEqualTo(LongStream.range(from, to).mapToObj(plan::batch).toList());
  }

  @ParameterizedTest
  @CsvSource({"7,3", "13,4", "45,8", "101,100"})
  void aBatchHasAtMostOneBlockOfEachStratumInAscendingOrder(int blocks, int perBatch) {
    BatchPlan plan = new BatchPlan(blocks, perBatch, 9);
    for (int round = 0; round < 2 * plan.roundsPerEpoch(); round++) {
      List<Integer> strata = plan.batch(round).stream().map(plan::stratumOf).toList();
      assertThat(strata).isSorted().doesNotHaveDuplicates();
    }
  }

  @ParameterizedTest
  @CsvSource({"7,3", "13,4", "45,8", "101,100"})
  void blocksOfStrataDifferByAtMostOne(int blocks, int perBatch) {
    BatchPlan plan = new BatchPlan(blocks, perBatch, 9);
    int[] load = new int[plan.strata()];
    IntStream.range(0, blocks).forEach(block -> load[plan.stratumOf(block)]++);
    assertThat(IntStream.of(load).max().orElseThrow() - IntStream.of(load).min().orElseThrow())
        .isLessThanOrEqualTo(1);
  }

  @Test
  void onlyTheLastBatchOfAnEpochIsSmaller() {
    BatchPlan plan = new BatchPlan(13, 4, 9);
    List<Integer> sizes =
        IntStream.range(0, 8).mapToObj(round -> plan.batch(round).size()).toList();
    assertThat(sizes).containsExactly(4, 4, 4, 1, 4, 4, 4, 1);
  }

  @Test
  void aBatchDependsOnSeedAndRoundAlone() {
    BatchPlan plan = new BatchPlan(45, 8, 9);
    List<Integer> expected = plan.batch(17);
    plan.batch(3);
    assertThat(plan.batch(17)).isEqualTo(expected);
    assertThat(new BatchPlan(45, 8, 9).batch(17)).isEqualTo(expected);
    assertThat(new BatchPlan(45, 8, 10).batch(17)).isNotEqualTo(expected);
  }

  @Test
  void epochsAndStrataAreNotInTheSameOrder() {
    BatchPlan plan = new BatchPlan(800, 8, 9);
    assertThat(plan.batch(0)).isNotEqualTo(plan.batch(plan.roundsPerEpoch()));
    assertThat(plan.batch(0).stream().map(block -> block / 8).distinct().count()).isGreaterThan(1);
  }

  @Test
  void sizesThatMakeNoBatchAreRefused() {
    assertThatThrownBy(() -> new BatchPlan(0, 1, 9))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("blocks is 0", "training data were read");
    assertThatThrownBy(() -> new BatchPlan(5, 0, 9))
        .hasMessageContainingAll("blocksPerBatch is 0", "1 to 5");
    assertThatThrownBy(() -> new BatchPlan(5, 6, 9))
        .hasMessageContainingAll("blocksPerBatch is 6", "1 to 5", "Choose a batch size");
    assertThatThrownBy(() -> new BatchPlan(5000, 4097, 9))
        .hasMessageContainingAll("blocksPerBatch is 4097", "1 to 4096");
    assertThat(new BatchPlan(5000, 4096, 9).strata()).isEqualTo(4096);
  }

  @Test
  void roundsAndBlocksThatDoNotExistAreRefused() {
    BatchPlan plan = new BatchPlan(5, 2, 9);
    assertThatThrownBy(() -> plan.batch(-1)).hasMessageContaining("round is -1");
    assertThatThrownBy(() -> plan.stratumOf(5)).hasMessageContainingAll("block is 5", "0 to 4");
  }
}
