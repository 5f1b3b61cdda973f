package org.anabranch.spark.job;

import java.io.IOException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Writes predictions in one format. All formats have the columns {@code file}, {@code record},
 * {@code label}, {@code predicted}, {@code p0}, {@code p1}, … and {@code note}, and the same
 * numbers to the last bit.
 */
interface PredictionWriter {
  /** Writes them, part after part in their order, into a folder that is not there yet. */
  void write(JavaSparkContext spark, JavaRDD<Prediction> predictions, Path folder);

  /** What was written, read back: a task that runs twice would count twice. */
  PredictionCounts counts(JavaSparkContext spark, Path folder);

  /** Gives the files the names that they keep. */
  default void name(FileSystem files, Path folder) throws IOException {}
}
