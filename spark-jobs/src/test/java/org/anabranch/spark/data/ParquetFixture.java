package org.anabranch.spark.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.anabranch.random.CounterRandom;
import org.anabranch.random.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Tables that Spark writes: a name and a number for each row, a label, and features of 4 types. */
final class ParquetFixture {
  static final StructType SCHEMA =
      new StructType()
          .add("name", DataTypes.StringType)
          .add("number", DataTypes.LongType)
          .add("d", DataTypes.DoubleType)
          .add("label", DataTypes.IntegerType)
          .add("f", DataTypes.FloatType)
          .add("s", DataTypes.ShortType)
          .add("exact", DataTypes.createDecimalType(10, 3));
  static final int WIDTH = 4;
  static final int CLASSES = 3;

  private final SparkSession session;

  ParquetFixture(JavaSparkContext spark) {
    session = SparkSession.builder().sparkContext(spark.sc()).getOrCreate();
  }

  /** Every number of {@code numbers}, as often as it is there. */
  static List<Row> rows(List<Integer> numbers) {
    List<Row> rows = new ArrayList<>();
    for (int number : numbers) {
      float[] x = features(number);
      rows.add(
          RowFactory.create(
              "row " + number,
              (long) number * 1_000_003 - 5,
              (double) x[0],
              label(number),
              x[1],
              (short) x[2],
              new java.math.BigDecimal(number).movePointLeft(3)));
    }
    return rows;
  }

  static int label(int number) {
    return number % CLASSES;
  }

  /** What rows hold, from the number alone. */
  static float[] features(int number) {
    return new float[] {number / 8f, -number, number % 7, number / 1000f};
  }

  static List<Integer> numbers(int count) {
    List<Integer> numbers = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      numbers.add(number);
    }
    return numbers;
  }

  /** In an order that the seed decides. */
  static <T> List<T> shuffled(List<T> values, long seed) {
    List<T> shuffled = new ArrayList<>(values);
    for (int i = shuffled.size() - 1; i > 0; i--) {
      long bits = CounterRandom.bits(seed, Stream.BLOCKS, i, 0, 0) >>> 1;
      shuffled.set(i, shuffled.set((int) (bits % (i + 1)), shuffled.get(i)));
    }
    return shuffled;
  }

  Dataset<Row> table(List<Row> rows, StructType schema) {
    return session.createDataFrame(rows, schema);
  }

  /** In as many files, dealt in turns. */
  String write(Path folder, List<Row> rows, StructType schema, int files) {
    Dataset<Row> table =
        files == 1 ? table(rows, schema).coalesce(1) : table(rows, schema).repartition(files);
    table.write().parquet(folder.toString());
    return folder.toString();
  }
}
