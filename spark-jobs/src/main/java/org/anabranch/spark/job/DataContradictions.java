package org.anabranch.spark.job;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.anabranch.spark.data.SeriesSource.Layout;
import org.anabranch.spark.job.TrainingConfiguration.Format;

/** Settings of data that do not go with the format, or with one another. */
final class DataContradictions {
  /** Which formats use a setting that not all of them use. */
  private static final Map<Parameter<?>, EnumSet<Format>> USED_BY =
      Map.ofEntries(
          Map.entry(Settings.DATA_FEATURES, EnumSet.of(Format.CSV, Format.IDX)),
          Map.entry(Settings.DATA_IMAGE_SIZE, EnumSet.of(Format.IMAGES)),
          Map.entry(Settings.DATA_IMAGE_CHANNELS, EnumSet.of(Format.IMAGES)),
          Map.entry(Settings.DATA_HEADER, EnumSet.of(Format.CSV, Format.SERIES)),
          Map.entry(Settings.DATA_DELIMITER, EnumSet.of(Format.CSV, Format.SERIES)),
          Map.entry(Settings.DATA_LABEL_COLUMN, EnumSet.of(Format.CSV)),
          Map.entry(Settings.DATA_LABELS, EnumSet.of(Format.IDX)),
          Map.entry(Settings.DATA_TEST_PATH, EnumSet.of(Format.IDX)),
          Map.entry(Settings.DATA_TEST_LABELS, EnumSet.of(Format.IDX)),
          Map.entry(Settings.DATA_LABEL, EnumSet.of(Format.PARQUET)),
          Map.entry(Settings.DATA_FEATURE_COLUMNS, EnumSet.of(Format.PARQUET)),
          Map.entry(Settings.DATA_ID, EnumSet.of(Format.PARQUET)),
          Map.entry(Settings.DATA_CLASSES, EnumSet.complementOf(EnumSet.of(Format.SERIES))),
          Map.entry(Settings.DATA_SCALE, EnumSet.complementOf(EnumSet.of(Format.SERIES))),
          Map.entry(Settings.DATA_STANDARDISE, EnumSet.complementOf(EnumSet.of(Format.SERIES))),
          Map.entry(Settings.DATA_LAYOUT, EnumSet.of(Format.SERIES)),
          Map.entry(Settings.DATA_CHANNELS, EnumSet.of(Format.SERIES)),
          Map.entry(Settings.DATA_LENGTH, EnumSet.of(Format.SERIES)),
          Map.entry(Settings.DATA_STRIDE, EnumSet.of(Format.SERIES)),
          Map.entry(Settings.DATA_SERIES, EnumSet.of(Format.SERIES)),
          Map.entry(Settings.DATA_TIME, EnumSet.of(Format.SERIES)),
          Map.entry(Settings.DATA_COVARIATES, EnumSet.of(Format.SERIES)),
          Map.entry(Settings.DATA_TIME_STEP, EnumSet.of(Format.SERIES)),
          Map.entry(Settings.DATA_MAX_MISSING_FRACTION, EnumSet.of(Format.SERIES)),
          Map.entry(Settings.DATA_NORMALISE, EnumSet.of(Format.SERIES)));

  private final Readings readings;
  private final List<Complaint> complaints = new ArrayList<>();

  private DataContradictions(Readings readings) {
    this.readings = readings;
  }

  static List<Complaint> in(Readings readings) {
    DataContradictions rules = new DataContradictions(readings);
    if (readings.has(Settings.DATA_FORMAT)) {
      Format format = readings.value(Settings.DATA_FORMAT);
      rules.unused(format);
      rules.required(format);
      rules.columns(format);
      rules.series(format);
    }
    rules.testFiles();
    return rules.complaints;
  }

  private void unused(Format format) {
    for (Parameter<?> parameter : Settings.all()) {
      EnumSet<Format> users = USED_BY.get(parameter);
      if (users != null && !users.contains(format) && readings.isChanged(parameter)) {
        String other = Scalar.word(users.iterator().next());
        complain(
            parameter,
            "%s is %s, but data.format %s does not use it"
                .formatted(
                    parameter.key(), readings.reading(parameter).shown(), Scalar.word(format)),
            "Take the line out, or write data.format = %s.".formatted(other));
      }
    }
  }

