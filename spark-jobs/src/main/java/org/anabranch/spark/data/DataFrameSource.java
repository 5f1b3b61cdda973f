package org.anabranch.spark.data;

import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Columns of a DataFrame that a program has: the same samples, blocks and results as Parquet files
 * with the same rows give.
 */
public final class DataFrameSource implements Source {
  private static final long serialVersionUID = 1;
  private static final String NAME = "DataFrame";

  private final transient Dataset<Row> rows;
  private final ColumnRoles columns;
  private final double scale;
  private final PackingRules rules;

  private DataFrameSource(
      Dataset<Row> rows, ColumnRoles columns, double scale, PackingRules rules) {
    this.rows = rows;
    this.columns = columns;
    this.scale = scale;
    this.rules = rules;
  }

  /**
   * Rows are taken when the source is packed. Their content must be the same each time they are
   * computed; their order need not be.
   *
   * @param scale every feature is divided by it
   */
  public static DataFrameSource of(
      Dataset<Row> rows, ColumnRoles columns, double scale, PackingRules rules) {
    if (!Double.isFinite(scale) || scale <= 0) {
      throw new IllegalArgumentException(
          "DataFrameSource: scale is %s. Use a positive number; 1 leaves features as they are."
              .formatted(scale));
    }
    return new DataFrameSource(rows, columns, scale, rules);
  }

  @Override
  public String path() {
    return NAME;
  }

  @Override
  public PackingRules rules() {
    return rules;
  }

  @Override
  public String remedy(BadRecord first) {
    return ColumnRoles.remedy(first.fault());
  }

  @Override
  public Records find(Configuration configuration) {
    FoundColumns found = FoundColumns.in(rows.schema(), columns, NAME);
    RowParser parser = new RowParser(found, NAME, null, scale, rules.classes());
    return new RowRecords(parser, spark -> found.select(rows));
  }
}
