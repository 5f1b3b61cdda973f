package org.anabranch.spark.job;

import static org.anabranch.spark.job.DigitsRun.assertDone;
import static org.anabranch.spark.job.DigitsRun.assertRefused;
import static org.anabranch.spark.job.DigitsRun.command;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.anabranch.spark.job.DigitsRun.Ended;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs with a stem end with the same bits wherever they are computed, and go on with their own. */
class StemRunsTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final Path DIGITS = ROOT.resolve("conf/digits.conf");

  @TempDir static Path folder;
  private static Path stem = Path.of("");
  private static String expected = "";

  @BeforeAll
  static void trainOnOnePartition() throws IOException {
    DigitsStem.requireNatives();
    stem = DigitsStem.save(folder.resolve("features.zip"), DigitsRun.in(folder).lines(), 60, 1);
    assertDone(train("one", "--threads", "1", "--partitions", "1"));
    expected = hash("one");
    assertThat(expected).hasSize(64);
  }

  private static Ended train(String name, String... more) {
    return command(arguments(name, more).toArray(new String[0]));
  }

  private static List<String> arguments(String name, String... more) {
    List<String> all = new ArrayList<>(List.of("train", DIGITS.toString()));
    all.addAll(List.of("--out", folder.resolve(name).toString(), "--no-report"));
    all.addAll(List.of("train.epochs=2", "model.state=32", "model.stem=" + stem));
    all.addAll(Arrays.asList(more));
    return all;
  }

  private static String hash(String name) throws IOException {
    return JobProcess.summary(folder.resolve(name)).path("parametersSha256").asText();
  }

  @Test
  void partitionsDoNotChangeABit() throws IOException {
    assertDone(train("three", "--threads", "2", "--partitions", "3"));
    assertThat(hash("three")).isEqualTo(expected);
  }

  @Test
  void executorsDoNotChangeABit() throws IOException {
    assertDone(train("cluster", "--master", "local-cluster[2,1,1024]", "--partitions", "3"));
    assertThat(hash("cluster")).isEqualTo(expected);
  }

  @Test
  void aRunGoesOnWithItsOwnStemAfterTheFileIsGone() throws IOException {
    Path copy = Files.copy(stem, folder.resolve("copy.zip"));
    assertDone(
        train("resumed", "train.epochs=1", "train.checkpoint-every=1", "model.stem=" + copy));
    Files.delete(copy);
    String run = folder.resolve("resumed").toString();
    assertDone(command("resume", run, "train.epochs=2"));
    assertThat(hash("resumed")).isEqualTo(expected);
  }

  @Test
  void anotherStemIsRefusedWhenARunGoesOn() throws IOException {
    assertDone(train("mine", "train.epochs=1", "train.checkpoint-every=1"));
    String run = folder.resolve("mine").toString();
    Path other = DigitsStem.save(folder.resolve("other.zip"), DigitsRun.in(folder).lines(), 1, 2);
    assertRefused(
        command("resume", run, "model.stem=" + other),
        "--resume would go on with another stem",
        other.toString(),
        "Set model.stem to " + run + "/stem.zip");
    Path kept = folder.resolve("mine/stem.zip");
    Files.copy(other, kept, StandardCopyOption.REPLACE_EXISTING);
    assertRefused(command("resume", run), "stem.zip: its SHA-256 is", "Put back the file");
    Files.delete(kept);
    assertRefused(command("resume", run), "there is no stem.zip", "Put the file back");
  }

  @Test
  void aRunWithoutAStemDoesNotGoOnWithOne() {
    String[] bare = {
      "train",
      DIGITS.toString(),
      "--out",
      folder.resolve("bare").toString(),
      "--no-report",
      "train.epochs=1",
      "model.state=32",
      "train.checkpoint-every=1"
    };
    assertDone(command(bare));
    assertRefused(
        command("resume", folder.resolve("bare").toString(), "model.stem=" + stem),
        "another stem",
        "--overwrite");
  }

  @Test
  void withoutDl4jOnlyARunWithAStemIsRefused() throws Exception {
    JobProcess.Ended plain = withoutDl4j("plain", "train.epochs=1");
    assertThat(plain.code()).as(plain.output()).isZero();
    JobProcess.Ended refused = withoutDl4j("refused", "model.stem=" + stem);
    assertThat(refused.code()).as(refused.output()).isEqualTo(ExitCode.MISTAKE);
    assertThat(refused.output())
        .contains("command line: model.stem is " + stem)
        .contains("org.deeplearning4j:deeplearning4j-nn is not on the class path")
        .contains("--jars", "docs/dl4j.md")
        .doesNotContain("\tat ");
    assertThat(folder.resolve("refused")).doesNotExist();
  }

  @Test
  void anExecutorWithoutDl4jSaysSo() {
    Ended ended =
        train(
            "lacking",
            "--master",
            "local-cluster[1,1,1024]",
            "spark.conf.spark.executor.extraClassPath=" + classPathWithoutDl4j());
    assertRefused(
        ended, "on executor 0", "org.deeplearning4j:deeplearning4j-nn is not on the class path");
  }

  @Test
  void samplesOfAnotherWidthAreRefusedBeforeSparkStarts() {
    Ended ended = train("narrow", "data.features=63", "--master", "spark://nowhere.invalid:1");
    assertRefused(ended, "takes 64 numbers, but a sample of the data has 63");
  }

  private static String classPathWithoutDl4j() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.matches(".*(nd4j|deeplearning4j|bytedeco).*"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static JobProcess.Ended withoutDl4j(String name, String... settings) throws Exception {
    String classPath = classPathWithoutDl4j();
    List<String> arguments = new ArrayList<>(List.of("--threads", "1", "--no-report"));
    arguments.addAll(Arrays.asList(settings));
    return JobProcess.start(folder, name, classPath, DIGITS, List.of(), arguments).await();
  }
}
