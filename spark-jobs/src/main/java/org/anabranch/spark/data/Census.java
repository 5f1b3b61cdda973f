package org.anabranch.spark.data;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * How many samples lie where: what is needed to find the split and the number of every block
 * without bringing samples to the driver. Censuses of partitions add up in any order.
 */
final class Census implements Serializable {
  private static final long serialVersionUID = 1;

  /** A sample inside a band: its class and where it ranks for the split. */
  record Candidate(int label, Rank rank) implements Serializable {}

  /** By the number of bands that a sample lies above. */
  private static final List<Part> ABOVE = List.of(Part.TEST, Part.VALIDATION, Part.TRAIN);

  private final SplitBands bands;
  private final long blockSeed;
  private final long[][] belowBand;
  private final long[][] counts;
  private final List<Candidate> candidates = new ArrayList<>();

  /** Counts by {@code ranges} ranges of the rank for blocks. */
  Census(SplitBands bands, long blockSeed, int ranges) {
    this.bands = bands;
    this.blockSeed = blockSeed;
    this.belowBand = new long[bands.both().size()][bands.test().samples().size()];
    this.counts = new long[Part.values().length][ranges];
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
    add(counts, other.counts);
    candidates.addAll(other.candidates);
    return this;
  }

  private void count(Sample sample) {
    if (sample.declared != null) {
      counts[sample.declared.index()][range(sample.id)]++;
      return;
    }
    Rank rank = Rank.forSplit(bands.test().seed(), sample.id);
    int above = 0;
    boolean inside = false;
    for (int cut = 0; cut < belowBand.length; cut++) {
      SplitBand band = bands.both().get(cut);
      if (rank.key() > band.high(sample.label)) {
        above++;
      } else if (rank.key() < band.low(sample.label)) {
        belowBand[cut][sample.label]++;
      } else {
        inside = true;
      }
    }
    if (inside) {
      candidates.add(new Candidate(sample.label, rank));
    } else {
      counts[ABOVE.get(above).index()][range(sample.id)]++;
    }
  }

  /** Whether the last sample before each cut is inside its band, for every class. */
  boolean hits() {
    for (int cut = 0; cut < belowBand.length; cut++) {
      List<List<Rank>> inside = inside(cut);
      for (int label = 0; label < inside.size(); label++) {
        long wanted = wanted(cut, label);
        if (wanted < 0 || wanted > inside.get(label).size()) {
          return false;
        }
      }
    }
    return true;
  }

  /** Decides the candidates and gives every range its place. */
  SampleOrder order() {
    TestSplit split = new TestSplit(bands.test().seed(), last(0), last(1));
    long[][] sums = new long[counts.length][];
    for (int part = 0; part < sums.length; part++) {
      sums[part] = counts[part].clone();
    }
    for (Candidate candidate : candidates) {
      Part part = split.part(candidate.label(), candidate.rank());
      sums[part.index()][range(candidate.rank().id())]++;
    }
    return SampleOrder.of(split, blockSeed, sums);
  }

  /** The last rank of each class before a cut. */
  private List<Rank> last(int cut) {
    List<List<Rank>> inside = inside(cut);
    List<Rank> last = new ArrayList<>();
    for (int label = 0; label < inside.size(); label++) {
      int wanted = Math.toIntExact(wanted(cut, label));
      last.add(
          wanted == 0
              ? new Rank(bands.both().get(cut).low(label) - 1, Long.MAX_VALUE)
              : inside.get(label).stream().sorted().skip(wanted - 1).findFirst().orElseThrow());
    }
    return last;
  }

  /** The ranks inside a band, by class. */
  private List<List<Rank>> inside(int cut) {
    SplitBand band = bands.both().get(cut);
    List<List<Rank>> ranks = new ArrayList<>();
    band.samples().forEach(count -> ranks.add(new ArrayList<>()));
    for (Candidate candidate : candidates) {
      long key = candidate.rank().key();
      if (key >= band.low(candidate.label()) && key <= band.high(candidate.label())) {
        ranks.get(candidate.label()).add(candidate.rank());
      }
    }
    return ranks;
  }

  /** How many samples inside a band lie before its cut. */
  private long wanted(int cut, int label) {
    return bands.both().get(cut).test().get(label) - belowBand[cut][label];
  }

  private int range(long id) {
    return Rank.forBlocks(blockSeed, id).range(counts[0].length);
  }

  private static void add(long[][] sums, long[][] values) {
    for (int i = 0; i < sums.length; i++) {
      for (int j = 0; j < sums[i].length; j++) {
        sums[i][j] += values[i][j];
      }
    }
  }
}
