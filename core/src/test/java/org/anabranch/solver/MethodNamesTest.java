package org.anabranch.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class MethodNamesTest {
  static List<String> names() {
    return Method.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  void aMethodAnswersToTheNameThatChoosesIt(String name) {
    assertThat(Method.named(name).name()).isEqualTo(name);
  }

  @Test
  void allThatAPeerOffersAreThere() {
    assertThat(Method.names())
        .contains("euler", "midpoint", "heun", "ralston", "rk4", "bosh3", "dopri5", "tsit5")
        .contains("dopri8", "leapfrog", "symplectic-euler", "alf", "coupled-rk4");
  }

  @Test
  void thoseWhoseStatesLieOnAGridAreChosenSo() {
    for (String name : List.of("alf", "leapfrog", "symplectic-euler")) {
      assertThat(((ReversibleMethod) Method.named(name)).bitExact()).isTrue();
    }
    assertThat(((ReversibleMethod) Method.named("coupled-rk4")).bitExact()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"dopri, dopri5", "RK4, rk4", "tsit, tsit5", "leap-frog, leapfrog", "hein, heun"})
  void anUnknownNameIsAnsweredWithTheNearest(String name, String nearest) {
    assertThatThrownBy(() -> Method.named(name))
        .hasMessageContaining("none is called '%s'; did you mean '%s'?", name, nearest)
        .hasMessageContaining("Known are euler, midpoint");
  }

  @Test
  void aTableauIsFoundByItsNameAndOtherMethodsHaveNone() {
    assertThat(Tableau.named("bosh3").order()).isEqualTo(3);
    assertThatThrownBy(() -> Tableau.named("alf")).hasMessageContaining("none is called 'alf'");
  }
}
