package org.anabranch.spark.data;

import java.io.Serializable;
import org.apache.hadoop.conf.Configuration;

/** Where samples come from. One implementation a format; packing knows no more of it than this. */
public sealed interface Source extends Serializable
    permits CsvSource, IdxSource, ImageSource, ParquetSource, SeriesSource, DataFrameSource {
  /** What errors call the source. */
  String path();

  PackingRules rules();

  /** Whether records say to which class they belong. Those that do not are of class 0. */
  default boolean hasLabels() {
    return true;
  }

  /** A sentence that says what to do about bad records of which this one is the first. */
  String remedy(BadRecord first);

  /**
   * Finds the files and looks at the first record.
   *
   * @param configuration Hadoop's, of the file systems
   * @throws DataProblem if the data cannot be used, as far as can be told without reading them
   */
  Records find(Configuration configuration);
}
