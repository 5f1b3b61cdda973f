package org.anabranch.spark.data;

import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * Files that were found, of which each line is a time of a series. A file is read by one task, in
 * its order, since windows know of their neighbours.
 */
final class SeriesRecords implements Records {
  private static final int MOST_TASKS = 1024;

  private final SeriesSource source;
  private final SourceFiles files;
  private final Configuration configuration;

  private SeriesRecords(SeriesSource source, SourceFiles files, Configuration configuration) {
    this.source = source;
    this.files = files;
    this.configuration = configuration;
  }

  static SeriesRecords find(SeriesSource source, Configuration configuration) {
    SourceFiles files = SourceFiles.find(source.path(), "data.path", configuration);
    FirstLine first = new FirstLine(configuration);
    String line = first.requireText(0, files, source.path());
    first.requireText(1, files, source.path());
    try {
      List<String> names = new DelimitedLine(source.delimiter()).fields(line);
      FileStatus file = files.files().get(0);
      SeriesColumns.of(source, names, files.root().shown(file.getPath().toString()));
    } catch (Refusal refusal) {
      throw new DataProblem(
          "%s: the first line has a quote that is not closed. Mend it.".formatted(source.path()));
    }
    return new SeriesRecords(source, files, configuration);
  }

  @Override
  public int width() {
    return source.form().features();
  }

  @Override
  public @Nullable DriverSamples readIfLittle(long smallBytes) {
    if (files.bytes() > smallBytes || files.files().size() > DriverPacking.MOST_FILES) {
      return null;
    }
    SeriesReading reading = new SeriesReading(source, files.root(), configuration);
    return new DriverReader(reading, source.rules().classes(), configuration).read(files);
  }

  @Override
  public JavaRDD<Parsed> parse(JavaSparkContext spark) {
    Broadcast<SerializableConfiguration> hadoop =
        spark.broadcast(new SerializableConfiguration(configuration));
    List<String> paths = files.files().stream().map(file -> file.getPath().toString()).toList();
    SeriesSource described = source;
    Root root = files.root();
    return spark
        .parallelize(paths, Math.min(paths.size(), MOST_TASKS))
        .mapPartitions(
            ofTask -> read(ofTask, new SeriesReading(described, root, hadoop.value().value())));
  }

  private static Iterator<Parsed> read(Iterator<String> paths, SeriesReading reading) {
    return new TalliedRecords(new SeriesFiles(paths, reading), reading.classes());
  }
}
