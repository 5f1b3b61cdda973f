package org.anabranch.spark.data;

import org.jspecify.annotations.Nullable;

/** The lines of a split, one after the other. */
interface Lines {
  /**
   * The next line, or null after the last.
   *
   * @throws Exception if the split cannot be read further; Scala's iterators do not say which
   */
  @Nullable String next() throws Exception;
}
