package org.anabranch.spark.data;

import java.security.MessageDigest;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/** Gives rows their identities, in the order of their keys. Holds one row at a time. */
final class DistinctRows implements RecordStream {
  private final Iterator<Tuple2<RowKey, KeyedRow>> sorted;
  private final RowParser rules;
  private final MessageDigest sha256 = SampleIds.sha256();
  private @Nullable RowKey last;
  private long copies;

  DistinctRows(Iterator<Tuple2<RowKey, KeyedRow>> sorted, RowParser rules) {
    this.sorted = sorted;
    this.rules = rules;
  }

  @Override
  public @Nullable Parsed next() {
    if (!sorted.hasNext()) {
      return null;
    }
    Tuple2<RowKey, KeyedRow> next = sorted.next();
    KeyedRow row = next._2();
    return row.parsed() instanceof Sample sample ? told(next._1(), sample, row.id()) : row.parsed();
  }

  private Sample told(RowKey key, Sample sample, String id) {
    copies = key.equals(last) ? copies + 1 : 0;
    last = key;
    if (copies > 0 && rules.declaresId()) {
      throw rules.twice(id);
    }
    return new Sample(key.copy(copies, sha256), sample.label, sample.features)
        .at(sample.file(), sample.record());
  }
}
