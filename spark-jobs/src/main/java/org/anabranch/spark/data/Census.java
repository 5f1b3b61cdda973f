package org.anabranch.spark.data;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * How many samples lie where: what is needed to find the test split and the number of every block
 * without bringing samples to the driver. Censuses of partitions add up in any order.
 */
final class Census implements Serializable {
  private static final long serialVersionUID = 1;

  /** A sample inside the band: its class and where it ranks for the split. */
  record Candidate(int label, Rank rank) implements Serializable {}

  private final SplitBand band;
  private final long blockSeed;
  private final long[] belowBand;
  private final long[] train;
  private final long[] test;
  private final List<Candidate> candidates = new ArrayList<>();

  /** Counts by {@code ranges} ranges of the rank for blocks. */
  Census(SplitBand band, long blockSeed, int ranges) {
    this.band = band;
    this.blockSeed = blockSeed;
    this.belowBand = new long[band.samples().size()];
    this.train = new long[ranges];
    this.test = new long[ranges];
  }

  /** This census with a partition's samples added. */
  Census count(Iterator<? extends Parsed> partition) {
    while (partition.hasNext()) {
      if (partition.next() instanceof Sample sample) {
        count(sample);
      }
    }
    return this;
  }

  Census plus(Census other) {
    add(belowBand, other.belowBand);
    add(train, other.train);
    add(test, other.test);
    candidates.addAll(other.candidates);
    return this;
  }

  private void count(Sample sample) {
    if (sample.declaredTest) {
      test[range(sample.id)]++;
      return;
    }
    Rank rank = Rank.forSplit(band.seed(), sample.id);
    if (rank.key() > band.high(sample.label)) {
      train[range(sample.id)]++;
    } else if (rank.key() < band.low(sample.label)) {
      belowBand[sample.label]++;
      test[range(sample.id)]++;
    } else {
      candidates.add(new Candidate(sample.label, rank));
    }
  }

  /** Whether the last test sample of every class is inside the band. */
  boolean hits() {
    long[] inBand = new long[belowBand.length];
    candidates.forEach(candidate -> inBand[candidate.label()]++);
    for (int label = 0; label < inBand.length; label++) {
      long wanted = band.test().get(label) - belowBand[label];
      if (wanted < 0 || wanted > inBand[label]) {
        return false;
      }
    }
    return true;
  }

  /** Decides the candidates and gives every range its place. */
  SampleOrder order() {
    TestSplit split = split();
    long[] trainOfRange = train.clone();
    long[] testOfRange = test.clone();
    for (Candidate candidate : candidates) {
      boolean isTest = split.isTest(candidate.label(), candidate.rank());
      (isTest ? testOfRange : trainOfRange)[range(candidate.rank().id())]++;
    }
    return SampleOrder.of(split, blockSeed, trainOfRange, testOfRange);
  }

  private TestSplit split() {
    List<List<Rank>> ranks = new ArrayList<>();
    band.samples().forEach(count -> ranks.add(new ArrayList<>()));
    candidates.forEach(candidate -> ranks.get(candidate.label()).add(candidate.rank()));
    List<Rank> last = new ArrayList<>();
    for (int label = 0; label < ranks.size(); label++) {
      int wanted = Math.toIntExact(band.test().get(label) - belowBand[label]);
      last.add(
          wanted == 0
              ? new Rank(band.low(label) - 1, Long.MAX_VALUE)
              : ranks.get(label).stream().sorted().skip(wanted - 1).findFirst().orElseThrow());
    }
    return new TestSplit(band.seed(), last);
  }

  private int range(long id) {
    return Rank.forBlocks(blockSeed, id).range(train.length);
  }

  private static void add(long[] sums, long[] values) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += values[i];
    }
  }
}
