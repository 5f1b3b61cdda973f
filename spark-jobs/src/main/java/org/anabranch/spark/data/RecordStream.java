package org.anabranch.spark.data;

import org.jspecify.annotations.Nullable;

/** The records of a part of the input, one after the other, whether they can be used or not. */
interface RecordStream {
  /** The next one, or null after the last. */
  @Nullable Parsed next();

  /** What was met besides, so far. */
  default SeriesTally tally() {
    return SeriesTally.none();
  }
}
