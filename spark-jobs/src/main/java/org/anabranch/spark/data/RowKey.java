package org.anabranch.spark.data;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.security.MessageDigest;

/**
 * What tells a row apart: its declared number, or 128 bits of a SHA-256 of its declared text or of
 * what it holds.
 */
record RowKey(long id, long more) implements Comparable<RowKey>, Serializable {
  static RowKey of(long number) {
    return new RowKey(number, 0);
  }

  static RowKey of(byte[] content, MessageDigest sha256) {
    ByteBuffer digest = ByteBuffer.wrap(sha256.digest(content));
    return new RowKey(digest.getLong(), digest.getLong());
  }

  /** The identity of one of several equal rows, counted from 0. */
  long copy(long count, MessageDigest sha256) {
    if (count == 0) {
      return id;
    }
    ByteBuffer message = ByteBuffer.allocate(3 * Long.BYTES);
    message.putLong(id).putLong(more).putLong(count);
    return of(message.array(), sha256).id;
  }

  @Override
  public int compareTo(RowKey other) {
    int byId = Long.compare(id, other.id);
    return byId != 0 ? byId : Long.compare(more, other.more);
  }

  /** The same in every JVM, since it decides where a row is sent. */
  @Override
  public int hashCode() {
    return Long.hashCode(id * 0x9e3779b97f4a7c15L ^ more);
  }
}
