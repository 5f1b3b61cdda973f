package org.anabranch.spark.data;

/** What a sample is for. */
enum Part {
  TRAIN,
  /** To choose parameters, and to end the training. */
  VALIDATION,
  /** To be looked at, and never to choose by. */
  TEST
}
