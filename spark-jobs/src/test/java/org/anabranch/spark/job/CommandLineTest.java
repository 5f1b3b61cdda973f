package org.anabranch.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.anabranch.spark.job.RunOptions.Reuse;
import org.anabranch.train.Diverged;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class CommandLineTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter error = new StringWriter();
  private @TempDir Path folder;
  private String configuration = "";
  private @Nullable TrainingConfiguration received;
  private @Nullable RunOptions options;

  @BeforeEach
  void writeAConfiguration() throws IOException {
    Path file = folder.resolve("toy.conf");
    Files.writeString(file, "data.path = x.csv\ndata.classes = 2\n");
    configuration = file.toString();
  }

  /** Arguments, in which CONF stands for a valid configuration; then what must be said. */
  static Stream<Arguments> mistakes() {
    return Stream.of(
        mistake(List.of(), "A command is missing", "Read 'anabranch --help'."),
        mistake(List.of("trian", "CONF"), "'trian'", "Did you mean train?"),
        mistake(
            List.of("train"),
            "Missing required parameter: 'CONF'",
            "Read 'anabranch train --help'."),
        mistake(
            List.of("train", "CONF", "--resum"),
            "Unknown option: '--resum'",
            "Did you mean --resume?"),
        mistake(
            List.of("train", "CONF", "--resume", "--overwrite"),
            "--resume, --overwrite are mutually exclusive"),
        mistake(
            List.of("train", "CONF", "--master", "local", "--threads", "2"), "mutually exclusive"),
        mistake(
            List.of("train", "CONF", "--ui-port", "0"),
            "command line: --ui-port is 0; it must be from 1 to 65535"),
        mistake(List.of("train", "CONF", "--threads", "two"), "'two' is not an int"),
        mistake(
            List.of("train", "CONF", "--threads", "0"),
            "command line: --threads is 0; it must be at least 1"),
        mistake(List.of("train", "CONF", "--out"), "Missing required parameter for option '--out'"),
        mistake(
            List.of("train", "CONF", "--partitions", "-2"),
            "command line (--partitions): spark.partitions is -2; it must be at least 1"),
        mistake(
            List.of("train", "CONF", "--seed", "x"),
            "command line (--seed): seed is x; it must be a whole number"),
        mistake(
            List.of("train", "CONF", "--master", "moon"),
            "command line (--master): spark.master is moon; it must be local[N]"),
        mistake(List.of("train", "CONF", "epochs"), "command line: 'epochs' is not key=value"),
        mistake(
            List.of("train", "CONF", "train.epochs=0"),
            "command line: train.epochs is 0; it must be at least 1"),
        mistake(
            List.of("train", "CONF", "epochs=3"),
            "command line: epochs is no setting. Did you mean train.epochs?"),
        mistake(List.of("train", "no-such.conf"), "no-such.conf: there is no such file"));
  }

  private static Arguments mistake(List<String> arguments, String... said) {
    return Arguments.of(arguments, List.of(said));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mistakes")
  void aMistakeEndsWithTwoAndSentences(List<String> arguments, List<String> said) {
    assertThat(execute(arguments.toArray(String[]::new))).isEqualTo(ExitCode.MISTAKE);
    assertThat(error.toString()).contains(said).doesNotContain("\tat ").doesNotContain("Exception");
    assertThat(error.toString().lines().count()).isBetween(1L, 2L);
    assertThat(out.toString()).isEmpty();
    assertThat(received).isNull();
  }

  @Test
  void optionsAndSettingsReachTheTraining() {
    int code =
        execute(
            "train",
            "CONF",
            "--out",
            "hdfs://h:1/x",
            "--threads=3",
            "--partitions",
            "7",
            "--seed=-5",
            "--resume",
            "train.epochs=9",
            "spark.conf.spark.password=open");
    assertThat(code).isZero();
    assertThat(received.out()).isEqualTo("hdfs://h:1/x");
    assertThat(received.spark().master()).isEqualTo("local[3]");
    assertThat(received.spark().masterWritten()).isTrue();
    assertThat(received.spark().partitions()).isEqualTo(7);
    assertThat(received.seed()).isEqualTo(-5);
    assertThat(received.train().epochs()).isEqualTo(9);
    assertThat(options.reuse()).isEqualTo(Reuse.RESUME);
    assertThat(options.commandLine())
        .contains("--seed=-5", "spark.conf.spark.password=<redacted>")
        .noneMatch(text -> text.contains("open"));
  }

  @Test
  void withoutOptionsARunIsNeverReplaced() {
    assertThat(execute("train", "CONF")).isZero();
    assertThat(options.reuse()).isEqualTo(Reuse.REFUSE);
    assertThat(received.out()).isEqualTo("runs/toy");
  }

  @Test
  void aReportIsLeftUnlessItIsRefusedAndShownLiveOnlyIfAskedFor() {
    assertThat(execute("train", "CONF")).isZero();
    assertThat(options.report()).isTrue();
    assertThat(options.ui()).isEmpty();
    assertThat(execute("train", "CONF", "--no-report", "--ui")).isZero();
    assertThat(options.report()).isFalse();
    assertThat(options.ui()).hasValue(0);
    assertThat(execute("train", "CONF", "--ui-port", "8123")).isZero();
    assertThat(options.ui()).hasValue(8123);
  }

  @Test
  void aReportIsMadeOfTheFolderOfARunAndOfNoOther() throws IOException {
    Path run = Files.createDirectory(folder.resolve("run"));
    Files.writeString(run.resolve("summary.json"), "{\"name\":\"toy\"}");
    Files.writeString(run.resolve("metrics.jsonl.tmp-7"), "another process writes this");
    assertThat(execute("report", run.toString())).isZero();
    assertThat(out.toString()).isEqualToIgnoringNewLines(run + "/report.html");
    assertThat(run.resolve("report.html")).content().contains("\"name\":\"toy\"");
    assertThat(run.resolve("metrics.jsonl.tmp-7")).exists();
    assertThat(execute("report", folder.toString())).isEqualTo(ExitCode.MISTAKE);
    assertThat(error.toString()).contains("not the folder of a run", "summary.json");
  }

  @Test
  void aFailedRunEndsWithOneAndItsSentence() {
    int code =
        executing(
            (c, o) -> {
              throw new Diverged(3, "Round 3: too far. Lower train.learning-rate.");
            },
            "train",
            "CONF");
    assertThat(code).isEqualTo(ExitCode.FAILURE);
    assertThat(error.toString())
        .isEqualTo("Round 3: too far. Lower train.learning-rate." + System.lineSeparator());
  }

  @Test
  void whatNobodyExpectedEndsWithOneAndAFileThatHoldsTheTrace() throws IOException {
    int code =
        executing(
            (c, o) -> {
              throw new IllegalStateException("the moon is full.", new IOException("inner"));
            },
            "train",
            "CONF");
    assertThat(code).isEqualTo(ExitCode.FAILURE);
    String said = error.toString().strip();
    assertThat(said)
        .startsWith("anabranch: the run failed: the moon is full. The full trace is in ")
        .doesNotContain("\tat ");
    Path trace = Path.of(said.substring(said.lastIndexOf(' ') + 1).replaceFirst("\\.$", ""));
    assertThat(trace)
        .content()
        .contains(
            "IllegalStateException: the moon is full.", "Caused by: java.io.IOException: inner");
    Files.delete(trace);
  }

  @Test
  void helpNamesTheCommandsAndTheExitCodes() {
    assertThat(execute("--help")).isZero();
    assertThat(out.toString())
        .contains("train", "doctor", "settings", "Exit codes: 0 done; 1", "130 interrupted");
  }

  @Test
  void helpOfTrainNamesEveryOption() {
    assertThat(execute("train", "--help")).isZero();
    assertThat(out.toString())
        .contains(
            "--out",
            "--resume",
            "--overwrite",
            "--master",
            "--threads",
            "--partitions",
            "--seed",
            "key=value",
            "Examples:");
  }

  @Test
  void versionNamesTheBuildAndJava() {
    assertThat(execute("--version")).isZero();
    assertThat(out.toString())
        .startsWith("anabranch 0.")
        .contains("Java " + System.getProperty("java.version"));
  }

  @Test
  void settingsPrintsTheReference() {
    assertThat(execute("settings")).isZero();
    assertThat(out.toString()).isEqualTo(ConfigurationReference.markdown());
  }

  @Test
  void anOldJavaIsToldWhatToDo() {
    assertThat(Main.tooOld(11))
        .isEqualTo("Java 11 is too old; Anabranch needs 17 or newer. Set JAVA_HOME to such a JDK.");
  }

  private int execute(String... arguments) {
    return executing(
        (read, given) -> {
          received = read;
          options = given;
          return ExitCode.OK;
        },
        arguments);
  }

  private int executing(TrainingRun training, String... arguments) {
    CommandLine commandLine = Anabranch.commandLine(training);
    commandLine.setOut(new PrintWriter(out));
    commandLine.setErr(new PrintWriter(error));
    return commandLine.execute(
        Stream.of(arguments)
            .map(text -> text.replace("CONF", configuration))
            .toArray(String[]::new));
  }
}
