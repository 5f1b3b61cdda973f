package org.anabranch.spark.job;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;

/** The covariates of paths that are to be drawn: a small table with a header. */
final class CovariateFile {
  private CovariateFile() {}

  /**
   * The numbers of some columns, row by row.
   *
   * @throws Mistake if there is no such file, column or number, with the place
   */
  static float[] read(String file, List<String> names) throws IOException {
    Path path = new Path(file);
    FileSystem files = path.getFileSystem(SparkHadoopUtil.get().newConfiguration(new SparkConf()));
    if (!files.exists(path)) {
      throw new Mistake(
          "%s: no such file. Give --covariates a CSV file with the columns %s."
              .formatted(file, String.join(", ", names)));
    }
    List<Float> numbers = new ArrayList<>();
    try (Reader reader = new InputStreamReader(files.open(path), StandardCharsets.UTF_8);
        CSVParser table =
            CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .setTrim(true)
                .get()
                .parse(reader)) {
      for (String name : names) {
        if (!table.getHeaderMap().containsKey(name)) {
          throw new Mistake(
              "%s: there is no column '%s' among %s. The model's covariates are %s."
                  .formatted(file, name, table.getHeaderNames(), String.join(", ", names)));
        }
      }
      for (CSVRecord row : table) {
        for (String name : names) {
          numbers.add(number(file, table.getCurrentLineNumber(), row, name));
        }
      }
    }
    if (numbers.isEmpty()) {
      throw new Mistake("%s: it has a header and no row. Give one for each path.".formatted(file));
    }
    float[] all = new float[numbers.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = numbers.get(i);
    }
    return all;
  }

  private static float number(String file, long line, CSVRecord row, String name) {
    String text = row.isSet(name) ? row.get(name) : "";
    try {
      float number = Float.parseFloat(text);
      if (Float.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      // told below, as what is not finite
    }
    throw new Mistake(
        "%s:%d: column '%s' is '%s'; it must be a finite number. Mend the row, or take it out."
            .formatted(file, line, name, text));
  }
}
