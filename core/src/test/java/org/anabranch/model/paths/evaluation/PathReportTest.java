package org.anabranch.model.paths.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.anabranch.model.paths.PathSet;
import org.junit.jupiter.api.Test;

class PathReportTest {
  private static final OrnsteinUhlenbeck LAW = OrnsteinUhlenbeck.USUAL;
  private static final EvaluationOptions OPTIONS =
      EvaluationOptions.defaults().withNetworks(NetworkOptions.defaults().withEpochs(0));

  @Test
  void hasScoresPathsAndLawsOfEachChannel() throws JsonProcessingException {
    PathSet test = LAW.paths(60, 2);
    PathSet fake = LAW.paths(70, 3);
    PathEvaluation evaluation = PathEvaluation.of(LAW.paths(50, 1), test, fake, OPTIONS, 1);
    JsonNode json = readBack(PathReport.json(evaluation, test, fake));
    assertThat(json.at("/sets/fake").asInt()).isEqualTo(70);
    assertThat(json.at("/distances/mmd").asDouble())
        .isCloseTo(evaluation.distances().mmd(), within(1e-5));
    assertThat(json.at("/yardstick/ksMean").asDouble())
        .isCloseTo(evaluation.yardstick().ksMean(), within(1e-5));
    assertThat(json.path("times")).hasSize(33);
    JsonNode channel = json.at("/channels/0");
    assertThat(channel.path("name").asText()).isEqualTo("x");
    assertThat(channel.path("real")).hasSize(PathReport.SHOWN);
    assertThat(channel.at("/fake/3/7").asDouble()).isCloseTo(fake.value(3, 7, 0), within(1e-4));
    assertThat(channel.at("/fakeFan")).hasSize(5);
    assertThat(channel.at("/realAutocorrelation/0").asDouble()).isEqualTo(1);
    assertThat(channel.at("/histograms")).hasSize(5);
    assertThat(channel.at("/histograms/1/time").asDouble()).isEqualTo(1);
    assertThat(json.has("classification")).isFalse();
    assertThat(json.has("history")).isFalse();
  }

  @Test
  void whatIsNoNumberIsNull() throws JsonProcessingException {
    PathSet test = OrnsteinUhlenbeck.withGaps(LAW.paths(9, 2), 0.5, 1);
    float[] infinite = new float[33];
    infinite[4] = Float.NEGATIVE_INFINITY;
    PathSet fake = new PathSet(LAW.shape(), infinite, new float[0]);
    PathEvaluation evaluation = PathEvaluation.of(LAW.paths(9, 1), test, fake, OPTIONS, 1);
    JsonNode json = readBack(PathReport.json(evaluation, test, fake));
    assertThat(json.at("/sets/lost").asInt()).isEqualTo(1);
    assertThat(json.at("/distances/mmd").isNull()).isTrue();
    assertThat(json.at("/channels/0/fake/0/4").isNull()).isTrue();
    assertThat(json.toString()).doesNotContain("NaN").doesNotContain("Infinity");
  }

  @Test
  void longPathsAreThinned() throws JsonProcessingException {
    OrnsteinUhlenbeck law = new OrnsteinUhlenbeck(1, 0, 1, 1001);
    PathSet test = law.paths(4, 2);
    PathEvaluation evaluation = PathEvaluation.of(law.paths(4, 1), test, test, OPTIONS, 1);
    JsonNode json = readBack(PathReport.json(evaluation, test, test));
    assertThat(json.path("times")).hasSize(200);
    assertThat(json.at("/channels/0/real/0")).hasSize(200);
    assertThat(json.at("/channels/0/realFan/2")).hasSize(200);
    assertThat(json.at("/times/199").asDouble()).isEqualTo(4);
  }

  @Test
  void hasTheNetworksScoresAndTheHistory() throws JsonProcessingException {
    EvaluationOptions options = OPTIONS.withNetworks(NetworkOptions.defaults().withSteps(2));
    PathSet test = LAW.paths(9, 2);
    PathEvaluation evaluation = PathEvaluation.of(LAW.paths(9, 1), test, test, options, 1);
    List<RoundScores> history =
        List.of(
            new RoundScores(0, new Distances(1, 0.5, 2, 4)),
            new RoundScores(10, new Distances(0.3, 0.2, 1, Double.NaN)));
    JsonNode json = readBack(PathReport.json(evaluation, test, test, history));
    assertThat(json.at("/classification/testPaths").asInt()).isEqualTo(5);
    assertThat(json.at("/prediction/trainedOnFake").isNumber()).isTrue();
    assertThat(json.at("/history/1/round").asInt()).isEqualTo(10);
    assertThat(json.at("/history/1/mmd").asDouble()).isEqualTo(1);
    assertThat(json.at("/history/1/mmdUnbiasedSquare").isNull()).isTrue();
  }

  private static JsonNode readBack(ObjectNode json) throws JsonProcessingException {
    return new JsonMapper().readTree(json.toString());
  }
}
