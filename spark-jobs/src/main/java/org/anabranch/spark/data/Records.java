package org.anabranch.spark.data;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;

/** The records of a source that was found. */
interface Records {
  /** Features of a sample. */
  int width();

  /**
   * All samples, read here and now; null if that would be more than a driver should hold.
   *
   * @param smallBytes so many bytes of files count as little
   * @throws DataProblem if a file cannot be read
   */
  @Nullable DriverSamples readIfLittle(long smallBytes);

  /**
   * What every part of the input holds: its usable samples, then one {@link SplitReport}. Samples
   * have identities that depend neither on the parts nor on their order.
   */
  JavaRDD<Parsed> parse(JavaSparkContext spark);
}
