package org.anabranch.spark.job;

/** How paths stand in a table. */
enum PathLayout {
  /** A row for each time of each path. */
  LONG,
  /**
   * A row for each path: what {@code data.format = series} reads with {@code data.layout = wide}.
   */
  WIDE
}
