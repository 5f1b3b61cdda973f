package org.anabranch.spark.data;

import java.io.Serializable;

/**
 * One record of a source and where it stands: a sample, or what is wrong with it.
 *
 * @param file as the user would open it; empty where a source has no files
 * @param number of the record in its file, from 1; 0 where there is one a file
 * @param label -1 if the record has none, or cannot be used
 * @param features empty if the record cannot be used; only to be read
 * @param fault a sentence; empty for a record that can be used
 */
@SuppressWarnings("ArrayRecordComponent") // a row on its way to a task: identity is what is meant
public record LocatedRecord(String file, long number, int label, float[] features, String fault)
    implements Serializable {
  static LocatedRecord of(Sample sample, boolean labelled) {
    return new LocatedRecord(
        sample.file(), sample.record(), labelled ? sample.label : -1, sample.features, "");
  }

  static LocatedRecord of(BadRecord bad) {
    return new LocatedRecord(bad.file(), bad.line(), -1, new float[0], bad.reason());
  }

  /** Whether there are features. */
  public boolean isUsable() {
    return fault.isEmpty();
  }
}
