package org.anabranch.spark.data;

import java.security.MessageDigest;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.spark.SparkThrowable;
import org.apache.spark.api.java.function.PairFlatMapFunction;
import org.apache.spark.sql.Row;
import scala.Tuple2;

/** Reads the rows of a partition and says which file cannot be read. */
final class RowReader implements PairFlatMapFunction<Iterator<Row>, RowKey, KeyedRow> {
  private static final long serialVersionUID = 1;

  /** What Spark's conditions begin with when a file is the reason. */
  private static final String UNREADABLE = "FAILED_READ_FILE";

  private final RowParser parser;

  RowReader(RowParser parser) {
    this.parser = parser;
  }

  @Override
  public Iterator<Tuple2<RowKey, KeyedRow>> call(Iterator<Row> rows) {
    MessageDigest sha256 = SampleIds.sha256();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return reading(rows::hasNext);
      }

      @Override
      public Tuple2<RowKey, KeyedRow> next() {
        return parser.parse(reading(rows::next), sha256);
      }
    };
  }

  // Scala throws checked exceptions that no signature declares.
  private static <T> T reading(Supplier<T> step) {
    try {
      return step.get();
    } catch (Exception failure) {
      if (failure instanceof SparkThrowable thrown
          && String.valueOf(thrown.getCondition()).startsWith(UNREADABLE)) {
        throw problem(thrown.getMessageParameters(), failure);
      }
      if (failure instanceof RuntimeException unchecked) {
        throw unchecked;
      }
      throw new IllegalStateException(failure.getMessage(), failure);
    }
  }

  private static DataProblem problem(Map<String, String> parameters, Exception failure) {
    String column = parameters.get("column");
    String file = parameters.getOrDefault("path", "a file");
    if (column != null) {
      return new DataProblem(
          "%s: column %s is of type %s, and of type %s in the first file. Write all files with the same types."
              .formatted(
                  file, column, parameters.get("actualType"), parameters.get("expectedType")),
          failure);
    }
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    return new DataProblem(
        "%s: cannot be read (%s). Replace the file by a whole one."
            .formatted(file, String.valueOf(cause.getMessage()).lines().findFirst().orElse("")),
        failure);
  }
}
