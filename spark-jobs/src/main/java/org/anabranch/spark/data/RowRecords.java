package org.anabranch.spark.data;

import java.util.Iterator;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/**
 * The rows of a table. They are brought together by what tells them apart, so that one that is
 * declared twice is found, and equal ones are counted; which of them gets which number makes no
 * difference, since they are equal.
 */
final class RowRecords implements Records {
  /** Makes the rows, once Spark runs. */
  interface Rows {
    Dataset<Row> of(JavaSparkContext spark);
  }

  private final RowParser parser;
  private final Rows rows;

  RowRecords(RowParser parser, Rows rows) {
    this.parser = parser;
    this.rows = rows;
  }

  @Override
  public int width() {
    return parser.width();
  }

  /** Spark SQL reads on executors only. */
  @Override
  public @Nullable DriverSamples readIfLittle(long smallBytes) {
    return null;
  }

  @Override
  public JavaRDD<Parsed> parse(JavaSparkContext spark) {
    JavaPairRDD<RowKey, KeyedRow> keyed =
        rows.of(spark).toJavaRDD().mapPartitionsToPair(new RowReader(parser));
    int partitions = Math.max(1, keyed.getNumPartitions());
    RowParser rules = parser;
    return keyed
        .repartitionAndSortWithinPartitions(new HashPartitioner(partitions))
        .mapPartitions(sorted -> tallied(sorted, rules));
  }

  private static Iterator<Parsed> tallied(
      Iterator<Tuple2<RowKey, KeyedRow>> sorted, RowParser rules) {
    return new TalliedRecords(new DistinctRows(sorted, rules), rules.classes());
  }
}
