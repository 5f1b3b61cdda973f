package org.anabranch.spark.data;

import java.util.List;

/**
 * Where a file that has a time of a series in each line keeps what is used. A place is a column
 * from 0.
 *
 * @param names of all columns
 * @param series the place of what tells series apart, or {@link #NONE}
 * @param time the place of what ascends, or {@link #NONE}
 */
record SeriesColumns(
    List<String> names, int series, int time, List<Integer> channels, List<Integer> covariates) {
  /** There is no such column. */
  static final int NONE = -1;

  /**
   * Looks columns up in the first line of a file.
   *
   * @param file what errors call it
   * @throws DataProblem if a column is not there, or there twice
   */
  static SeriesColumns of(SeriesSource source, List<String> names, String file) {
    return new SeriesColumns(
        names,
        place(names, source.series(), "data.series", file),
        place(names, source.time(), "data.time", file),
        places(names, source.form().channels(), "data.channels", file),
        places(names, source.form().covariates(), "data.covariates", file));
  }

  private static List<Integer> places(
      List<String> names, List<String> wanted, String setting, String file) {
    return wanted.stream().map(name -> place(names, name, setting, file)).toList();
  }

  private static int place(List<String> names, String name, String setting, String file) {
    if (name.equals(SeriesSource.NONE)) {
      return NONE;
    }
    int place = names.indexOf(name);
    if (place < 0 || place != names.lastIndexOf(name)) {
      throw new DataProblem(
          "%s: there is %s column '%s' in the first line. Columns are %s. Check %s and data.delimiter."
              .formatted(
                  file,
                  place < 0 ? "no" : "more than one",
                  name,
                  Refusal.shown(String.join(", ", names)),
                  setting));
    }
    return place;
  }

  /** What to call a column. */
  String name(int place) {
    return "column " + names.get(place);
  }
}
