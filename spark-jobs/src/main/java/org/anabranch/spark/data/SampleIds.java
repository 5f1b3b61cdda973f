package org.anabranch.spark.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Names the samples of one file: a pure function of the file's path below the root and the line,
 * hence the same wherever the root lies and however the file is split.
 *
 * <pre>
 *   id = first 8 bytes (little endian) of SHA-256(SHA-256(path in UTF-8) ‖ line as 8 bytes little endian)
 * </pre>
 */
final class SampleIds {
  private final MessageDigest sha256 = sha256();
  private final byte[] message = new byte[40];

  SampleIds(String relativePath) {
    byte[] path = sha256.digest(relativePath.getBytes(StandardCharsets.UTF_8));
    System.arraycopy(path, 0, message, 0, 32);
  }

  long id(long line) {
    ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN).putLong(32, line);
    return ByteBuffer.wrap(sha256.digest(message)).order(ByteOrder.LITTLE_ENDIAN).getLong();
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every Java platform has SHA-256.", e);
    }
  }
}
