package org.anabranch.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.anabranch.spark.job.JobProcess.Ended;
import org.anabranch.train.Safetensors;
import org.anabranch.train.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Averaging over four logical workers by the whole command, on the real digits: 72 steps in 15
 * rounds, the last of them shorter.
 */
class AveragingJobTest {
  private static final int ROUNDS = 15;
  @TempDir static Path folder;
  private static String expected = "";

  @BeforeAll
  static void trainsOnOneThread() throws Exception {
    Ended ended = averaging("one", "--threads", "1", "--partitions", "1").await();
    assertThat(ended.code()).as(ended.output()).isZero();
    expected = hash("one");
    assertThat(expected).hasSize(64);
  }

  @Test
  void summaryAndMetricsCountRoundsAndSamples() throws Exception {
    Path out = folder.resolve("one");
    assertThat(JobProcess.summary(out).path("rounds").asLong()).isEqualTo(ROUNDS);
    assertThat(JobProcess.summary(out).path("metrics").path("test.accuracy").asDouble())
        .isGreaterThan(0.8);
    List<String> metrics = Files.readAllLines(out.resolve("metrics.jsonl"));
    // Evaluated after the round that completes the fifth epoch, step 60, and at the end.
    assertThat(metrics).hasSize(ROUNDS + 2);
    assertThat(metrics.get(12)).startsWith("{\"round\":12,\"test.loss\"");
    // Five steps of 128 samples, but for the last block of the data, which lacks two.
    assertThat(metrics.get(0)).contains("\"train.loss\"").contains("\"samples\":638,");
    assertThat(metrics.get(ROUNDS)).contains("\"samples\":%d,".formatted(6 * 1438));
  }

  @ParameterizedTest
  @CsvSource({"local[2], 2", "local[2], 3", "local[1], 7"})
  void partitionsAndThreadsDoNotChangeABit(String master, int partitions) throws Exception {
    String name = "p" + partitions;
    String count = String.valueOf(partitions);
    Ended ended = averaging(name, "--master", master, "--partitions", count).await();
    assertThat(ended.code()).as(ended.output()).isZero();
    assertThat(hash(name)).isEqualTo(expected);
  }

  @Test
  void anotherNumberOfWorkersIsAnotherResult() throws Exception {
    Ended ended = averaging("two", "--threads", "1", "train.workers=2").await();
    assertThat(ended.code()).as(ended.output()).isZero();
    assertThat(hash("two")).isNotEqualTo(expected);
  }

  @Test
  void anExecutorKilledInMidRoundDoesNotChangeABit() throws Exception {
    JobProcess job = averaging("cluster", "--master", "local-cluster[2,1,1024]");
    try {
      job.awaitRounds(3);
      job.killAnExecutor();
      Ended ended = job.await();
      assertThat(ended.code()).as(ended.output()).isZero();
    } finally {
      job.process().destroyForcibly();
    }
    assertThat(hash("cluster")).isEqualTo(expected);
  }

  @Test
  void aKilledRunResumesAndEndsWithTheSameParameters() throws Exception {
    for (int rounds : new int[] {1, 6, 11}) {
      JobProcess job = averaging("killed", "--threads", "2", "--resume");
      job.awaitRounds(rounds);
      job.process().destroyForcibly().waitFor();
      assertThat(JobProcess.summary(folder.resolve("killed")).path("status").asText())
          .isEqualTo("running");
    }
    Ended ended = averaging("killed", "--threads", "2", "--resume").await();
    assertThat(ended.code()).as(ended.output()).isZero();
    assertThat(ended.output()).contains("Going on after round");
    assertThat(hash("killed")).isEqualTo(expected);
    assertThat(Files.readAllLines(folder.resolve("killed/metrics.jsonl"))).hasSize(ROUNDS + 2);
  }

  @ParameterizedTest
  @CsvSource({"float32", "float64"})
  void oneLocalStepOfPlainSgdIsWithinAMillionthOfGradientMode(String precision) throws Exception {
    List<String> sgd =
        List.of(
            "--threads=2",
            "train.optimiser=sgd",
            "train.learning-rate=0.1",
            "train.epochs=6",
            "precision=" + precision);
    List<String> averaging = new ArrayList<>(sgd);
    averaging.addAll(List.of("train.mode=averaging", "train.workers=4", "train.local-steps=1"));
    Ended gradients = JobProcess.start(folder, "g" + precision, sgd).await();
    assertThat(gradients.code()).as(gradients.output()).isZero();
    Ended averages = JobProcess.start(folder, "a" + precision, averaging).await();
    assertThat(averages.code()).as(averages.output()).isZero();
    Safetensors summed = parameters("g" + precision);
    Safetensors averaged = parameters("a" + precision);
    for (String name : summed.tensors().keySet()) {
      assertThat(distance(averaged, summed, name)).as(name).isLessThan(1e-6);
    }
    assertThat(distance(parameters("one"), summed, "head.weight")).isGreaterThan(1e-3);
  }

  @Test
  void moreWorkersThanBlocksAreRefused() throws Exception {
    Ended ended =
        averaging("many", "--threads", "1", "train.workers=64", "train.batch-size=2048").await();
    assertThat(ended.code()).as(ended.output()).isEqualTo(ExitCode.MISTAKE);
    assertThat(ended.output())
        .contains("train.workers is 64, but there are 45 blocks")
        .doesNotContain("\tat ");
  }

  private static JobProcess averaging(String name, String... arguments) throws IOException {
    List<String> all =
        new ArrayList<>(
            List.of(
                "train.mode=averaging",
                "train.workers=4",
                "train.local-steps=5",
                "train.epochs=6",
                "train.checkpoint-every=2"));
    all.addAll(List.of(arguments));
    return JobProcess.start(folder, name, all);
  }

  private static String hash(String name) throws IOException {
    return JobProcess.summary(folder.resolve(name)).path("parametersSha256").asText();
  }

  private static Safetensors parameters(String name) throws IOException {
    byte[] file = Files.readAllBytes(folder.resolve(name).resolve("parameters.safetensors"));
    return Safetensors.read(file, name);
  }

  /** The largest difference of a tensor's numbers, as a share of the largest of them. */
  private static double distance(Safetensors one, Safetensors other, String name) {
    double[] a = numbers(one.tensors().get(name));
    double[] b = numbers(other.tensors().get(name));
    double difference = 0;
    double largest = 0;
    for (int i = 0; i < a.length; i++) {
      difference = Math.max(difference, Math.abs(a[i] - b[i]));
      largest = Math.max(largest, Math.abs(b[i]));
    }
    return difference / largest;
  }

  private static double[] numbers(Tensor tensor) {
    if (tensor.type() == Tensor.Type.F64) {
      return tensor.doubles();
    }
    float[] floats = tensor.floats();
    double[] numbers = new double[floats.length];
    for (int i = 0; i < floats.length; i++) {
      numbers[i] = floats[i];
    }
    return numbers;
  }
}
