package org.anabranch.spark.job;

import java.io.IOException;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/** {@code part-00000.csv} and so on, each with a header; what is not known is empty. */
record CsvPredictions(int classes) implements PredictionWriter {
  private static final int LABEL = 2;
  private static final int FOUND = 3;

  @Override
  public void write(JavaSparkContext spark, JavaRDD<Prediction> predictions, Path folder) {
    int columns = classes;
    predictions.mapPartitions(part -> lines(part, columns)).saveAsTextFile(folder.toString());
  }

  @Override
  public PredictionCounts counts(JavaSparkContext spark, Path folder) {
    return spark
        .textFile(folder.toString())
        .map(CsvPredictions::ofLine)
        .fold(PredictionCounts.none(), PredictionCounts::plus);
  }

  @Override
  public void name(FileSystem files, Path folder) throws IOException {
    NewFolder.nameCsv(files, folder);
  }

  private static Iterator<String> lines(Iterator<Prediction> part, int classes) {
    if (!part.hasNext()) {
      return Collections.emptyIterator();
    }
    Iterator<String> header = List.of(Prediction.header(classes)).iterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return header.hasNext() || part.hasNext();
      }

      @Override
      public String next() {
        return header.hasNext() ? header.next() : part.next().line(classes);
      }
    };
  }

  private static PredictionCounts ofLine(String line) throws IOException {
    try (CSVParser parser = CSVParser.parse(line, CSVFormat.DEFAULT)) {
      CSVRecord cells = parser.iterator().next();
      return cells.get(FOUND).equals(Prediction.FOUND)
          ? PredictionCounts.none() // a header
          : PredictionCounts.of(number(cells.get(LABEL)), number(cells.get(FOUND)));
    }
  }

  private static int number(String cell) {
    return cell.isEmpty() ? -1 : Integer.parseInt(cell);
  }
}
