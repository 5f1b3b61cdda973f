package org.anabranch.spark.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.LongUnaryOperator;
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
    assertThat(ids(samples, census.order(), Part.TEST)).isEqualTo(sortedTestIds(samples, share));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 20})
  void splitsSmallClassesAsSortingDoes(int size) {
    List<Sample> samples = samples(size);
    Census census = census(samples, band(samples, 0.3, 1), 2);
    assertThat(ids(samples, census.order(), Part.TEST)).isEqualTo(sortedTestIds(samples, 0.3));
  }

  /** Validation follows testing in the same order, so that it takes no test sample. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 20, 20_000})
  void validationTakesTheSamplesThatFollowThoseForTesting(int size) {
    List<Sample> samples = samples(size);
    Census census = census(samples, bands(samples, 0.2, 0.125), 3);
    assertThat(census.hits()).isTrue();
    SampleOrder order = census.order();
    Set<Long> test = sortedIds(samples, count -> 0L, count -> Math.round(0.2 * count));
    Set<Long> validation =
        sortedIds(
            samples,
            count -> Math.round(0.2 * count),
            count -> Math.round(0.2 * count) + Math.round(0.125 * count));
    assertThat(ids(samples, order, Part.TEST)).isEqualTo(test);
    assertThat(ids(samples, order, Part.VALIDATION)).isEqualTo(validation);
    assertThat(order.samples(Part.VALIDATION)).isEqualTo(validation.size());
    assertThat(order.samples(Part.TRAIN)).isEqualTo(size - test.size() - validation.size());
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14})
  void aBandThatMissesSaysSoAndAWiderOneHits(long seed) {
    List<Sample> samples = samples(20_000);
    SplitBands narrow = bands(seed, samples, List.of(100L, 2000L, 3000L), 1e-4);
    boolean narrowHits = census(samples, narrow, 1).hits();
    SplitBands band = narrow;
    while (!census(samples, band, 1).hits()) {
      band = band.wider();
    }
    assertThat(narrowHits).isFalse();
    assertThat(ids(samples, census(samples, band, 1).order(), Part.TEST)).hasSize(5100);
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
      assertThat(order.before(Part.TEST).get(range)).isEqualTo(testBelow);
      assertThat(order.before(Part.TRAIN).get(range)).isEqualTo(below.size() - testBelow);
    }
  }

  private static Census census(List<Sample> samples, SplitBands bands, int partitions) {
    List<Sample> shuffled = new ArrayList<>(samples);
    Collections.reverse(shuffled);
    Census sum = new Census(bands, BLOCK_SEED, RANGES);
    for (int partition = 0; partition < partitions; partition++) {
      int index = partition;
      Iterator<Parsed> part =
          IntStream.range(0, shuffled.size())
              .filter(i -> i % partitions == index)
              .mapToObj(i -> (Parsed) shuffled.get(i))
              .iterator();
      sum = new Census(bands, BLOCK_SEED, RANGES).count(part).plus(sum);
    }
    return sum;
  }

  /** Without validation. */
  private static SplitBands band(List<Sample> samples, double share, double widening) {
    List<Long> test = counts(samples).stream().map(n -> Math.round(n * share)).toList();
    return bands(SPLIT_SEED, samples, test, widening);
  }

  private static SplitBands bands(
      long seed, List<Sample> samples, List<Long> test, double widening) {
    SplitBand band = new SplitBand(seed, counts(samples), test, widening);
    return new SplitBands(band, band);
  }

  private static SplitBands bands(List<Sample> samples, double test, double validation) {
    List<Long> held =
        counts(samples).stream()
            .map(n -> Math.round(n * test) + Math.round(n * validation))
            .toList();
    return new SplitBands(
        band(samples, test, 1).test(), new SplitBand(SPLIT_SEED, counts(samples), held, 1));
  }

  private static List<Long> counts(List<Sample> samples) {
    return IntStream.range(0, CLASSES)
        .mapToObj(label -> samples.stream().filter(sample -> sample.label == label).count())
        .toList();
  }

  private static Set<Long> ids(List<Sample> samples, SampleOrder order, Part part) {
    return samples.stream()
        .filter(sample -> order.split().part(sample) == part)
        .map(sample -> sample.id)
        .collect(Collectors.toSet());
  }

  private static Set<Long> sortedTestIds(List<Sample> samples, double share) {
    return sortedIds(samples, count -> 0L, count -> Math.round(share * count));
  }

  /** Of each class, sorted, those from one place to another, which depend on its size. */
  private static Set<Long> sortedIds(
      List<Sample> samples, LongUnaryOperator from, LongUnaryOperator to) {
    Set<Long> ids = new HashSet<>();
    for (int label = 0; label < CLASSES; label++) {
      int wanted = label;
      List<Sample> sorted =
          samples.stream()
              .filter(sample -> sample.label == wanted)
              .sorted(Comparator.comparing(sample -> Rank.forSplit(SPLIT_SEED, sample.id)))
              .toList();
      int first = (int) from.applyAsLong(sorted.size());
      int end = (int) Math.min(sorted.size(), to.applyAsLong(sorted.size()));
      sorted.subList(Math.min(first, end), end).forEach(s -> ids.add(s.id));
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
