package org.anabranch.spark.job;

import java.io.IOException;
import java.io.Serializable;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.anabranch.model.node.NeuralOdeClassifier;
import org.anabranch.spark.data.DataProblem;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Predictions of a run's model for records, one line of CSV for each in the order of the input. The
 * folder appears as a whole: it is written under another name and moved when it is complete.
 *
 * @param labelled whether the records have labels
 */
record PredictJob(RunConfiguration run, TrainingConfiguration configuration, boolean labelled) {
  /** How many records there were; those with a label that was found, of those with a label. */
  record Counts(long records, long withoutPrediction, long labelled, long right)
      implements Serializable {
    static Counts ofLine(String line) throws IOException {
      try (CSVParser parser = CSVParser.parse(line, CSVFormat.DEFAULT)) {
        CSVRecord cells = parser.iterator().next();
        String label = cells.get(2);
        String found = cells.get(3);
        if (found.equals("predicted")) {
          return new Counts(0, 0, 0, 0); // a header
        }
        boolean both = !label.isEmpty() && !found.isEmpty();
        return new Counts(
            1, found.isEmpty() ? 1 : 0, both ? 1 : 0, both && label.equals(found) ? 1 : 0);
      }
    }

    Counts plus(Counts other) {
      return new Counts(
          records + other.records,
          withoutPrediction + other.withoutPrediction,
          labelled + other.labelled,
          right + other.right);
    }

    String text(String out) {
      StringBuilder text = new StringBuilder();
      text.append(String.format(Locale.ROOT, "%,d records", records));
      if (labelled > 0) {
        text.append(
            String.format(
                Locale.ROOT,
                ", %.2f %% of %,d with a label as it says",
                100.0 * right / labelled,
                labelled));
      }
      if (withoutPrediction > 0) {
        text.append(
            String.format(
                Locale.ROOT, ", %,d without a prediction (column note)", withoutPrediction));
      }
      return text.append(System.lineSeparator())
          .append("predictions in ")
          .append(out)
          .append(System.lineSeparator())
          .toString();
    }
  }

  Counts run(String out) throws IOException {
    LibraryProbe.requireSpark();
    NeuralOdeClassifier model = run.model();
    try (JavaSparkContext spark = new JavaSparkContext(SparkSetup.conf(configuration))) {
      Path target = new Path(out);
      FileSystem files = target.getFileSystem(spark.hadoopConfiguration());
      if (files.exists(target)) {
        throw new Mistake(
            "%s: it exists already. Give --out a folder that does not, or delete it."
                .formatted(out));
      }
      JavaRDD<Prediction> predictions = Predictions.of(spark, run, model, configuration, labelled);
      return written(spark, predictions, model.classes(), files, target);
    }
  }

  private static Counts written(
      JavaSparkContext spark,
      JavaRDD<Prediction> predictions,
      int classes,
      FileSystem files,
      Path target)
      throws IOException {
    Path temporary = target.suffix(".incomplete");
    files.delete(temporary, true);
    try {
      DataProblem.surfacing(
          () -> {
            predictions
                .mapPartitions(part -> lines(part, classes))
                .saveAsTextFile(temporary.toString());
            return temporary;
          });
      Counts counts = counts(spark, temporary);
      for (FileStatus file : files.listStatus(temporary)) {
        String name = file.getPath().getName();
        if (name.startsWith("part-")) {
          files.rename(file.getPath(), file.getPath().suffix(".csv"));
        }
      }
      if (!files.rename(temporary, target)) {
        throw new IOException(target + " could not be made from " + temporary);
      }
      return counts;
    } finally {
      files.delete(temporary, true);
    }
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

  /** From what was written, since a task that runs twice counts twice. */
  private static Counts counts(JavaSparkContext spark, Path folder) {
    return spark
        .textFile(folder.toString())
        .map(Counts::ofLine)
        .fold(new Counts(0, 0, 0, 0), Counts::plus);
  }
}
