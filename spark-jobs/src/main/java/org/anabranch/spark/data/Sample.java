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

  Sample(long id, int label, float[] features) {
    this(id, label, features, false);
  }

  Sample(long id, int label, float[] features, boolean declaredTest) {
    this.declaredTest = declaredTest;
    this.id = id;
    this.label = label;
    this.features = features;
  }

  /** This sample with standardised features; itself if there is nothing to do. */
  Sample standardised(Standardisation standardisation) {
    return standardisation.changesNothing()
        ? this
        : new Sample(id, label, standardisation.apply(features), declaredTest);
  }
}
