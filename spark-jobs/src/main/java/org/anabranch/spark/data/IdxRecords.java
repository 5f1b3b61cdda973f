package org.anabranch.spark.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;

/** IDX files that were found, with headers that agree. */
final class IdxRecords implements Records {
  private final IdxSource source;
  private final List<IdxPart> parts;
  private final int width;
  private final Configuration configuration;

  private IdxRecords(IdxSource source, List<IdxPart> parts, Configuration configuration) {
    this.source = source;
    this.parts = parts;
    this.width = width(source, parts);
    this.configuration = configuration;
  }

  static IdxRecords find(IdxSource source, Configuration configuration) {
    List<IdxPart> parts = new ArrayList<>(parts(source, false, configuration));
    if (!source.testPath().isEmpty()) {
      parts.addAll(parts(source, true, configuration));
    }
    return new IdxRecords(source, parts, configuration);
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public @Nullable DriverSamples readIfLittle(long smallBytes) {
    long bytes = 0;
    for (IdxPart part : parts) {
      bytes += part.arrays().header().recordBytes() * part.count();
    }
    if (bytes > smallBytes || parts.size() > DriverPacking.MOST_FILES) {
      return null;
    }
    DriverSamples all = DriverSamples.of(Collections.emptyIterator(), source.rules());
    for (IdxPart part : parts) {
      all = all.plus(DriverSamples.of(read(part, source, configuration), source.rules()));
    }
    return all;
  }

  @Override
  public JavaRDD<Parsed> parse(JavaSparkContext spark) {
    Broadcast<SerializableConfiguration> hadoop =
        spark.broadcast(new SerializableConfiguration(configuration));
    IdxSource described = source;
    return spark
        .parallelize(parts, parts.size())
        .mapPartitions(ofTask -> read(ofTask.next(), described, hadoop.value().value()));
  }

  private static Iterator<Parsed> read(
      IdxPart part, IdxSource source, Configuration configuration) {
    return new TalliedRecords(new IdxReader(part, source, configuration), source.rules().classes());
  }

  private static List<IdxPart> parts(IdxSource source, boolean test, Configuration configuration) {
    String path = test ? source.testPath() : source.path();
    String labelsPath = test ? source.testLabels() : source.labels();
    List<IdxFile> arrays = files(path, test ? "data.test-path" : "data.path", configuration);
    List<IdxPart> parts = new ArrayList<>();
    if (!source.hasLabels()) {
      arrays.forEach(file -> parts.addAll(IdxPart.of(file, null, test)));
      return parts;
    }
    List<IdxFile> labels =
        files(labelsPath, test ? "data.test-labels" : "data.labels", configuration);
    if (arrays.size() != labels.size()) {
      throw new DataProblem(
          "%s: %d files of arrays, but %d of labels in %s. Name one file of labels for each."
              .formatted(path, arrays.size(), labels.size(), labelsPath));
    }
    for (int i = 0; i < arrays.size(); i++) {
      requireFit(arrays.get(i), labels.get(i));
      parts.addAll(IdxPart.of(arrays.get(i), labels.get(i), test));
    }
    return parts;
  }

  private static List<IdxFile> files(String path, String setting, Configuration configuration) {
    SourceFiles found = SourceFiles.find(path, setting, configuration);
    List<IdxFile> files = new ArrayList<>();
    for (FileStatus file : found.files()) {
      files.add(IdxFile.of(file, found.root(), configuration));
    }
    return files;
  }

  private static void requireFit(IdxFile arrays, IdxFile labels) {
    if (labels.header().width() != 1) {
      throw new DataProblem(
          "%s: records of %d values, expected one label each. Check data.labels: it may name the arrays."
              .formatted(labels.shown(), labels.header().width()));
    }
    if (arrays.header().records() != labels.header().records()) {
      throw new DataProblem(
          "%s: %d records, but %d labels in %s. Name two files that belong together."
              .formatted(
                  arrays.shown(),
                  arrays.header().records(),
                  labels.header().records(),
                  labels.shown()));
    }
  }

  private static int width(IdxSource source, List<IdxPart> parts) {
    int expected =
        source.features() > 0 ? source.features() : parts.get(0).arrays().header().width();
    for (IdxPart part : parts) {
      int width = part.arrays().header().width();
      if (width != expected) {
        throw new DataProblem(
            "%s: records of %d values, expected %d%s. Check %s."
                .formatted(
                    part.arrays().shown(),
                    width,
                    expected,
                    source.features() > 0 ? "" : " as in " + parts.get(0).arrays().shown(),
                    source.features() > 0 ? "data.features" : "data.path and data.test-path"));
      }
    }
    return expected;
  }
}
