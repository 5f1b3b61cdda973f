package org.anabranch.model.paths.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.anabranch.model.paths.PathSet;
import org.junit.jupiter.api.Test;

class QuantileFanTest {
  @Test
  void linesAreTheQuantilesAtEachTime() {
    float[][] paths =
        IntStream.rangeClosed(0, 100)
            .mapToObj(i -> new float[] {100 - i, 7, i % 2 == 0 ? i : Float.NaN})
            .toArray(float[][]::new);
    QuantileFan fan = QuantileFan.of(OrnsteinUhlenbeck.given(paths), 0);
    double[] atStart = fan.lines().stream().mapToDouble(line -> line.get(0)).toArray();
    assertThat(atStart).usingComparatorWithPrecision(1e-9).containsExactly(5, 25, 50, 75, 95);
    assertThat(fan.lines().get(0).get(1)).isEqualTo(7);
    assertThat(fan.lines().get(2).get(2)).isEqualTo(50);
  }

  @Test
  void isStraightBetweenOrderStatistics() {
    double[] sorted = {1, 2, 4};
    assertThat(QuantileFan.quantile(sorted, 0.75)).isCloseTo(3, within(1e-12));
    assertThat(QuantileFan.quantile(sorted, 1)).isEqualTo(4);
    assertThat(QuantileFan.quantile(new double[0], 0.5)).isNaN();
  }

  @Test
  void aTimeAtWhichAllIsMissingHasNone() {
    PathSet paths = OrnsteinUhlenbeck.given(new float[] {1, Float.NaN});
    assertThat(QuantileFan.of(paths, 0).lines().get(2)).containsExactly(1.0, Double.NaN);
  }
}
