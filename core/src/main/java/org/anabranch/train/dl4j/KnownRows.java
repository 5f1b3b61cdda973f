package org.anabranch.train.dl4j;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/**
 * What was made of rows before, found by what they hold. A training sees every sample in each
 * epoch, and a row costs DL4J some hundred microseconds. What is not remembered is computed again
 * to the same bits, so when the memory is full nothing more is added. For several threads.
 */
final class KnownRows {
  /** Of the largest heap: 1 in so many bytes. */
  private static final int SHARE = 8;

  /** A key, an entry of the map and an array's head, about. */
  private static final int OVERHEAD = 128;

  /** 128 bits of the SHA-256 of a row. */
  private record Key(long high, long low) {}

  private final long most;
  private final AtomicLong bytes = new AtomicLong();
  private final Map<Key, double[]> made = new ConcurrentHashMap<>();

  KnownRows(long most) {
    this.most = most;
  }

  static KnownRows withinShareOfHeap() {
    return new KnownRows(Runtime.getRuntime().maxMemory() / SHARE);
  }

  /**
   * What the function makes of a row, which the caller must not change.
   *
   * @param function of the row's numbers alone
   */
  double[] of(double[] row, UnaryOperator<double[]> function) {
    Key key = key(row);
    double[] before = made.get(key);
    if (before != null) {
      return before;
    }
    double[] now = function.apply(row);
    long size = (long) Double.BYTES * now.length + OVERHEAD;
    if (bytes.addAndGet(size) > most) {
      bytes.addAndGet(-size);
    } else if (made.putIfAbsent(key, now) != null) {
      bytes.addAndGet(-size);
    }
    return now;
  }

  int size() {
    return made.size();
  }

  private static Key key(double[] row) {
    ByteBuffer content = ByteBuffer.allocate(Double.BYTES * row.length);
    content.asDoubleBuffer().put(row);
    try {
      ByteBuffer digest =
          ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(content.array()));
      return new Key(digest.getLong(), digest.getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
