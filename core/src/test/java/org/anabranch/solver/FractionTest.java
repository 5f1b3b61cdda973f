package org.anabranch.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FractionTest {
  @ParameterizedTest
  @CsvSource({
    "6/8, 3/4",
    "-2187/6784, -2187/6784",
    "1/-2, -1/2",
    "0/5, 0",
    "3, 3",
    "0.161, 161/1000",
    "-8.298e-3, -4149/500000",
    "1.5e2, 150",
    "2e3, 2000"
  })
  void readsWhatPapersPrintAndReducesIt(String text, String expected) {
    assertThat(Fraction.parse(text)).hasToString(expected);
  }

  @Test
  void becomesTheNearestDouble() {
    assertThat(Fraction.of(1, 3).toDouble()).isEqualTo(1.0 / 3);
    assertThat(Fraction.of(-212, 729).toDouble()).isEqualTo(-212.0 / 729);
    assertThat(Fraction.parse("0.9800255409045097").toDouble()).isEqualTo(0.9800255409045097);
    assertThat(Fraction.parse("5e-324").toDouble()).isEqualTo(Double.MIN_VALUE);
  }

  @Test
  void calculatesWithoutRoundOff() {
    Fraction third = Fraction.of(1, 3);
    assertThat(third.plus(third).plus(third)).isEqualTo(Fraction.ONE);
    assertThat(third.minus(Fraction.of(1, 2))).isEqualTo(Fraction.of(-1, 6));
    assertThat(third.times(Fraction.of(3, 5))).isEqualTo(Fraction.of(1, 5));
    assertThat(third.negated().absolute()).isEqualTo(third);
    assertThat(third.minus(third).isZero()).isTrue();
    assertThat(third.isZero()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "1/", "/2", "1/2/3", "1,5"})
  void refusesWhatIsNoNumber(String text) {
    assertThatThrownBy(() -> Fraction.parse(text))
        .hasMessageContaining("'" + text + "' is no number")
        .hasMessageContaining("-3/4");
  }

  @Test
  void refusesADenominatorOfZero() {
    assertThatThrownBy(() -> Fraction.of(7, 0)).hasMessageContaining("denominator of 7 is 0");
  }
}
