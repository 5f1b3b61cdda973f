package org.anabranch.spark.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The oracle sorts every class; the census only counts and looks at a band. */
class CensusTest {
  private static final long SPLIT_SEED = 3;
  private static final long BLOCK_SEED = 4;
  private static final int CLASSES = 3;
  private static final int RANGES = 5;

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.001, 0.2, 0.5, 0.99})
  void splitsEachClassAsSortingDoes(double share) {
    List<Sample> samples = samples(20_000);
    Census census = census(samples, band(samples, share, 1), 4);
    assertThat(census.hits()).isTrue();
    assertThat(testIds(samples, census.order())).isEqualTo(sortedTestIds(samples, share));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 20})
  void splitsSmallClassesAsSortingDoes(int size) {
    List<Sample> samples = samples(size);
    Census census = census(samples, band(samples, 0.3, 1), 2);
    assertThat(testIds(samples, census.order())).isEqualTo(sortedTestIds(samples, 0.3));
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14})
  void aBandThatMissesSaysSoAndAWiderOneHits(long seed) {
    List<Sample> samples = samples(20_000);
    SplitBand narrow = new SplitBand(seed, counts(samples), List.of(100L, 2000L, 3000L), 1e-4);
    boolean narrowHits = census(samples, narrow, 1).hits();
    SplitBand band = narrow;
    while (!census(samples, band, 1).hits()) {
      band = band.wider();
    }
    assertThat(narrowHits).isFalse();
    assertThat(testIds(samples, census(samples, band, 1).order())).hasSize(5100);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 9})
  void rangesBeginWhereTheLowerOnesEnd(int partitions) {
    List<Sample> samples = samples(1_000);
    SampleOrder order = census(samples, band(samples, 0.25, 1), partitions).order();
    Set<Long> test = sortedTestIds(samples, 0.25);
    for (int range = 0; range <= RANGES; range++) {
      int end = range;
      List<Sample> below =
          samples.stream()
              .filter(sample -> Rank.forBlocks(BLOCK_SEED, sample.id).range(RANGES) < end)
              .toList();
      long testBelow = below.stream().filter(sample -> test.contains(sample.id)).count();
      assertThat(order.testBefore().get(range)).isEqualTo(testBelow);
      assertThat(order.trainBefore().get(range)).isEqualTo(below.size() - testBelow);
    }
  }

  private static Census census(List<Sample> samples, SplitBand band, int partitions) {
    List<Sample> shuffled = new ArrayList<>(samples);
    Collections.reverse(shuffled);
    Census sum = new Census(band, BLOCK_SEED, RANGES);
    for (int partition = 0; partition < partitions; partition++) {
      int index = partition;
      Iterator<Parsed> part =
          IntStream.range(0, shuffled.size())
              .filter(i -> i % partitions == index)
              .mapToObj(i -> (Parsed) shuffled.get(i))
              .iterator();
      sum = new Census(band, BLOCK_SEED, RANGES).count(part).plus(sum);
    }
    return sum;
  }

  private static SplitBand band(List<Sample> samples, double share, double widening) {
    List<Long> test = counts(samples).stream().map(n -> Math.round(n * share)).toList();
    return new SplitBand(SPLIT_SEED, counts(samples), test, widening);
  }

  private static List<Long> counts(List<Sample> samples) {
    return IntStream.range(0, CLASSES)
        .mapToObj(label -> samples.stream().filter(sample -> sample.label == label).count())
        .toList();
  }

  private static Set<Long> testIds(List<Sample> samples, SampleOrder order) {
    return samples.stream()
        .filter(order.split()::isTest)
        .map(sample -> sample.id)
        .collect(Collectors.toSet());
  }

  private static Set<Long> sortedTestIds(List<Sample> samples, double share) {
    Set<Long> ids = new HashSet<>();
    for (int label = 0; label < CLASSES; label++) {
      int wanted = label;
      List<Sample> sorted =
          samples.stream()
              .filter(sample -> sample.label == wanted)
              .sorted(Comparator.comparing(sample -> Rank.forSplit(SPLIT_SEED, sample.id)))
              .toList();
      sorted.subList(0, (int) Math.round(share * sorted.size())).forEach(s -> ids.add(s.id));
    }
    return ids;
  }

  /** Classes of very different sizes. */
  private static List<Sample> samples(int count) {
    SampleIds ids = new SampleIds("f.csv");
    List<Sample> samples = new ArrayList<>();
    for (int line = 1; line <= count; line++) {
      int label = line % 50 == 0 ? 0 : line % 3 == 0 ? 1 : 2;
      samples.add(new Sample(ids.id(line), label, new float[] {line}));
    }
    return samples;
  }
}
