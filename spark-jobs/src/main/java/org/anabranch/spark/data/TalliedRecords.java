package org.anabranch.spark.data;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** The samples of a part of the input, then its report. Holds one sample at a time. */
final class TalliedRecords implements Iterator<Parsed> {
  private final RecordStream records;
  private final long[] samplesOfClass;
  private final long[][] declared;
  private final Map<Fault, Long> faults = new EnumMap<>(Fault.class);
  private final List<BadRecord> firstBad = new ArrayList<>();
  private @Nullable Parsed next;
  private boolean reported;

  TalliedRecords(RecordStream records, int classes) {
    this.records = records;
    this.samplesOfClass = new long[classes];
    this.declared = new long[Part.values().length][classes];
  }

  @Override
  public boolean hasNext() {
    if (next == null && !reported) {
      next = nextSample();
      if (next == null) {
        reported = true;
        next =
            new SplitReport(
                samplesOfClass, declared, new BadRecords(faults, firstBad), records.tally());
      }
    }
    return next != null;
  }

  @Override
  public Parsed next() {
    if (!hasNext() || next == null) {
      throw new NoSuchElementException();
    }
    Parsed result = next;
    next = null;
    return result;
  }

  private @Nullable Sample nextSample() {
    for (Parsed record = records.next(); record != null; record = records.next()) {
      if (record instanceof Sample sample) {
        note(sample);
        return sample;
      }
      if (record instanceof BadRecord bad) {
        note(bad);
      }
    }
    return null;
  }

  private void note(Sample sample) {
    if (sample.declared != null) {
      declared[sample.declared.index()][sample.label]++;
    } else {
      samplesOfClass[sample.label]++;
    }
  }

  private void note(BadRecord bad) {
    faults.merge(bad.fault(), 1L, Long::sum);
    if (firstBad.size() < BadRecords.KEPT) {
      firstBad.add(bad);
    }
  }
}
