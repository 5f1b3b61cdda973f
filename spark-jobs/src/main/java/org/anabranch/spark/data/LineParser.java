package org.anabranch.spark.data;

import java.io.Serializable;

/** Makes a sample of a line, or the reason why it is none. Keeps nothing between lines. */
interface LineParser extends Serializable {
  /**
   * The sample of a line.
   *
   * @param line not blank
   * @param number of the line in its file, from 1
   */
  Parsed parse(String line, long id, String file, long number);

  int classes();

  /** How many of the first features of a sample may be missing, that is NaN. */
  default int mayBeMissing() {
    return 0;
  }
}
