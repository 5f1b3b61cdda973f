package org.anabranch.spark.data;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.hadoop.util.LineReader;
import org.jspecify.annotations.Nullable;

/** Reads whole files into memory, with the line reader that Hadoop's input formats use. */
final class DriverReader {
  /** Text beyond so many characters is left to the executors, however well it was compressed. */
  private static final long MOST_CHARACTERS = 1 << 26;

  private final boolean header;
  private final RecordParser parser;
  private final Configuration configuration;
  private SplitReport report;
  private long characters;

  DriverReader(CsvSource source, int columns, Configuration configuration) {
    this.header = source.header();
    this.parser = new RecordParser(source, columns);
    this.configuration = configuration;
    this.report = new SplitReport(new long[source.rules().classes()], 0, BadRecords.none());
  }

  /** The samples of all files, or null if that is too much text. */
  @Nullable List<Sample> read(SourceFiles input) {
    List<Sample> samples = new ArrayList<>();
    for (FileStatus file : input.files()) {
      String path = file.getPath().toString();
      String shown = input.root().shown(path);
      SampleIds ids = new SampleIds(input.root().relative(path));
      try (InputStream text = open(file.getPath())) {
        ParsedLines records = new ParsedLines(lines(text), 0, header ? 1 : 0, shown, ids, parser);
        read(new TalliedRecords(records, parser.classes()), samples);
      } catch (IOException e) {
        throw new DataProblem(
            "%s: cannot be read (%s). Check the rights to read it."
                .formatted(shown, SourceFiles.firstLine(e)),
            e);
      }
      if (characters > MOST_CHARACTERS) {
        return null;
      }
    }
    return samples;
  }

  /** What all files held. */
  SplitReport report() {
    return report;
  }

  private void read(TalliedRecords parsed, List<Sample> samples) {
    while (parsed.hasNext() && characters <= MOST_CHARACTERS) {
      Parsed next = parsed.next();
      if (next instanceof Sample sample) {
        samples.add(sample);
      } else if (next instanceof SplitReport ofFile) {
        report = report.plus(ofFile);
      }
    }
  }

  private InputStream open(Path path) throws IOException {
    CompressionCodec codec = new CompressionCodecFactory(configuration).getCodec(path);
    InputStream raw = path.getFileSystem(configuration).open(path);
    return codec == null ? raw : codec.createInputStream(raw);
  }

  private Lines lines(InputStream text) throws IOException {
    LineReader reader = new LineReader(text, configuration);
    Text line = new Text();
    return new Lines() {
      private boolean first = true;

      @Override
      public @Nullable String next() throws IOException {
        if (reader.readLine(line, (int) MOST_CHARACTERS + 1) == 0) {
          return null;
        }
        characters += line.getLength();
        String result = line.toString();
        boolean marked = first && result.startsWith("\uFEFF"); // a byte order mark, as Hadoop does
        first = false;
        return marked ? result.substring(1) : result;
      }
    };
  }
}
