package org.anabranch.spark.data;

import java.io.Serializable;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.InputSplit;
import org.apache.spark.api.java.JavaNewHadoopRDD;
import scala.Tuple2;

/**
 * How many lines of its file lie before each input split. A file that is one split needs no entry,
 * and where all are, no job runs.
 */
record LineNumbers(Map<SplitStart, Long> before) implements Serializable {
  /** Counts lines where needed: one job, or none. */
  static LineNumbers count(JavaNewHadoopRDD<LongWritable, Text> lines, int files) {
    if (lines.getNumPartitions() <= files) {
      return new LineNumbers(Map.of());
    }
    List<Tuple2<SplitStart, Long>> counts =
        DataProblem.surfacing(
            () -> lines.mapPartitionsWithInputSplit(LineNumbers::countSplit, true).collect());
    Map<SplitStart, Long> before = new HashMap<>();
    String file = "";
    long sum = 0;
    for (Tuple2<SplitStart, Long> count : sorted(counts)) {
      sum = count._1().file().equals(file) ? sum : 0;
      file = count._1().file();
      before.put(count._1(), sum);
      sum += count._2();
    }
    return new LineNumbers(before);
  }

  /** The number of lines before a split. */
  long before(SplitStart start, String shownFile) {
    Long lines = start.offset() == 0 ? Long.valueOf(0) : before.get(start);
    if (lines == null) {
      throw new DataProblem(
          "%s: the file changed while it was read (a split begins at byte %d)."
                  .formatted(shownFile, start.offset())
              + " Start again when nothing writes to it.");
    }
    return lines;
  }

  private static List<Tuple2<SplitStart, Long>> sorted(List<Tuple2<SplitStart, Long>> counts) {
    Comparator<Tuple2<SplitStart, Long>> byFile = Comparator.comparing(count -> count._1().file());
    return counts.stream().sorted(byFile.thenComparingLong(count -> count._1().offset())).toList();
  }

  private static Iterator<Tuple2<SplitStart, Long>> countSplit(
      InputSplit split, Iterator<Tuple2<LongWritable, Text>> lines) {
    long count = 0;
    while (lines.hasNext()) {
      lines.next();
      count++;
    }
    return List.of(new Tuple2<>(SplitStart.of(split), count)).iterator();
  }
}
