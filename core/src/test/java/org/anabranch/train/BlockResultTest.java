package org.anabranch.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.anabranch.solver.Outcome;
import org.junit.jupiter.api.Test;

class BlockResultTest {
  @Test
  void theGradientIsHandedOverAndFailuresAreCopied() {
    double[] gradient = {1, Double.NaN};
    List<SampleFailure> failures = new ArrayList<>();
    failures.add(new SampleFailure(3, Outcome.UNSTABLE, "at t = 1"));
    BlockResult result = new BlockResult(5, gradient, 2, 4, 3, failures, 0.1);
    failures.clear();
    assertThat(result.gradient()).isSameAs(gradient);
    assertThat(result.failures()).hasSize(1);
  }

  @Test
  void moreCorrectSamplesThanCompletedOnesAreRefused() {
    assertThatThrownBy(() -> new BlockResult(5, new double[0], 0, 2, 3, List.of(), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("block 5", "3 correct of weight 2", "completed samples only");
    assertThatThrownBy(() -> new BlockResult(5, new double[0], 0, -1, -1, List.of(), 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(new BlockResult(5, new double[0], 0, 3, 3, List.of(), 0).correct()).isEqualTo(3);
  }

  @Test
  void aSampleThatCompletedIsNoFailure() {
    assertThatThrownBy(() -> new SampleFailure(7, Outcome.COMPLETED, ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("sample 7 has completed");
  }
}
