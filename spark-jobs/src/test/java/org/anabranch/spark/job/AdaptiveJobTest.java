package org.anabranch.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.anabranch.spark.job.JobProcess.Ended;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Steps that each sample's error chooses, by the whole command, on the real digits. */
class AdaptiveJobTest {
  @TempDir static Path folder;

  private static Ended train(String name, String... settings) throws Exception {
    List<String> all = new ArrayList<>(List.of("train.epochs=3", "solver.stepping=adaptive"));
    all.addAll(List.of(settings));
    return JobProcess.start(folder, name, all).await();
  }

  private static String hash(String name) throws IOException {
    return JobProcess.summary(folder.resolve(name)).path("parametersSha256").asText();
  }

  @ParameterizedTest
  @CsvSource({"dopri5, automatic", "alf, reversible", "dopri5, backsolve"})
  void partitionsDoNotChangeABit(String method, String gradient) throws Exception {
    String one = method + gradient + "1";
    String three = method + gradient + "3";
    String[] settings = {"solver.method=" + method, "gradient=" + gradient, "--partitions", "1"};
    Ended ended = train(one, settings);
    assertThat(ended.code()).as(ended.output()).isZero();
    settings[3] = "3";
    ended = train(three, settings);
    assertThat(ended.code()).as(ended.output()).isZero();
    assertThat(hash(three)).hasSize(64).isEqualTo(hash(one));
    JsonNode metrics = JobProcess.summary(folder.resolve(one)).path("metrics");
    assertThat(metrics.path("test.accuracy").asDouble()).isGreaterThan(0.8);
  }

  @Test
  void samplesThatTryTooManyStepsAreNamedWithTheReason() throws Exception {
    Ended ended = train("few", "solver.method=dopri5", "solver.max-steps=1", "solver.rtol=1e-7");
    assertThat(ended.code()).isNotZero();
    assertThat(ended.output()).contains("the limit of steps was reached").contains("accepted");
  }
}