  private void required(Format format) {
    if (format == Format.IMAGES && !readings.has(Settings.DATA_IMAGE_SIZE)) {
      complain(
          Settings.DATA_FORMAT,
          "data.format is images, but there is no data.image-size",
          "Write for example data.image-size = %s.".formatted(Settings.DATA_IMAGE_SIZE.example()));
    }
    if (format == Format.IDX && !readings.has(Settings.DATA_LABELS)) {
      complain(
          Settings.DATA_FORMAT,
          "data.format is idx, but there is no data.labels",
          "Write for example data.labels = %s.".formatted(Settings.DATA_LABELS.example()));
    }
  }

  /** No column has two parts. */
  private void columns(Format format) {
    if (format != Format.PARQUET) {
      return;
    }
    String label = readings.has(Settings.DATA_LABEL) ? readings.value(Settings.DATA_LABEL) : "";
    if (!readings.has(Settings.DATA_LABEL)) {
      complain(
          Settings.DATA_FORMAT,
          "data.format is parquet, but there is no data.label",
          "Write for example data.label = %s.".formatted(Settings.DATA_LABEL.example()));
    }
    String id = readings.has(Settings.DATA_ID) ? readings.value(Settings.DATA_ID) : "";
    if (!id.isEmpty() && id.equals(label)) {
      complain(
          Settings.DATA_ID,
          "data.id and data.label are both %s"
              .formatted(readings.reading(Settings.DATA_ID).shown()),
          "Name two columns, or take data.id out.");
    }
    if (readings.has(Settings.DATA_FEATURE_COLUMNS)) {
      for (String feature : readings.value(Settings.DATA_FEATURE_COLUMNS)) {
        if (feature.equals(label) || feature.equals(id)) {
          complain(
              Settings.DATA_FEATURE_COLUMNS,
              "data.feature-columns has '%s', which is %s"
                  .formatted(feature, feature.equals(label) ? "data.label" : "data.id"),
              "Take it out of the list.");
        }
      }
    }
  }

  private void series(Format format) {
    if (format != Format.SERIES) {
      return;
    }
    for (Parameter<?> parameter : List.of(Settings.DATA_CHANNELS, Settings.DATA_LENGTH)) {
      if (!readings.has(parameter)) {
        complain(
            Settings.DATA_FORMAT,
            "data.format is series, but there is no %s".formatted(parameter.key()),
            "Write for example %s = %s.".formatted(parameter.key(), parameter.example()));
      }
    }
    if (readings.has(Settings.DATA_CHANNELS) && readings.value(Settings.DATA_CHANNELS).isEmpty()) {
      complain(
          Settings.DATA_CHANNELS,
          "data.channels is empty",
          "Write for example data.channels = %s.".formatted(Settings.DATA_CHANNELS.example()));
    }
    if (readings.has(Settings.DATA_LAYOUT) && readings.value(Settings.DATA_LAYOUT) == Layout.WIDE) {
      for (Parameter<?> parameter :
          List.of(Settings.DATA_STRIDE, Settings.DATA_SERIES, Settings.DATA_TIME)) {
        if (readings.isWritten(parameter)) {
          complain(
              parameter,
              "%s is %s, but data.layout wide does not use it"
                  .formatted(parameter.key(), readings.reading(parameter).shown()),
              "Take the line out, or write data.layout = long.");
        }
      }
    }
  }

  private void testFiles() {
    boolean arrays = readings.isWritten(Settings.DATA_TEST_PATH);
    boolean labels = readings.isWritten(Settings.DATA_TEST_LABELS);
    if (arrays != labels) {
      Parameter<String> written = arrays ? Settings.DATA_TEST_PATH : Settings.DATA_TEST_LABELS;
      Parameter<String> missing = arrays ? Settings.DATA_TEST_LABELS : Settings.DATA_TEST_PATH;
      complain(
          written,
          "%s is %s, but there is no %s"
              .formatted(written.key(), readings.reading(written).shown(), missing.key()),
          "Write both, or neither.");
    }
    if (arrays && readings.isChanged(Settings.DATA_TEST_FRACTION)) {
      complain(
          Settings.DATA_TEST_FRACTION,
          "data.test-fraction is %s, but data.test-path names files for testing"
              .formatted(readings.reading(Settings.DATA_TEST_FRACTION).shown()),
          "Take one of the two lines out.");
    }
  }

  private void complain(Parameter<?> parameter, String fact, String remedy) {
    complaints.add(new Complaint(readings.reading(parameter).place(), fact, remedy));
  }
}
