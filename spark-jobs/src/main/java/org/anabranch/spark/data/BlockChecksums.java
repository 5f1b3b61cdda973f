package org.anabranch.spark.data;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.anabranch.train.Block;

/**
 * The checksums of all blocks as they were first packed. Tasks hold blocks against them, because
 * Spark computes a lost block again from the input.
 */
public final class BlockChecksums implements Serializable {
  private static final long serialVersionUID = 1;

  private final int[] train;
  private final int[] validation;
  private final int[] test;

  BlockChecksums(int[] train, int[] validation, int[] test) {
    this.train = train;
    this.validation = validation;
    this.test = test;
  }

  /**
   * Lets a training block pass that is the one packed first.
   *
   * @throws DataProblem if it is another
   */
  public void requireTrain(Block block) {
    require(train, block, "training");
  }

  /**
   * Lets a validation block pass that is the one packed first.
   *
   * @throws DataProblem if it is another
   */
  public void requireValidation(Block block) {
    require(validation, block, "validation");
  }

  /**
   * Lets a test block pass that is the one packed first.
   *
   * @throws DataProblem if it is another
   */
  public void requireTest(Block block) {
    require(test, block, "test");
  }

  private static void require(int[] checksums, Block block, String kind) {
    int number = block.number();
    if (number >= checksums.length || checksums[number] != block.checksum()) {
      throw DataProblem.inputChanged("%s block %d differs".formatted(kind, number));
    }
  }

  /** SHA-256 over the numbers of blocks and their checksums, in hexadecimal. */
  String fingerprint() {
    // without validation the digest is the one of training and test blocks alone
    int[][] parts =
        validation.length == 0 ? new int[][] {train, test} : new int[][] {train, test, validation};
    int numbers = Arrays.stream(parts).mapToInt(part -> 1 + part.length).sum();
    ByteBuffer bytes = ByteBuffer.allocate(4 * numbers).order(ByteOrder.LITTLE_ENDIAN);
    for (int[] checksums : parts) {
      bytes.putInt(checksums.length);
      for (int checksum : checksums) {
        bytes.putInt(checksum);
      }
    }
    MessageDigest sha256 = SampleIds.sha256();
    return HexFormat.of().formatHex(sha256.digest(bytes.array()));
  }
}
