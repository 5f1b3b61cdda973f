package org.anabranch.spark.data;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** What one input split held; the last thing that its reading gives. Sums in any order. */
final class SplitReport implements Parsed, Serializable {
  private static final long serialVersionUID = 1;

  /** Of samples whose part the split decides. */
  final long[] samplesOfClass;

  /** Of samples whose part their source says, by part and class. */
  final long[][] declared;

  final BadRecords bad;
  final SeriesTally series;

  SplitReport(long[] samplesOfClass, long[][] declared, BadRecords bad, SeriesTally series) {
    this.samplesOfClass = samplesOfClass;
    this.declared = declared;
    this.bad = bad;
    this.series = series;
  }

  static SplitReport none(int classes) {
    return new SplitReport(
        new long[classes],
        new long[Part.values().length][classes],
        BadRecords.none(),
        SeriesTally.none());
  }

  SplitReport plus(SplitReport other) {
    long[][] sums = new long[declared.length][];
    for (int part = 0; part < sums.length; part++) {
      sums[part] = sum(declared[part], other.declared[part]);
    }
    return new SplitReport(
        sum(samplesOfClass, other.samplesOfClass),
        sums,
        bad.plus(other.bad),
        series.plus(other.series));
  }

  long samples() {
    long sum = sum(samplesOfClass);
    for (long[] ofPart : declared) {
      sum += sum(ofPart);
    }
    return sum;
  }

  /** Without those that were declared to be for testing. */
  List<Long> ofClass() {
    List<Long> all = new ArrayList<>();
    for (int label = 0; label < samplesOfClass.length; label++) {
      all.add(
          samplesOfClass[label]
              + declared[Part.TRAIN.index()][label]
              + declared[Part.VALIDATION.index()][label]);
    }
    return all;
  }

  /** Training samples of each class. */
  List<Long> trainOfClass(PackingRules rules) {
    List<Long> train = new ArrayList<>(SplitBands.of(rules, this).train());
    for (int label = 0; label < samplesOfClass.length; label++) {
      train.set(label, train.get(label) + declared[Part.TRAIN.index()][label]);
    }
    return train;
  }

  private static long[] sum(long[] some, long[] others) {
    long[] sums = some.clone();
    for (int i = 0; i < sums.length; i++) {
      sums[i] += others[i];
    }
    return sums;
  }

  private static long sum(long[] counts) {
    long sum = 0;
    for (long count : counts) {
      sum += count;
    }
    return sum;
  }
}
