package org.anabranch.spark.data;

/** How the lines of a whole file become records. */
interface FileReading {
  /**
   * The records, read as they are asked for.
   *
   * @param path of the file, qualified
   */
  RecordStream records(Lines lines, String path);
}
