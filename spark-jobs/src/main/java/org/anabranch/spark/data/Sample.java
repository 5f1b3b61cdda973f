package org.anabranch.spark.data;

import java.io.Serializable;

/** One record that can be used. The features are not copied and never changed. */
final class Sample implements Parsed, Serializable {
  private static final long serialVersionUID = 1;

  final long id;
  final int label;
  final float[] features;

  Sample(long id, int label, float[] features) {
    this.id = id;
    this.label = label;
    this.features = features;
  }
}
