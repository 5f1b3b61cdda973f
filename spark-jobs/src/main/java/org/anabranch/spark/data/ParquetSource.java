package org.anabranch.spark.data;

import org.apache.hadoop.conf.Configuration;

/**
 * Columns of Parquet files, read by Spark SQL, whose classes load only when such a source is found.
 * The order of rows and files has no part in what is made of them.
 *
 * @param path a file, a folder (read with its sub-folders; names that begin with {@code .} or
 *     {@code _} are passed over) or a glob, on any Hadoop file system
 * @param scale every feature is divided by it
 */
public record ParquetSource(String path, ColumnRoles columns, double scale, PackingRules rules)
    implements Source {
  public ParquetSource {
    if (path.isBlank()) {
      throw new IllegalArgumentException(
          "ParquetSource: path is empty. Name a file, a folder or a glob.");
    }
    if (!Double.isFinite(scale) || scale <= 0) {
      throw new IllegalArgumentException(
          "ParquetSource: scale is %s. Use a positive number; 1 leaves features as they are."
              .formatted(scale));
    }
  }

  @Override
  public String remedy(BadRecord first) {
    return ColumnRoles.remedy(first.fault());
  }

  @Override
  public Records find(Configuration configuration) {
    return ParquetFiles.find(this, configuration);
  }
}
