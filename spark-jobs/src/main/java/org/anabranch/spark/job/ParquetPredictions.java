package org.anabranch.spark.job;

import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Files as Spark SQL names them; what is not known is null. */
record ParquetPredictions(int classes) implements PredictionWriter {
  @Override
  public void write(JavaSparkContext spark, JavaRDD<Prediction> predictions, Path folder) {
    int columns = classes;
    session(spark)
        .createDataFrame(predictions.map(one -> row(one, columns)), schema())
        .write()
        .parquet(folder.toString());
  }

  @Override
  public PredictionCounts counts(JavaSparkContext spark, Path folder) {
    return session(spark)
        .read()
        .schema(schema())
        .parquet(folder.toString())
        .select(Prediction.LABEL, Prediction.FOUND)
        .toJavaRDD()
        .map(row -> PredictionCounts.of(number(row, 0), number(row, 1)))
        .fold(PredictionCounts.none(), PredictionCounts::plus);
  }

  private static int number(Row row, int column) {
    return row.isNullAt(column) ? -1 : row.getInt(column);
  }

  private static SparkSession session(JavaSparkContext spark) {
    return SparkSession.builder().sparkContext(spark.sc()).getOrCreate();
  }

  private StructType schema() {
    StructType schema =
        new StructType()
            .add(Prediction.FILE, DataTypes.StringType)
            .add(Prediction.RECORD, DataTypes.LongType)
            .add(Prediction.LABEL, DataTypes.IntegerType)
            .add(Prediction.FOUND, DataTypes.IntegerType);
    for (int k = 0; k < classes; k++) {
      schema = schema.add(Prediction.probability(k), DataTypes.DoubleType);
    }
    return schema.add(Prediction.NOTE, DataTypes.StringType);
  }

  private static Row row(Prediction one, int classes) {
    @Nullable Object[] cells = new @Nullable Object[classes + 5];
    cells[0] = one.file();
    cells[1] = one.number();
    cells[2] = one.label() < 0 ? null : one.label();
    if (one.isKnown()) {
      cells[3] = one.found();
      for (int k = 0; k < classes; k++) {
        cells[4 + k] = one.probabilities().get(k);
      }
    } else {
      cells[4 + classes] = one.note();
    }
    return RowFactory.create(cells);
  }
}
