package org.anabranch.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.anabranch.spark.job.JobProcess.Ended;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Steps of the leapfrog that are too large for the field, by the whole command. */
class UnstableJobTest {
  @TempDir static Path folder;

  private static Ended train(String name, String... settings) throws Exception {
    List<String> all =
        new ArrayList<>(List.of("train.epochs=3", "solver.end-time=30", "solver.steps=6"));
    all.addAll(List.of(settings));
    return JobProcess.start(folder, name, all).await();
  }

  @Test
  void aRunGoesOverToAStableMethodAndItsModelSaysSo() throws Exception {
    List<String> hashes = new ArrayList<>();
    for (String partitions : List.of("1", "3")) {
      String name = "switched" + partitions;
      Ended ended = train(name, "solver.when-unstable=switch", "--partitions", partitions);
      assertThat(ended.code()).as(ended.output()).isZero();
      assertThat(ended.output())
          .containsOnlyOnce("the run goes on with a method that is stable")
          .doesNotContain("samples failed");
      JsonNode summary = JobProcess.summary(folder.resolve(name));
      hashes.add(summary.path("parametersSha256").asText());
      JsonNode model = new JsonMapper().readTree(folder.resolve(name + "/model.json").toFile());
      assertThat(model.path("settings").path("method").asText()).isEqualTo("coupled-heun");
      assertThat(model.path("settings").path("decayRate").asDouble()).isEqualTo(2 * 6 / 30.0);
    }
    assertThat(hashes.get(0)).hasSize(64).isEqualTo(hashes.get(1));
  }

  @Test
  void aRunThatIsToStopStopsWithTheReason() throws Exception {
    Ended ended = train("stopped", "solver.when-unstable=stop");
    assertThat(ended.code()).isNotZero();
    assertThat(ended.output())
        .contains("round 1: in its worst sample the parasitic mode is")
        .contains("take more steps");
  }

  @Test
  void aWarningIsGivenOnce() throws Exception {
    Ended ended = train("warned", "gradient=binomial", "gradient-states=2");
    assertThat(ended.code()).as(ended.output()).isZero();
    assertThat(ended.output()).containsOnlyOnce("warning: round 1: in its worst sample");
  }
}
