package org.anabranch.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.anabranch.field.Noise;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SdePrecisionWorkTest {
  /** Of drift and of diffusion, as published. */
  @ParameterizedTest
  @CsvSource({
    "heun, GENERAL, 4",
    "midpoint, GENERAL, 4",
    "reversible-heun, DIAGONAL, 4",
    "shark, ADDITIVE, 4",
    "sri2, DIAGONAL, 7",
    "milstein, DIAGONAL, 2"
  })
  void evaluationsAreThoseOfATry(String method, Noise noise, int expected) {
    assertThat(SdePrecisionWork.evaluations(method, noise, !method.equals("milstein")))
        .isEqualTo(expected);
  }

  /** The exact solutions against steps of a method that knows nothing of them: its order. */
  @Test
  void whatCountsAsTrueIsComeNearTo() {
    for (SdePrecisionProblem problem : SdePrecisionProblem.all()) {
      List<double[]> truths = problem.truths(SdePrecisionWork.ROWS);
      double coarse = SdePrecisionWork.equal(problem, truths, "heun", 16).error();
      double fine = SdePrecisionWork.equal(problem, truths, "heun", 256).error();
      double slope = Math.log(coarse / fine) / Math.log(16);
      assertThat(slope).isCloseTo(problem.file().equals("pair") ? 0.5 : 1, within(0.1));
    }
  }
}
