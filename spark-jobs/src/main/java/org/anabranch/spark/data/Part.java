package org.anabranch.spark.data;

/** What a sample is for. */
enum Part {
  TRAIN(0),
  /** To choose parameters, and to end the training. */
  VALIDATION(1),
  /** To be looked at, and never to choose by. */
  TEST(2);

  private final int index;

  Part(int index) {
    this.index = index;
  }

  /** Its place among the parts: where its counts and its partitions lie. */
  int index() {
    return index;
  }
}
