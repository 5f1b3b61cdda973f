package org.anabranch.spark.job;

import java.io.IOException;
import org.anabranch.spark.data.DataProblem;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * A folder of results that appears as a whole: it is written under another name and moved when it
 * is complete.
 */
final class NewFolder {
  private final FileSystem files;
  private final Path target;

  /** Writes to, or reads from, a folder that is not complete yet. */
  @FunctionalInterface
  interface Work<R> {
    R at(Path folder) throws IOException;
  }

  /**
   * @throws Mistake if the folder is there already
   */
  NewFolder(JavaSparkContext spark, String out) throws IOException {
    target = new Path(out);
    files = target.getFileSystem(spark.hadoopConfiguration());
    if (files.exists(target)) {
      throw new Mistake(
          "%s: it exists already. Give --out a folder that does not, or delete it.".formatted(out));
    }
  }

  FileSystem files() {
    return files;
  }

  /**
   * Has it written, then looks at what was written, and moves it.
   *
   * @param write a Spark job; what it finds wrong with data is told as such
   */
  <R> R written(Runnable write, Work<R> look) throws IOException {
    Path temporary = temporary();
    files.delete(temporary, true);
    try {
      DataProblem.surfacing(
          () -> {
            write.run();
            return temporary;
          });
      R result = look.at(temporary);
      if (!files.rename(temporary, target)) {
        throw new IOException(target + " could not be made from " + temporary);
      }
      return result;
    } finally {
      files.delete(temporary, true);
    }
  }

  /** Where it is written meanwhile. */
  Path temporary() {
    return target.suffix(".incomplete");
  }

  /** Gives Spark's text files the ending of what is in them. */
  static void nameCsv(FileSystem files, Path folder) throws IOException {
    for (FileStatus file : files.listStatus(folder)) {
      if (file.getPath().getName().startsWith("part-")) {
        files.rename(file.getPath(), file.getPath().suffix(".csv"));
      }
    }
  }
}
