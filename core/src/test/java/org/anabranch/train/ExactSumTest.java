package org.anabranch.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.graph.Shape;
import org.anabranch.random.CounterRandom;
import org.anabranch.random.KeyedPermutation;
import org.anabranch.random.Stream;
import org.anabranch.solver.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExactSumTest {
  private static final ParameterLayout LAYOUT = layout(3, 5, 1);
  private static final ParameterLayout ONE = layout(1);
  private static final double LARGEST = 0x1p51 - 1;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void partitionsOrderAndMergeTreeDoNotChangeABit(long seed) {
    List<BlockResult> results = results(60, seed);
    Scales scales = Scales.from(measured(results).magnitudes());
    ExactSum expected = ExactSum.empty(LAYOUT, scales);
    results.forEach(expected::add);
    for (int trial = 0; trial < 20; trial++) {
      assertSameBits(mergedAtRandom(results, scales, seed, trial), expected);
    }
  }

  @Test
  void aSumInDoublesWouldDependOnTheOrder() {
    List<BlockResult> results = results(60, 1);
    double forwards = 0;
    double backwards = 0;
    for (int i = 0; i < results.size(); i++) {
      forwards += results.get(i).gradient()[0];
      backwards += results.get(results.size() - 1 - i).gradient()[0];
    }
    assertThat(forwards).isNotEqualTo(backwards);
  }

  @Test
  void theMeanGradientIsThatOfTheExactSumToTheLastBitsKept() {
    List<BlockResult> results = results(60, 5);
    ExactSum sum = ExactSum.empty(LAYOUT, Scales.from(measured(results).magnitudes()));
    results.forEach(sum::add);
    double[] mean = new double[LAYOUT.size()];
    sum.gradient(mean);
    for (ParameterLayout.View view : LAYOUT.views()) {
      double largest = sum.magnitudes().tensors().get(LAYOUT.views().indexOf(view));
      for (int i = view.offset(); i < view.offset() + view.size(); i++) {
        double exact = exactSum(results, i) / sum.weight();
        assertThat(mean[i]).isEqualTo(exact, within(0x1p-41 * largest * 60 / sum.weight()));
      }
    }
    BigDecimal loss = BigDecimal.ZERO;
    for (BlockResult result : results) {
      loss = loss.add(new BigDecimal(result.loss()));
    }
    assertThat(sum.loss()).isEqualTo(loss.doubleValue(), within(1e-9));
  }

  @Test
  void valuesOnTheGridAreSummedAndDividedExactly() {
    ExactSum sum = ExactSum.empty(ONE, new Scales(List.of(2), 0));
    sum.add(result(0, new double[] {0.75}, 3));
    sum.add(result(1, new double[] {-2.5}, 4));
    double[] mean = new double[1];
    sum.gradient(mean); // weight 2
    assertThat(mean).containsExactly(-0.875);
    assertThat(sum.loss()).isEqualTo(7);
    assertThat(sum.weight()).isEqualTo(2);
    assertThat(sum.correct()).isEqualTo(2);
    assertThat(sum.blocks()).isEqualTo(2);
  }

  @Test
  void halvesAreRoundedToEvenAsRintDoes() {
    for (double v : new double[] {0.5, 1.5, 2.5, -0.5, -1.5, 0.49999999999999994, LARGEST - 0.25}) {
      ExactSum sum = ExactSum.empty(ONE, new Scales(List.of(0), 0));
      sum.add(result(0, new double[] {v}, 0));
      double[] mean = new double[1];
      sum.gradient(mean);
      assertThat(mean[0]).isEqualTo(Math.rint(v));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, -1})
  void asManyBlocksAsARoundMayHaveAtTheLimitDoNotOverflow(double sign) {
    ExactSum sum = ExactSum.empty(ONE, new Scales(List.of(0), 0));
    for (int block = 0; block < ExactSum.MAX_BLOCKS; block++) {
      sum.add(result(block, new double[] {sign * LARGEST}, LARGEST));
    }
    assertThat(sum.overflowed()).isFalse();
    double[] mean = new double[1];
    sum.gradient(mean);
    assertThat(mean[0]).isEqualTo(sign * LARGEST);
    assertThat(sum.loss()).isEqualTo(LARGEST * ExactSum.MAX_BLOCKS);
  }

  @Test
  void oneBlockMoreThanARoundMayHaveIsRefused() {
    ExactSum sum = ExactSum.empty(ONE, null);
    for (int block = 0; block < ExactSum.MAX_BLOCKS; block++) {
      sum.add(result(block, new double[] {1}, 1));
    }
    ExactSum one = ExactSum.empty(ONE, null);
    one.add(result(0, new double[] {1}, 1));
    assertThatThrownBy(() -> sum.add(result(0, new double[] {1}, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("1 blocks", "4096", "Lower the batch size");
    assertThatThrownBy(() -> sum.merge(one)).hasMessageContaining("4096");
    sum.merge(ExactSum.empty(ONE, null));
    assertThat(sum.blocks()).isEqualTo(4096);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0x1p51, -0x1p51, LARGEST + 0.5, 1e300})
  void aBlockThatDoesNotFitIsDataAndNotAnException(double value) {
    ExactSum sum = ExactSum.empty(ONE, new Scales(List.of(0), 0));
    sum.add(result(0, new double[] {value}, 1));
    sum.add(result(1, new double[] {1}, 1));
    assertThat(sum.overflowed()).isTrue();
    assertThat(sum.notFiniteBlocks()).isEmpty();
    assertThat(sum.magnitudes()).isEqualTo(new Magnitudes(List.of(Math.abs(value)), 1));
    assertThatThrownBy(() -> sum.gradient(new double[1]))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll("2 blocks", "Scales.from");
  }

  @Test
  void sumsPastTheLimitOfABlockAreNotAnOverflow() {
    ExactSum sum = ExactSum.empty(ONE, new Scales(List.of(0), 0));
    sum.add(result(0, new double[] {LARGEST}, 1));
    sum.add(result(1, new double[] {LARGEST}, 1));
    assertThat(sum.overflowed()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void valuesThatAreNotFiniteAreNamedByTheirBlock(double value) {
    ExactSum sum = ExactSum.empty(LAYOUT, new Scales(List.of(40, 40, 40), 40));
    sum.add(result(4, new double[] {1, 2, 3, 4, value, -6, 5, 4, 3}, 1));
    sum.add(result(2, new double[] {9, 1, 1, 1, 1, 1, 1, 1, 1}, value));
    sum.add(result(3, new double[] {9, 1, 1, 1, 1, 1, 1, 1, 1}, 8));
    assertThat(sum.overflowed()).isTrue();
    assertThat(sum.notFiniteBlocks()).containsExactly(2, 4);
    assertThat(sum.magnitudes()).isEqualTo(new Magnitudes(List.of(9.0, 6.0, 3.0), 8));
  }

  @Test
  void aRoundWithoutScalesMeasuresAndCountsAsOverflowed() {
    ExactSum sum = measured(results(5, 3));
    assertThat(sum.overflowed()).isTrue();
    assertThat(sum.tooCoarse()).isFalse();
    assertThat(sum.blocks()).isEqualTo(5);
    assertThat(sum.magnitudes().tensors()).hasSize(3).allMatch(magnitude -> magnitude > 0);
  }

  @Test
  void theLargestMagnitudeMustKeepTwentyFourBits() {
    Scales scales = new Scales(List.of(0), 0);
    ExactSum fine = ExactSum.empty(ONE, scales);
    fine.add(result(0, new double[] {0x1p23}, 0x1p23));
    fine.add(result(1, new double[] {1}, 1)); // a small block beside a large one is fine
    assertThat(fine.tooCoarse()).isFalse();
    ExactSum coarse = ExactSum.empty(ONE, scales);
    coarse.add(result(0, new double[] {Math.nextDown(0x1p23)}, 0x1p23));
    assertThat(coarse.tooCoarse()).isTrue();
    assertThat(coarse.overflowed()).isFalse();
    coarse.merge(fine);
    assertThat(coarse.tooCoarse()).isFalse();
  }

  @Test
  void aTensorOfZerosIsNotTooCoarse() {
    ExactSum sum = ExactSum.empty(ONE, new Scales(List.of(0), 0));
    sum.add(result(0, new double[] {0}, 0));
    assertThat(sum.tooCoarse()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {
        Double.MIN_VALUE,
        Double.MIN_NORMAL,
        0x1p-961,
        0x1p-960,
        1e-30,
        0.1,
        1,
        0x1.fffffffffffffp0,
        1e30,
        0x1p1023,
        Double.MAX_VALUE
      })
  void aRoundIsRepeatedAtMostOnce(double magnitude) {
    for (double first : new double[] {magnitude, -magnitude, 0}) {
      List<BlockResult> results =
          List.of(
              result(0, new double[] {first}, magnitude),
              result(1, new double[] {magnitude / 3}, magnitude / 7));
      Scales scales = Scales.from(measured(results, ONE, null).magnitudes());
      ExactSum repeated = measured(results, ONE, scales);
      assertThat(repeated.overflowed()).isFalse();
      assertThat(repeated.tooCoarse()).isFalse();
    }
  }

  @Test
  void scalesLeaveTenBitsOfHeadroomAndNoEleven() {
    Scales scales = Scales.from(new Magnitudes(List.of(0.7), 3));
    assertThat(scales).isEqualTo(new Scales(List.of(41), 39));
    double largestOfItsBinade = Math.nextDown(1.0);
    ExactSum grown = ExactSum.empty(ONE, scales);
    grown.add(result(0, new double[] {largestOfItsBinade * 0x1p9}, 1));
    assertThat(grown.overflowed()).isFalse();
    grown.add(result(1, new double[] {0x1p10}, 1));
    assertThat(grown.overflowed()).isTrue();
  }

  @Test
  void failuresAreReportedInTheOrderOfTheirIds() {
    SampleFailure late = new SampleFailure(9, Outcome.UNSTABLE, "at t = 1");
    SampleFailure early = new SampleFailure(2, Outcome.NOT_FINITE, "at t = 0.5");
    ExactSum sum = ExactSum.empty(ONE, null);
    sum.add(new BlockResult(0, new double[] {1}, 1, 1, 0, List.of(late), 0.2));
    sum.add(new BlockResult(1, new double[] {1}, 1, 1, 0, List.of(early), 0.7));
    sum.add(new BlockResult(2, new double[] {1}, 1, 1, 0, List.of(), 0.1));
    assertThat(sum.failures()).containsExactly(early, late);
    assertThat(sum.worstDefect()).isEqualTo(0.7);
  }

  @Test
  void aRoundInWhichNoSampleCompletedHasNoMean() {
    ExactSum sum = ExactSum.empty(ONE, new Scales(List.of(0), 0));
    sum.add(new BlockResult(0, new double[] {0}, 0, 0, 0, List.of(), 0));
    assertThatThrownBy(() -> sum.gradient(new double[1]))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll("no sample of 1 blocks", "failures()");
  }

  @Test
  void sumsThatDoNotBelongTogetherAreRefused() {
    ExactSum sum = ExactSum.empty(ONE, new Scales(List.of(0), 0));
    assertThatThrownBy(() -> sum.merge(ExactSum.empty(ONE, new Scales(List.of(1), 0))))
        .hasMessageContaining("different layouts or scales");
    assertThatThrownBy(() -> sum.merge(ExactSum.empty(LAYOUT, null)))
        .hasMessageContainingAll("1 and 9 parameters", "one round only");
    assertThatThrownBy(() -> sum.add(result(7, new double[2], 1)))
        .hasMessageContainingAll("block 7", "2 values", "the layout 1");
    assertThatThrownBy(() -> ExactSum.empty(LAYOUT, new Scales(List.of(0), 0)))
        .hasMessageContainingAll("1 scales", "3 parameter tensors");
    assertThatThrownBy(() -> sum.gradient(new double[2])).hasMessageContaining("holds 2");
  }

  @Test
  void aSumThatTravelsArrivesWholeAtEightBytesAParameter() throws Exception {
    ParameterLayout layout = layout(1000, 24);
    ExactSum sum = ExactSum.empty(layout, new Scales(List.of(30, 30), 30));
    double[] gradient = new double[1024];
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] = Math.sin(i);
    }
    sum.add(result(0, gradient, 1));
    byte[] bytes = serialized(sum);
    assertThat(bytes.length).isLessThan(8 * 1024 + 50 * 2 + 1024);
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
      ExactSum arrived = (ExactSum) in.readObject();
      assertSameBits(arrived, sum);
      arrived.merge(sum);
      assertThat(arrived.weight()).isEqualTo(2);
    }
  }

  @Test
  void manyTensorsTakeLessThanFiftyBytesEachBesidesTheirValues() throws Exception {
    int[] sizes = new int[200];
    Arrays.fill(sizes, 1);
    List<Integer> exponents = IntStream.range(0, 200).boxed().toList();
    ExactSum sum = ExactSum.empty(layout(sizes), new Scales(exponents, 0));
    assertThat(serialized(sum).length).isLessThan((8 + 50) * 200 + 1024);
  }

  @Test
  void oneTensorThatOverflowsTakesTheSumsOfAllWithIt() throws Exception {
    ExactSum sum = ExactSum.empty(layout(1000, 1), new Scales(List.of(0, 0), 0));
    double[] gradient = new double[1001];
    gradient[1000] = 0x1p51;
    sum.add(result(0, gradient, 1));
    assertThat(sum.overflowed()).isTrue();
    assertThat(serialized(sum).length).isLessThan(1124);
    ExactSum fine = ExactSum.empty(layout(1000, 1), new Scales(List.of(0, 0), 0));
    fine.add(result(1, new double[1001], 1));
    assertThat(fine.overflowed()).isFalse();
    fine.merge(sum);
    assertThat(fine.overflowed()).isTrue();
  }

  @Test
  void aSumThatOverflowedDoesNotCarryItsSums() throws Exception {
    ExactSum sum = ExactSum.empty(layout(1000, 24), null);
    sum.add(result(0, new double[1024], 1));
    assertThat(serialized(sum).length).isLessThan(1024);
  }

  private static byte[] serialized(ExactSum sum) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(sum);
    }
    return bytes.toByteArray();
  }

  /** Deals results at random to partitions, in random order, and merges these in a random tree. */
  private static ExactSum mergedAtRandom(
      List<BlockResult> results, Scales scales, long seed, int trial) {
    int partitions = 1 + trial % 9;
    List<ExactSum> sums = new ArrayList<>();
    for (int i = 0; i < partitions; i++) {
      sums.add(ExactSum.empty(LAYOUT, scales));
    }
    for (int i : KeyedPermutation.of(seed, Stream.SYNTHETIC, trial, results.size())) {
      int partition = CounterRandom.below(partitions, seed, Stream.SYNTHETIC, trial, 1, i);
      sums.get(partition).add(results.get(i));
    }
    for (int step = 2; sums.size() > 1; step++) {
      Collections.swap(
          sums, 0, CounterRandom.below(sums.size(), seed, Stream.SYNTHETIC, trial, step, 0));
      ExactSum taken = sums.remove(0);
      sums.get(CounterRandom.below(sums.size(), seed, Stream.SYNTHETIC, trial, step, 1))
          .merge(taken);
    }
    return sums.get(0);
  }

  private static void assertSameBits(ExactSum actual, ExactSum expected) {
    double[] a = new double[expected.magnitudes().tensors().size() == 3 ? 9 : 1024];
    double[] b = a.clone();
    actual.gradient(a);
    expected.gradient(b);
    assertThat(a).isEqualTo(b);
    assertThat(Double.doubleToRawLongBits(actual.loss()))
        .isEqualTo(Double.doubleToRawLongBits(expected.loss()));
    assertThat(actual.magnitudes()).isEqualTo(expected.magnitudes());
    assertThat(actual.weight()).isEqualTo(expected.weight());
    assertThat(actual.correct()).isEqualTo(expected.correct());
    assertThat(actual.blocks()).isEqualTo(expected.blocks());
    assertThat(actual.failures()).isEqualTo(expected.failures());
    assertThat(actual.worstDefect()).isEqualTo(expected.worstDefect());
  }

  private static ExactSum measured(List<BlockResult> results) {
    return measured(results, LAYOUT, null);
  }

  private static ExactSum measured(
      List<BlockResult> results, ParameterLayout layout, Scales scales) {
    ExactSum sum = ExactSum.empty(layout, scales);
    results.forEach(sum::add);
    return sum;
  }

  private static double exactSum(List<BlockResult> results, int component) {
    BigDecimal exact = BigDecimal.ZERO;
    for (BlockResult result : results) {
      exact = exact.add(new BigDecimal(result.gradient()[component]));
    }
    return exact.doubleValue();
  }

  /** Random blocks: components over six orders of magnitude, weights 0 to 8, some failures. */
  private static List<BlockResult> results(int blocks, long seed) {
    List<BlockResult> results = new ArrayList<>();
    for (int block = 0; block < blocks; block++) {
      double[] gradient = new double[LAYOUT.size()];
      for (int i = 0; i < gradient.length; i++) {
        double size = CounterRandom.uniform(seed, Stream.SYNTHETIC, block, 1, i);
        gradient[i] =
            CounterRandom.normal(seed, Stream.SYNTHETIC, block, 0, i) * Math.pow(10, 6 * size);
      }
      long weight = CounterRandom.below(9, seed, Stream.SYNTHETIC, block, 2, 0);
      List<SampleFailure> failures =
          weight == 8 ? List.of() : List.of(new SampleFailure(block, Outcome.NOT_FINITE, "t = 1"));
      double loss = CounterRandom.uniform(seed, Stream.SYNTHETIC, block, 3, 0) * weight;
      results.add(new BlockResult(block, gradient, loss, weight, weight / 2, failures, loss / 100));
    }
    return results;
  }

  private static BlockResult result(int block, double[] gradient, double loss) {
    return new BlockResult(block, gradient, loss, 1, 1, List.of(), 0);
  }

  private static ParameterLayout layout(int... sizes) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    for (int size : sizes) {
      shapes.put("tensor" + shapes.size(), Shape.vector(size));
    }
    return ParameterLayout.of(shapes);
  }
}
