package org.anabranch.backend.simd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class KernelChoiceTest {
  private static final String COMPILED = "mixed mode, sharing";

  private static KernelChoice.Decision decide(String property, boolean module, String machine) {
    return KernelChoice.decide(property, module, machine, () -> 8);
  }

  @Test
  void automaticTakesWhatTheMachinePrefers() {
    KernelChoice.Decision decision = decide("auto", true, COMPILED);
    assertThat(decision.lanes()).isEqualTo(8);
    assertThat(decision.name()).isEqualTo("vector, 8 lanes");
    assertThat(decision.remedy()).isEmpty();
  }

  @Test
  void automaticIsScalarWithoutTheModuleAndNamesTheOption() {
    KernelChoice.Decision decision = decide("auto", false, COMPILED);
    assertThat(decision.name()).isEqualTo("scalar");
    assertThat(decision.reason()).contains("jdk.incubator.vector is absent");
    assertThat(decision.remedy()).contains("--add-modules jdk.incubator.vector");
  }

  @Test
  void automaticIsScalarWithoutTheOptimisingCompilerAndNamesTheOptions() {
    for (String machine : new String[] {"interpreted mode", "mixed mode, emulated-client"}) {
      KernelChoice.Decision decision = decide("auto", true, machine);
      assertThat(decision.lanes()).isZero();
      assertThat(decision.reason()).contains(machine);
      assertThat(decision.remedy()).contains("-Xint", "-XX:TieredStopAtLevel");
    }
  }

  @Test
  void aDemandIsMetWithoutAWarning() {
    assertThat(decide("4", true, COMPILED).lanes()).isEqualTo(4);
    assertThat(decide("4", true, "interpreted mode").lanes()).isEqualTo(4);
    assertThat(decide("scalar", true, COMPILED).lanes()).isZero();
    assertThat(decide("scalar", true, COMPILED).remedy()).isEmpty();
  }

  @Test
  void moreLanesThanTheMachineHasAreRefused() {
    assertThatThrownBy(() -> decide("16", true, COMPILED))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("anabranch.kernels is 16")
        .hasMessageContaining("at most 8 lanes")
        .hasMessageContaining("-Danabranch.kernels=8");
  }

  @Test
  void lanesWithoutTheModuleAreRefused() {
    assertThatThrownBy(() -> decide("8", false, COMPILED))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("jdk.incubator.vector is absent")
        .hasMessageContaining("-Danabranch.kernels=scalar");
  }

  @Test
  void anUnknownValueIsRefusedWithTheKnownOnes() {
    assertThatThrownBy(() -> decide("avx", true, COMPILED))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'avx'")
        .hasMessageContaining("auto, scalar, 4, 8 or 16")
        .hasMessageContaining("-Danabranch.kernels=auto");
  }

  @Test
  void whatIsChosenHereSaysWhatItIs() {
    assertThat(KernelChoice.get()).hasToString(KernelChoice.describe());
    assertThat(KernelChoice.reason()).endsWith(".");
  }
}
