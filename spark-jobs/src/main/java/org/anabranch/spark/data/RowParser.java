package org.anabranch.spark.data;

import java.io.Serializable;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/**
 * One row to a sample, or to the reason why it is none. A row has the columns of {@link
 * FoundColumns}; where rows have places, then the file and the number of the row in it, from 0.
 */
final class RowParser implements Serializable {
  private static final long serialVersionUID = 1;
  private static final int SHOWN = 40;
  private static final int LABEL = 0;
  private static final int ID = 1;

  private final FoundColumns columns;
  private final String table;
  private final @Nullable Root root;
  private final double scale;
  private final int classes;

  /**
   * @param table what errors call it
   * @param root of the files, if rows have places
   */
  RowParser(FoundColumns columns, String table, @Nullable Root root, double scale, int classes) {
    this.columns = columns;
    this.table = table;
    this.root = root;
    this.scale = scale;
    this.classes = classes;
  }

  int width() {
    return columns.width();
  }

  int classes() {
    return classes;
  }

  /** What a row is told apart by, which must be found once. */
  boolean declaresId() {
    return columns.hasId();
  }

  DataProblem twice(String id) {
    return new DataProblem(
        "%s: column '%s' (data.id) has the value %s in more than one row."
                .formatted(table, columns.name(ID), id)
            + " Name a column without duplicates, or take data.id out: rows are then told apart by what they hold.");
  }

  Tuple2<RowKey, KeyedRow> parse(Row row, MessageDigest sha256) {
    try {
      int first = columns.firstFeature();
      ByteBuffer content = ByteBuffer.allocate((1 + columns.width()) * Double.BYTES);
      int label = label(row);
      content.putDouble(label);
      float[] features = new float[columns.width()];
      for (int feature = 0; feature < features.length; feature++) {
        double value = number(row, first + feature);
        content.putDouble(value);
        features[feature] = scaled(value, first + feature);
      }
      RowKey key = columns.hasId() ? declared(row, sha256) : RowKey.of(content.array(), sha256);
      return new Tuple2<>(
          key, new KeyedRow(placed(row, new Sample(key.id(), label, features)), shownId(row)));
    } catch (Refusal refusal) {
      BadRecord bad = bad(row, refusal);
      RowKey key = RowKey.of(bad.sentence().getBytes(StandardCharsets.UTF_8), sha256);
      return new Tuple2<>(key, new KeyedRow(bad, ""));
    }
  }

  private Sample placed(Row row, Sample sample) {
    int file = columns.places().size();
    return root == null
        ? sample
        : sample.at(shown(root, row.getString(file)), row.getLong(file + 1) + 1);
  }

  private BadRecord bad(Row row, Refusal refusal) {
    if (root != null) {
      int file = columns.places().size();
      return new BadRecord(
          shown(root, row.getString(file)),
          row.getLong(file + 1) + 1,
          refusal.fault,
          refusal.reason);
    }
    String id = columns.hasId() && !row.isNullAt(ID) ? "row %s: ".formatted(shownId(row)) : "";
    return new BadRecord(table, 0, refusal.fault, id + refusal.reason);
  }

  /** Spark writes a place as a URI, its special characters escaped. */
  private static String shown(Root root, String uri) {
    String path = new Path(URI.create(uri)).toString();
    return path.startsWith(root.qualified()) ? root.shown(path) : path;
  }

  private int label(Row row) throws Refusal {
    double value = number(row, LABEL);
    if (value != Math.rint(value)) {
      throw new Refusal(
          Fault.LABEL_NOT_WHOLE,
          "label %s, expected a whole number from 0 to %d".formatted(row.get(LABEL), classes - 1));
    }
    if (value < 0 || value >= classes) {
      throw new Refusal(
          Fault.LABEL_OUT_OF_RANGE,
          "label %s, expected 0 to %d".formatted(row.get(LABEL), classes - 1));
    }
    return (int) value;
  }

  private RowKey declared(Row row, MessageDigest sha256) throws Refusal {
    if (row.isNullAt(ID)) {
      throw missing(ID);
    }
    return row.get(ID) instanceof Number number
        ? RowKey.of(number.longValue())
        : RowKey.of(row.getString(ID).getBytes(StandardCharsets.UTF_8), sha256);
  }

  private String shownId(Row row) {
    if (!columns.hasId()) {
      return "";
    }
    String text = String.valueOf(row.get(ID));
    String shown = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    return row.get(ID) instanceof Number ? shown : "'" + shown + "'";
  }

  private double number(Row row, int column) throws Refusal {
    if (row.isNullAt(column)) {
      throw missing(column);
    }
    double value = ((Number) row.get(column)).doubleValue();
    if (!Double.isFinite(value)) {
      throw notFinite(value, column);
    }
    return value;
  }

  private float scaled(double value, int column) throws Refusal {
    float scaled = (float) (value / scale);
    if (!Float.isFinite(scaled)) {
      throw notFinite(value, column);
    }
    return scaled;
  }

  private Refusal missing(int column) {
    return new Refusal(
        Fault.MISSING, "column '%s' is null, expected a value".formatted(columns.name(column)));
  }

  private Refusal notFinite(double value, int column) {
    return new Refusal(
        Fault.NOT_FINITE,
        "column '%s' is %s, expected a finite 32-bit number"
            .formatted(columns.name(column), value));
  }

  /** Leaves the methods above; never leaves this class. */
  private static final class Refusal extends Exception {
    private static final long serialVersionUID = 1;
    final Fault fault;
    final String reason;

    Refusal(Fault fault, String reason) {
      super(reason, null, false, false);
      this.fault = fault;
      this.reason = reason;
    }
  }
}
