package org.anabranch.spark.data;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of a schema that are used: the label, then the identity if one is declared, then the
 * features.
 *
 * @param places where they stand in the schema
 */
record FoundColumns(StructType schema, List<Integer> places, boolean hasId)
    implements Serializable {
  private static final int NAMED = 12;
  private static final List<DataType> WHOLE =
      List.of(DataTypes.ByteType, DataTypes.ShortType, DataTypes.IntegerType, DataTypes.LongType);

  /**
   * @param shown what errors call the table
   * @throws DataProblem if a column is not there, or not of a type that can be used
   */
  static FoundColumns in(StructType schema, ColumnRoles roles, String shown) {
    Search search = new Search(schema, shown);
    List<Integer> places = new ArrayList<>();
    places.add(search.numeric(roles.label(), "data.label"));
    if (roles.declaresId()) {
      places.add(search.identity(roles.id()));
    }
    List<Integer> others = List.copyOf(places);
    if (roles.features().isEmpty()) {
      IntStream.range(0, schema.length())
          .filter(place -> schema.fields()[place].dataType() instanceof NumericType)
          .filter(place -> !others.contains(place))
          .forEach(places::add);
    } else {
      roles.features().forEach(name -> places.add(search.numeric(name, "data.feature-columns")));
    }
    if (places.size() == others.size()) {
      throw new DataProblem(
          "%s: there is no column of numbers beside the label%s. Columns are %s."
                  .formatted(shown, roles.declaresId() ? " and the id" : "", search.columns())
              + " Write features as columns of numbers.");
    }
    return new FoundColumns(schema, List.copyOf(places), roles.declaresId());
  }

  /** Features of a sample. */
  int width() {
    return places.size() - firstFeature();
  }

  int firstFeature() {
    return hasId ? 2 : 1;
  }

  /** The name of a column of {@link #select}, or of {@link #selected}. */
  String name(int column) {
    return schema.fields()[places.get(column)].name();
  }

  /** The schema of what is used, where anything may be missing. */
  StructType selected() {
    List<StructField> fields = new ArrayList<>();
    for (int place : places) {
      StructField field = schema.fields()[place];
      fields.add(DataTypes.createStructField(field.name(), field.dataType(), true));
    }
    return DataTypes.createStructType(fields);
  }

  /** By place, since a name may hold a dot, or be there in capitals, too. */
  Dataset<Row> select(Dataset<Row> rows) {
    String[] names =
        IntStream.range(0, schema.length()).mapToObj(place -> "c" + place).toArray(String[]::new);
    String[] rest = places.stream().skip(1).map(place -> names[place]).toArray(String[]::new);
    return rows.toDF(names).select(names[places.get(0)], rest);
  }

  private record Search(StructType schema, String shown) {
    int numeric(String name, String setting) {
      int place = place(name, setting);
      DataType type = schema.fields()[place].dataType();
      if (!(type instanceof NumericType)) {
        throw new DataProblem(
            "%s: column '%s' is of type %s, expected numbers. Check %s, or write the column as numbers."
                .formatted(shown, name, type.simpleString(), setting));
      }
      return place;
    }

    int identity(String name) {
      int place = place(name, "data.id");
      DataType type = schema.fields()[place].dataType();
      if (!WHOLE.contains(type) && !(type instanceof StringType)) {
        throw new DataProblem(
            "%s: column '%s' is of type %s, expected whole numbers or text."
                    .formatted(shown, name, type.simpleString())
                + " Check data.id, or take it out: rows are then told apart by what they hold.");
      }
      return place;
    }

    private int place(String name, String setting) {
      int[] places =
          IntStream.range(0, schema.length())
              .filter(place -> schema.fields()[place].name().equals(name))
              .toArray();
      if (places.length == 1) {
        return places[0];
      }
      throw new DataProblem(
          "%s: %s column '%s'. Columns are %s. Check %s%s."
              .formatted(
                  shown,
                  places.length == 0 ? "there is no" : "there is more than one",
                  name,
                  columns(),
                  setting,
                  places.length == 0 ? "; what folder names say is no column" : ""));
    }

    String columns() {
      List<StructField> fields = Arrays.asList(schema.fields());
      String named =
          fields.stream()
              .limit(NAMED)
              .map(field -> "%s (%s)".formatted(field.name(), field.dataType().simpleString()))
              .collect(Collectors.joining(", "));
      return fields.size() > NAMED
          ? "%s and %d more".formatted(named, fields.size() - NAMED)
          : named;
    }
  }
}
