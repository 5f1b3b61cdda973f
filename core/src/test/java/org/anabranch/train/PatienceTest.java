package org.anabranch.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class PatienceTest {
  @Test
  void endsAfterAsManyEvaluationsWithoutImprovement() {
    Patience patience = new Patience(3, 0);
    assertThat(patience.ends(List.of())).isZero();
    assertThat(patience.ends(List.of(1.0, 1.0, 1.0))).isZero();
    assertThat(patience.ends(List.of(1.0, 1.0, 1.0, 1.0))).isEqualTo(1);
    assertThat(patience.ends(List.of(1.0, 2.0, 2.0, 0.9, 2.0, 2.0))).isZero();
  }

  @Test
  void beginsAgainWhenItHasEnded() {
    Patience patience = new Patience(2, 0);
    assertThat(patience.ends(List.of(1.0, 1.0, 1.0, 1.0))).isEqualTo(1);
    assertThat(patience.ends(List.of(1.0, 1.0, 1.0, 1.0, 1.0))).isEqualTo(2);
  }

  @Test
  void anImprovementThatIsTooSmallIsNone() {
    assertThat(new Patience(2, 0.1).ends(List.of(1.0, 0.95, 0.91))).isEqualTo(1);
    assertThat(new Patience(2, 0.1).ends(List.of(1.0, 0.95, 0.89))).isZero();
  }

  @Test
  void aScoreThatIsNoNumberIsNoImprovement() {
    assertThat(new Patience(2, 0).ends(List.of(Double.NaN, Double.NaN))).isEqualTo(1);
    assertThat(new Patience(2, 0).ends(List.of(Double.NaN, 5.0, Double.NaN))).isZero();
  }

  @Test
  void noPatienceIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Patience(0, 0))
        .withMessageContaining("0 evaluations");
  }
}
