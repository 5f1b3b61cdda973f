package org.anabranch.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScalesTest {
  @ParameterizedTest
  @ValueSource(doubles = {1e-200, 3e-9, 0.5, 1, 1.999, 2, 7e11, 1e300})
  void theLargestMagnitudeBecomesAnIntegerOfFortyOneBits(double magnitude) {
    int exponent = Scales.from(new Magnitudes(List.of(magnitude), 1)).exponents().get(0);
    assertThat(Math.scalb(magnitude, exponent)).isBetween(0x1p40, Math.nextDown(0x1p41));
  }

  @Test
  void aMagnitudeOfZeroIsTreatedAsOne() {
    assertThat(Scales.from(new Magnitudes(List.of(0.0, 1.0), 0)))
        .isEqualTo(new Scales(List.of(40, 40), 40));
  }

  @Test
  void scalesAreAFunctionOfTheLargestMagnitudesAlone() {
    Magnitudes one = new Magnitudes(List.of(3.0, 0.1), 5);
    Magnitudes two = new Magnitudes(List.of(0.2, 8.0), 1);
    assertThat(one.max(two)).isEqualTo(new Magnitudes(List.of(3.0, 8.0), 5));
    assertThat(Scales.from(one.max(two))).isEqualTo(Scales.from(two.max(one)));
  }

  @Test
  void theSmallestMagnitudesGetTheLargestExponentThereIs() {
    assertThat(Scales.from(new Magnitudes(List.of(Double.MIN_VALUE, 0x1p-960), 1)).exponents())
        .containsExactly(1000, 1000);
    assertThat(Scales.from(new Magnitudes(List.of(0x1p-959), 1)).exponents()).containsExactly(999);
  }

  @Test
  void anArrayRestoresTheScalesThatWroteIt() {
    Scales scales = new Scales(List.of(40, -3, 0), 17);
    assertThat(scales.toArray()).containsExactly(40, -3, 0, 17);
    assertThat(Scales.ofArray(scales.toArray())).isEqualTo(scales);
  }

  @Test
  void anArrayOfAnythingElseIsRefused() {
    assertThatThrownBy(() -> Scales.ofArray(new double[] {40, 0.5}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("0.5", "Scales.toArray");
    assertThatThrownBy(() -> Scales.ofArray(new double[] {1001})).hasMessageContaining("1001");
    assertThatThrownBy(() -> Scales.ofArray(new double[] {Double.NaN})).hasMessageContaining("NaN");
    assertThatThrownBy(() -> Scales.ofArray(new double[0])).hasMessageContaining("empty");
    assertThatThrownBy(() -> new Scales(List.of(-1001), 0)).hasMessageContaining("-1001");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
  void aMagnitudeThatIsNoneIsRefused(double magnitude) {
    assertThatThrownBy(() -> new Magnitudes(List.of(magnitude), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(String.valueOf(magnitude));
    assertThatThrownBy(() -> new Magnitudes(List.of(1.0), magnitude))
        .hasMessageContaining(String.valueOf(magnitude));
  }

  @Test
  void magnitudesOfDifferentModelsDoNotCombine() {
    Magnitudes one = new Magnitudes(List.of(1.0), 1);
    Magnitudes two = new Magnitudes(List.of(1.0, 2.0), 1);
    assertThatThrownBy(() -> one.max(two)).hasMessageContainingAll("1 tensors meet 2");
  }
}
