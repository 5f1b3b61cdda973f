package org.anabranch.spark.data;

import java.io.Serializable;
import org.apache.hadoop.mapreduce.InputSplit;
import org.apache.hadoop.mapreduce.lib.input.FileSplit;

/** Where an input split begins. */
record SplitStart(String file, long offset) implements Serializable {
  static SplitStart of(InputSplit split) {
    FileSplit part = (FileSplit) split;
    return new SplitStart(part.getPath().toString(), part.getStart());
  }
}
