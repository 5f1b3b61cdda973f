package org.anabranch.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.anabranch.random.CounterRandom;
import org.anabranch.random.KeyedPermutation;
import org.anabranch.random.Stream;
import org.junit.jupiter.api.Test;

class EvaluationTest {
  @Test
  void countsAndLossesAddUp() {
    Evaluation both =
        Evaluation.of(result(1.5, 3, 2), new long[][] {{2, 1}, {0, 0}})
            .merge(Evaluation.of(result(0.5, 2, 1), new long[][] {{1, 0}, {1, 0}}));
    assertThat(both).isEqualTo(new Evaluation(2, 5, 3, List.of(List.of(3L, 1L), List.of(1L, 0L))));
    assertThat(both.meanLoss()).isEqualTo(0.4);
    assertThat(both.accuracy()).isEqualTo(0.6);
  }

  @Test
  void orderAndTreeOfMergesDoNotChangeABit() {
    List<Evaluation> parts = new ArrayList<>();
    double exact = 0;
    for (int i = 0; i < 300; i++) {
      double loss = 64 * CounterRandom.uniform(2, Stream.SYNTHETIC, i, 0, 0);
      exact += loss;
      parts.add(new Evaluation(loss, 64, 50, List.of()));
    }
    Evaluation expected = parts.stream().reduce(Evaluation.none(0), Evaluation::merge);
    assertThat(expected.loss()).isEqualTo(exact, within(300 * 0x1p-25));
    for (int trial = 0; trial < 20; trial++) {
      Evaluation left = Evaluation.none(0);
      Evaluation right = Evaluation.none(0);
      for (int i : KeyedPermutation.of(2, Stream.SYNTHETIC, trial, parts.size())) {
        if (i % (trial + 2) == 0) {
          left = left.merge(parts.get(i));
        } else {
          right = parts.get(i).merge(right);
        }
      }
      assertThat(left.merge(right)).isEqualTo(expected);
    }
  }

  @Test
  void noneIsNeutralAndHasNeitherLossNorAccuracy() {
    Evaluation one = new Evaluation(1.5, 3, 2, List.of(List.of(2L, 1L), List.of(0L, 0L)));
    assertThat(Evaluation.none(2).merge(one)).isEqualTo(one);
    assertThat(Evaluation.none(2).accuracy()).isNaN();
    assertThat(Evaluation.none(2).meanLoss()).isNaN();
  }

  @Test
  void aLossThatIsNotFiniteStaysVisible() {
    Evaluation bad = new Evaluation(Double.NaN, 1, 0, List.of());
    assertThat(bad.merge(new Evaluation(1, 1, 1, List.of())).meanLoss()).isNaN();
    assertThat(new Evaluation(1e300, 1, 0, List.of()).loss()).isEqualTo(1e300);
  }

  @Test
  void whatDoesNotBelongTogetherIsRefused() {
    assertThatThrownBy(() -> Evaluation.none(2).merge(Evaluation.none(3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("2 classes meet 3", "one model");
    assertThatThrownBy(() -> new Evaluation(0, 1, 2, List.of()))
        .hasMessageContaining("2 correct of weight 1");
    assertThatThrownBy(() -> new Evaluation(0, 1, 1, List.of(List.of(1L, 2L))))
        .hasMessageContainingAll("1 rows", "row of 2", "square");
  }

  private static BlockResult result(double loss, long weight, long correct) {
    return new BlockResult(0, new double[0], loss, weight, correct, List.of(), 0);
  }
}
