package org.anabranch.spark.data;

import java.io.IOException;
import java.util.List;
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
 * Delimited text that was found. On executors it is read by Hadoop's input splits, after a job that
 * counts lines where a file has several of them.
 */
final class CsvRecords implements Records {
  private final CsvSource source;
  private final SourceFiles files;
  private final int columns;
  private final Configuration configuration;

  private CsvRecords(
      CsvSource source, SourceFiles files, int columns, Configuration configuration) {
    this.source = source;
    this.files = files;
    this.columns = columns;
    this.configuration = configuration;
  }

  static CsvRecords find(CsvSource source, Configuration configuration) {
    SourceFiles files = SourceFiles.find(source.path(), "data.path", configuration);
    int columns = new FirstRecord(source, files, configuration).columns();
    return new CsvRecords(source, files, columns, configuration);
  }

  @Override
  public int width() {
    return source.hasLabels() ? columns - 1 : columns;
  }

  @Override
  public @Nullable DriverSamples readIfLittle(long smallBytes) {
    if (files.bytes() > smallBytes || files.files().size() > DriverPacking.MOST_FILES) {
      return null;
    }
    DriverReader reader = new DriverReader(source, columns, configuration);
    List<Sample> samples = reader.read(files);
    return samples == null ? null : new DriverSamples(samples, reader.report());
  }

  @Override
  public JavaRDD<Parsed> parse(JavaSparkContext spark) {
    JavaNewHadoopRDD<LongWritable, Text> lines = lines(spark);
    LineNumbers numbers = LineNumbers.count(lines, files.files().size());
    RecordParser parser = new RecordParser(source, columns);
    SplitReader reader = new SplitReader(files.root(), numbers, parser, source.header());
    return lines.mapPartitionsWithInputSplit(reader, true);
  }

  private JavaNewHadoopRDD<LongWritable, Text> lines(JavaSparkContext spark) {
    try {
      Job job = Job.getInstance(spark.hadoopConfiguration());
      job.getConfiguration().unset("textinputformat.record.delimiter"); // a record is a line
      FileInputFormat.setInputDirRecursive(job, true);
      FileInputFormat.setInputPaths(job, new Path(source.path()));
      // The declared type is the pair RDD's; the object is documented to be this one.
      return (JavaNewHadoopRDD<LongWritable, Text>)
          spark.newAPIHadoopRDD(
              job.getConfiguration(), TextInputFormat.class, LongWritable.class, Text.class);
    } catch (IOException e) {
      throw new DataProblem(
          "%s: cannot be read (%s). Check data.path."
              .formatted(source.path(), SourceFiles.firstLine(e)),
          e);
    }
  }
}
