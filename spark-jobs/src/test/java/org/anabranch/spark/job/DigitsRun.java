package org.anabranch.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import picocli.CommandLine;

/**
 * A short run on the digits, and the command line that is tried on it.
 *
 * @param folder where tests may write
 * @param lines the digits as CSV
 */
record DigitsRun(Path folder, List<String> lines) {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  record Ended(int code, String out, String error) {}

  static DigitsRun in(Path folder) {
    try (InputStream in =
        new GZIPInputStream(Files.newInputStream(ROOT.resolve("data/digits.csv.gz")))) {
      String text = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
      return new DigitsRun(folder, text.lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String location() {
    return folder.resolve("run").toString();
  }

  /** Trains for a few epochs, with settings that win over those of conf/digits.conf. */
  DigitsRun train(String... settings) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "train",
                ROOT.resolve("conf/digits.conf").toString(),
                "--out",
                location(),
                "--threads",
                "2",
                "--no-report"));
    all.addAll(Arrays.asList(settings));
    Ended ended = command(all.toArray(new String[0]));
    assertThat(ended.code()).as(ended.error()).isZero();
    return this;
  }

  static Ended command(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter error = new StringWriter();
    PrintStream silent = new PrintStream(PrintStream.nullOutputStream());
    Terminal terminal = new Terminal(false, false, false, 80);
    CommandLine commandLine = Anabranch.commandLine(new TrainJob(silent, terminal));
    commandLine.setOut(new PrintWriter(out));
    commandLine.setErr(new PrintWriter(error));
    return new Ended(commandLine.execute(arguments), out.toString(), error.toString());
  }

  static void assertDone(Ended ended) {
    assertThat(ended.code()).as(ended.error()).isZero();
  }

  static void assertRefused(Ended ended, String... said) {
    assertThat(ended.code()).as(ended.error()).isEqualTo(ExitCode.MISTAKE);
    assertThat(ended.error()).contains(said).doesNotContain("\tat ");
  }

  String write(String name, List<String> content) throws IOException {
    return Files.write(folder.resolve(name), content).toString();
  }

  /** All records that were written, part after part. */
  static List<CSVRecord> records(String out) throws IOException {
    List<CSVRecord> records = new ArrayList<>();
    try (Stream<Path> parts = Files.list(Path.of(out))) {
      for (Path part : parts.filter(p -> p.toString().endsWith(".csv")).sorted().toList()) {
        CSVFormat format = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();
        try (CSVParser parser = CSVParser.parse(part, StandardCharsets.UTF_8, format)) {
          records.addAll(parser.getRecords());
        }
      }
    }
    return records;
  }
}
