package org.anabranch.spark.data;

import java.io.Serializable;

/**
 * What becomes of samples, whatever format they were read from.
 *
 * @param classes labels are whole numbers from 0 to {@code classes - 1}
 * @param maxBadFraction the share of bad records above which the data are refused, 0 to 1
 * @param standardise whether features are standardised by the training samples
 * @param testFraction the share of each class that is kept for testing, 0 (none) to below 1
 * @param validationFraction the share of each class that is kept for validation, likewise
 * @param splitSeed decides which samples those are
 * @param blockSize samples a block, 32 or 64
 * @param blockSeed decides which samples share a block
 */
public record PackingRules(
    int classes,
    double maxBadFraction,
    boolean standardise,
    double testFraction,
    double validationFraction,
    long splitSeed,
    int blockSize,
    long blockSeed)
    implements Serializable {
  public PackingRules {
    check(
        classes >= 1,
        "classes is %d".formatted(classes),
        "Use 2 or more, or 1 for samples without labels");
    check(
        maxBadFraction >= 0 && maxBadFraction <= 1,
        "the largest share of bad records is %s".formatted(maxBadFraction),
        "Use 0 to 1");
    check(
        testFraction >= 0 && testFraction < 1,
        "the test share is %s".formatted(testFraction),
        "Use 0 or more and less than 1");
    check(
        validationFraction >= 0 && testFraction + validationFraction < 1,
        "the validation share is %s, and the test share %s"
            .formatted(validationFraction, testFraction),
        "Use 0 or more, and less than 1 together");
    check(
        blockSize == 32 || blockSize == 64,
        "block size is %d".formatted(blockSize),
        "Use 32 or 64");
  }

  private static void check(boolean holds, String fact, String remedy) {
    if (!holds) {
      throw new IllegalArgumentException("PackingRules: %s. %s.".formatted(fact, remedy));
    }
  }
}
