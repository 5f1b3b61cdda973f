package org.anabranch.spark.job;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Parquet tables of paths as lines of CSV, part after part. */
final class PathTableRows {
  private PathTableRows() {}

  static List<String> parquet(Path table) throws IOException {
    try (SparkSession session =
        SparkSession.builder()
            .master("local[1]")
            .config("spark.ui.enabled", "false")
            .getOrCreate()) {
      List<String> lines = new ArrayList<>();
      for (Row row : session.read().parquet(table.toString()).collectAsList()) {
        lines.add(row.mkString(","));
      }
      return lines;
    }
  }
}
