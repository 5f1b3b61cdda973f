package org.anabranch.spark.data;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.lib.input.FileInputFormat;
import org.apache.hadoop.mapreduce.lib.input.TextInputFormat;
import org.apache.spark.api.java.JavaNewHadoopRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;

/**
 * Delimited text that was found, a record in every line. On executors it is read by Hadoop's input
 * splits, after a job that counts lines where a file has several of them.
 */
final class CsvRecords implements Records {
  private final String path;
  private final boolean header;
  private final SourceFiles files;
  private final int width;
  private final LineParser parser;
  private final Configuration configuration;

  private CsvRecords(
      String path,
      boolean header,
      SourceFiles files,
      int width,
      LineParser parser,
      Configuration configuration) {
    this.path = path;
    this.header = header;
    this.files = files;
    this.width = width;
    this.parser = parser;
    this.configuration = configuration;
  }

  static CsvRecords find(CsvSource source, Configuration configuration) {
    SourceFiles files = SourceFiles.find(source.path(), "data.path", configuration);
    int columns = new FirstRecord(source, files, configuration).columns();
    int width = source.hasLabels() ? columns - 1 : columns;
    LineParser parser = new RecordParser(source, columns);
    return new CsvRecords(source.path(), source.header(), files, width, parser, configuration);
  }

  /** Series of which each is a line. */
  static CsvRecords find(SeriesSource source, Configuration configuration) {
    SourceFiles files = SourceFiles.find(source.path(), "data.path", configuration);
    new FirstLine(configuration).requireText(source.header() ? 1 : 0, files, source.path());
    LineParser parser = new SeriesParser(source);
    int width = source.form().features();
    return new CsvRecords(source.path(), source.header(), files, width, parser, configuration);
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public @Nullable DriverSamples readIfLittle(long smallBytes) {
    if (files.bytes() > smallBytes || files.files().size() > DriverPacking.MOST_FILES) {
      return null;
    }
    Root root = files.root();
    FileReading reading =
        (lines, file) ->
            new ParsedLines(
                lines,
                0,
                header ? 1 : 0,
                root.shown(file),
                new SampleIds(root.relative(file)),
                parser);
    return new DriverReader(reading, parser.classes(), configuration).read(files);
  }

  @Override
  public JavaRDD<Parsed> parse(JavaSparkContext spark) {
    JavaNewHadoopRDD<LongWritable, Text> lines = lines(spark);
    LineNumbers numbers = LineNumbers.count(lines, files.files().size());
    SplitReader reader = new SplitReader(files.root(), numbers, parser, header);
    return lines.mapPartitionsWithInputSplit(reader, true);
  }

  private JavaNewHadoopRDD<LongWritable, Text> lines(JavaSparkContext spark) {
    try {
      Job job = Job.getInstance(spark.hadoopConfiguration());
      job.getConfiguration().unset("textinputformat.record.delimiter"); // a record is a line
      FileInputFormat.setInputDirRecursive(job, true);
      FileInputFormat.setInputPaths(job, new Path(path));
      // The declared type is the pair RDD's; the object is documented to be this one.
      return (JavaNewHadoopRDD<LongWritable, Text>)
          spark.newAPIHadoopRDD(
              job.getConfiguration(), TextInputFormat.class, LongWritable.class, Text.class);
    } catch (IOException e) {
      throw new DataProblem(
          "%s: cannot be read (%s). Check data.path.".formatted(path, SourceFiles.firstLine(e)), e);
    }
  }
}
