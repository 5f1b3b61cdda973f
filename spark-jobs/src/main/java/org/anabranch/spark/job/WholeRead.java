package org.anabranch.spark.job;

import java.io.IOException;

/**
 * Reading a file that another process may replace meanwhile. HDFS then ends the reading of the old
 * one with an exception ("Blocklist has changed", or a block that is gone), and the file has to be
 * opened again.
 */
final class WholeRead {
  /** Far more often than a folder's files are replaced while one of them is read. */
  static final int ATTEMPTS = 5;

  /** A look at a file system. */
  interface Look<T> {
    T take() throws IOException;
  }

  private WholeRead() {}

  /**
   * The content of one version of a file.
   *
   * @param file what errors call it
   * @param version equal as long as the file has not been replaced
   * @throws IOException the reading's own if the file is still the one that was opened
   */
  static byte[] of(String file, Look<?> version, Look<byte[]> content) throws IOException {
    Object before = version.take();
    for (int attempt = 1; ; attempt++) {
      try {
        return content.take();
      } catch (IOException e) {
        Object after = version.take();
        if (after.equals(before)) {
          throw e;
        }
        if (attempt == ATTEMPTS) {
          throw new IOException(
              "%s: it was replaced each of the %d times that it was read (%s). Try again when fewer programs write to it."
                  .formatted(file, ATTEMPTS, e.getMessage()),
              e);
        }
        before = after;
      }
    }
  }
}
