package org.anabranch.spark.data;

import java.util.Iterator;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.InputSplit;
import org.apache.spark.api.java.function.Function2;
import scala.Tuple2;

/** Reads one input split: its samples in the order of their lines, then one report. */
final class SplitReader
    implements Function2<InputSplit, Iterator<Tuple2<LongWritable, Text>>, Iterator<Parsed>> {
  private static final long serialVersionUID = 1;

  private final Root root;
  private final LineNumbers numbers;
  private final LineParser parser;
  private final boolean header;

  SplitReader(Root root, LineNumbers numbers, LineParser parser, boolean header) {
    this.root = root;
    this.numbers = numbers;
    this.parser = parser;
    this.header = header;
  }

  @Override
  public Iterator<Parsed> call(InputSplit split, Iterator<Tuple2<LongWritable, Text>> lines) {
    SplitStart start = SplitStart.of(split);
    String shown = root.shown(start.file());
    SampleIds ids = new SampleIds(root.relative(start.file()));
    Lines text = () -> lines.hasNext() ? lines.next()._2().toString() : null;
    ParsedLines records =
        new ParsedLines(text, numbers.before(start, shown), header ? 1 : 0, shown, ids, parser);
    return new TalliedRecords(records, parser.classes());
  }
}
