package org.anabranch.spark.data;

import java.io.Serializable;
import org.anabranch.train.Standardisation;
import org.jspecify.annotations.Nullable;

/** One record that can be used. The features are not copied and never changed. */
final class Sample implements Parsed, Serializable {
  private static final long serialVersionUID = 1;

  final long id;
  final int label;
  final float[] features;

  /** What it is for, where its source says so; null where the split decides. */
  final @Nullable Part declared;

  private final String file;
  private final long record;

  Sample(long id, int label, float[] features) {
    this(id, label, features, null);
  }

  Sample(long id, int label, float[] features, @Nullable Part declared) {
    this(id, label, features, declared, "", 0);
  }

  private Sample(
      long id, int label, float[] features, @Nullable Part declared, String file, long record) {
    this.declared = declared;
    this.id = id;
    this.label = label;
    this.features = features;
    this.file = file;
    this.record = record;
  }

  /** This sample with the place where it was read: the number is 0 if the file is one record. */
  Sample at(String place, long number) {
    return new Sample(id, label, features, declared, place, number);
  }

  /** How many of the first features are missing. */
  int missing(int first) {
    int missing = 0;
    for (int i = 0; i < first; i++) {
      missing += Float.isNaN(features[i]) ? 1 : 0;
    }
    return missing;
  }

  /** Empty if nobody said where it was read. */
  String file() {
    return file;
  }

  long record() {
    return record;
  }

  /** This sample with standardised features; itself if there is nothing to do. */
  Sample standardised(Standardisation standardisation) {
    return standardisation.changesNothing()
        ? this
        : new Sample(id, label, standardisation.apply(features), declared, file, record);
  }
}
