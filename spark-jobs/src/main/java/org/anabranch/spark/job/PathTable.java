package org.anabranch.spark.job;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.anabranch.model.paths.PathShape;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Generated paths as a table. Long: a column of the path, one of the time, a column for each
 * channel and each covariate. Wide: a column for each value, {@code channel_time}, then the
 * covariates.
 */
record PathTable(
    List<Double> times, List<String> channels, List<String> covariates, PathLayout layout)
    implements Serializable {
  private static final String PATH = "path";
  private static final String TIME = "time";

  /**
   * The table of some paths.
   *
   * @throws Mistake if a channel or covariate has the name of a column of the long layout
   */
  static PathTable of(PathShape shape, PathLayout layout) {
    for (String own : List.of(PATH, TIME)) {
      boolean taken = shape.channels().contains(own) || shape.covariates().contains(own);
      if (layout == PathLayout.LONG && taken) {
        throw new Mistake(
            "command line: the model has a channel or covariate called '%s', as the long layout has a column. Write --layout wide."
                .formatted(own));
      }
    }
    return new PathTable(shape.times(), shape.channels(), shape.covariates(), layout);
  }

  void writeParquet(JavaSparkContext spark, JavaRDD<GeneratedPaths.Path> paths, Path folder) {
    SparkSession session = SparkSession.builder().sparkContext(spark.sc()).getOrCreate();
    JavaRDD<Row> rows = paths.flatMap(path -> rows(path).map(RowFactory::create).iterator());
    session.createDataFrame(rows, schema()).write().parquet(folder.toString());
  }

  void writeCsv(JavaRDD<GeneratedPaths.Path> paths, Path folder) {
    paths.mapPartitions(this::lines).saveAsTextFile(folder.toString());
  }

  private Iterator<String> lines(Iterator<GeneratedPaths.Path> part) {
    if (!part.hasNext()) {
      return Collections.emptyIterator();
    }
    Iterable<GeneratedPaths.Path> paths = () -> part;
    Stream<String> lines =
        StreamSupport.stream(paths.spliterator(), false).flatMap(this::rows).map(PathTable::line);
    return Stream.concat(Stream.of(String.join(",", header())), lines).iterator();
  }

  private static String line(Object[] cells) {
    return Stream.of(cells).map(String::valueOf).collect(Collectors.joining(","));
  }

  private List<String> header() {
    List<String> names = new ArrayList<>();
    if (layout == PathLayout.LONG) {
      names.add(PATH);
      names.add(TIME);
      names.addAll(channels);
    } else {
      for (int time = 0; time < times.size(); time++) {
        for (String channel : channels) {
          names.add(channel + "_" + time);
        }
      }
    }
    names.addAll(covariates);
    return names;
  }

  private StructType schema() {
    StructType schema = new StructType();
    for (String name : header()) {
      schema =
          schema.add(
              name,
              layout == PathLayout.LONG && name.equals(PATH)
                  ? DataTypes.LongType
                  : layout == PathLayout.LONG && name.equals(TIME)
                      ? DataTypes.DoubleType
                      : DataTypes.FloatType);
    }
    return schema;
  }

  private Stream<Object[]> rows(GeneratedPaths.Path path) {
    return layout == PathLayout.LONG
        ? IntStream.range(0, times.size()).mapToObj(time -> row(path, time))
        : Stream.<Object[]>of(row(path));
  }

  private Object[] row(GeneratedPaths.Path path, int time) {
    Object[] cells = new Object[2 + channels.size() + covariates.size()];
    cells[0] = path.number();
    cells[1] = times.get(time);
    for (int i = 0; i < channels.size(); i++) {
      cells[2 + i] = path.values()[time * channels.size() + i];
    }
    return withCovariates(path, cells);
  }

  private Object[] row(GeneratedPaths.Path path) {
    Object[] cells = new Object[path.values().length + covariates.size()];
    for (int i = 0; i < path.values().length; i++) {
      cells[i] = path.values()[i];
    }
    return withCovariates(path, cells);
  }

  private Object[] withCovariates(GeneratedPaths.Path path, Object[] cells) {
    for (int i = 0; i < covariates.size(); i++) {
      cells[cells.length - covariates.size() + i] = path.covariates()[i];
    }
    return cells;
  }
}
