package org.anabranch.spark.data;

import java.io.Serializable;
import org.anabranch.train.Standardisation;

/** One record that can be used. The features are not copied and never changed. */
final class Sample implements Parsed, Serializable {
  private static final long serialVersionUID = 1;

  final long id;
  final int label;
  final float[] features;

  /** Whether it comes from where only test samples are. */
  final boolean declaredTest;

  private final String file;
  private final long record;

  Sample(long id, int label, float[] features) {
    this(id, label, features, false);
  }

  Sample(long id, int label, float[] features, boolean declaredTest) {
    this(id, label, features, declaredTest, "", 0);
  }

  private Sample(
      long id, int label, float[] features, boolean declaredTest, String file, long record) {
    this.declaredTest = declaredTest;
    this.id = id;
    this.label = label;
    this.features = features;
    this.file = file;
    this.record = record;
  }

  /** This sample with the place where it was read: the number is 0 if the file is one record. */
  Sample at(String place, long number) {
    return new Sample(id, label, features, declaredTest, place, number);
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
        : new Sample(id, label, standardisation.apply(features), declaredTest, file, record);
  }
}
