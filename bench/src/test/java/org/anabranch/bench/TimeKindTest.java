package org.anabranch.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeKindTest {
  private static final String SIMD = "org.anabranch.backend.simd.";
  private static final String LANES = "jdk.incubator.vector.FloatVector.fma";
  private static final String SOLVE = "org.anabranch.gradient.SolveGradient.backward";

  private static String kind(String... frames) {
    return TimeKind.of(List.of(frames)).kind();
  }

  @ParameterizedTest
  @CsvSource({
    "ProductTiles.tile6x4, products",
    "DoubleProductTiles.tile1x1, products",
    "VectorProducts.panel, products",
    "VectorProducts.pack, packing of weights",
    "RowProductTiles.tile6x4, weight gradients",
    "VectorProducts.rowProduct, weight gradients",
    "VectorProducts.rowSumOfFour, sums over rows",
    "SampleLoops.drain, weight gradients",
    "SampleLoops.sum, sums over rows",
    "SampleLoops.broadcast, copies and broadcasts",
    "VectorActivation.tanh, transcendental",
    "DoubleActivation.exp, transcendental",
    "VectorElementwise.add, element-wise",
    "VectorWide.narrow, float64 and the grid",
    "KernelCalls.lambda$copy$3, dispatch and the rest",
    "SimdProgram.lambda$bind$0, dispatch and the rest"
  })
  void aKernelHasItsKind(String method, String kind) {
    assertThat(kind(SIMD + method, SOLVE)).isEqualTo(kind);
  }

  @Test
  void aLoopOfTheVectorApiIsItsKernels() {
    assertThat(TimeKind.of(List.of(LANES, SIMD + "ProductTiles.tile6x4", SOLVE)))
        .isEqualTo(new TimeKind(TimeKind.PRODUCTS, "ProductTiles.tile6x4"));
  }

  @Test
  void aCopyIsACopyWhereverItIsMade() {
    assertThat(kind("java.lang.System.arraycopy", SIMD + "KernelCalls.lambda$copy$3"))
        .isEqualTo(TimeKind.COPIES);
    assertThat(kind("java.util.Arrays.fill", SIMD + "SampleLoops.broadcast"))
        .isEqualTo(TimeKind.COPIES);
    assertThat(kind("java.util.Arrays.stream", SOLVE)).isEqualTo(TimeKind.REST);
  }

  @Test
  void whatCallsAScalarPanelDecides() {
    String panel = SIMD + "ScalarProducts.panel";
    assertThat(kind(panel, SIMD + "ScalarProducts.product")).isEqualTo(TimeKind.PRODUCTS);
    assertThat(kind(panel, SIMD + "ScalarProducts.rowProduct"))
        .isEqualTo(TimeKind.WEIGHT_GRADIENTS);
  }

  @Test
  void aKernelThatTheTableDoesNotKnowStandsUnderItsOwnName() {
    assertThat(kind(LANES, SIMD + "VectorConvolution$Inner.tile", SOLVE))
        .isEqualTo("VectorConvolution");
  }

  @Test
  void whatIsNoKernelIsTheRest() {
    assertThat(kind(SOLVE)).isEqualTo(TimeKind.REST);
    assertThat(TimeKind.of(List.of("java.lang.Thread.run")))
        .isEqualTo(new TimeKind(TimeKind.REST, "Thread.run"));
  }
}
