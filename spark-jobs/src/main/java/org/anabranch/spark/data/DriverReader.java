package org.anabranch.spark.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.jspecify.annotations.Nullable;

/** Reads whole files of text into memory. */
final class DriverReader {
  /** Text beyond so many characters is left to the executors, however well it was compressed. */
  private static final long MOST_CHARACTERS = 1 << 26;

  private final FileReading reading;
  private final int classes;
  private final Configuration configuration;
  private SplitReport report;
  private long characters;

  DriverReader(FileReading reading, int classes, Configuration configuration) {
    this.reading = reading;
    this.classes = classes;
    this.configuration = configuration;
    this.report = SplitReport.none(classes);
  }

  /** The samples of all files, or null if that is too much text. */
  @Nullable DriverSamples read(SourceFiles input) {
    List<Sample> samples = new ArrayList<>();
    for (FileStatus file : input.files()) {
      String path = file.getPath().toString();
      try (TextLines lines =
          TextLines.open(file.getPath(), (int) MOST_CHARACTERS + 1, configuration)) {
        read(new TalliedRecords(reading.records(lines, path), classes), lines, samples);
        characters += lines.characters();
      } catch (IOException e) {
        throw new DataProblem(
            "%s: cannot be read (%s). Check the rights to read it."
                .formatted(input.root().shown(path), SourceFiles.firstLine(e)),
            e);
      }
      if (characters > MOST_CHARACTERS) {
        return null;
      }
    }
    return new DriverSamples(samples, report);
  }

  private void read(TalliedRecords parsed, TextLines lines, List<Sample> samples) {
    while (parsed.hasNext() && characters + lines.characters() <= MOST_CHARACTERS) {
      Parsed next = parsed.next();
      if (next instanceof Sample sample) {
        samples.add(sample);
      } else if (next instanceof SplitReport ofFile) {
        report = report.plus(ofFile);
      }
    }
  }
}
