package org.anabranch.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

class CurvesCommandTest {
  private static final String METRICS =
      """
      {"round":1,"train.loss":2.3,"train.accuracy":0.1,"samples":640,"seconds":0.5}
      {"round":2,"train.loss":1.3,"train.accuracy":0.5,"samples":1280,"seconds":0.75}
      {"round":2,"test.loss":1.2,"test.accuracy":0.625}
      {"round":3,"train.loss":0.3,"train.accuracy":0.9,"samples":1438,"seconds":1.0}
      {"round":3,"test.loss":0.2,"test.accuracy":0.96875}
      """;

  @TempDir Path folder;

  @Test
  void aCurveTakesAnEvaluationsSamplesFromTheRoundBeforeIt() throws IOException {
    Files.writeString(folder.resolve("metrics.jsonl"), METRICS);
    LearningCurve curve = LearningCurve.read("k", folder);
    assertThat(curve.samples()).containsExactly(1280L, 1438L);
    assertThat(curve.accuracies()).containsExactly(0.625, 0.96875);
    assertThat(curve.rounds()).isEqualTo(3);
    assertThat(curve.seconds()).isEqualTo(1);
    assertThat(curve.samplesTo(0.95)).isEqualTo(1438);
    assertThat(curve.samplesTo(0.99)).isEqualTo(-1);
  }

  @Test
  void aRunWithoutEvaluationsIsRefused() throws IOException {
    Files.writeString(folder.resolve("metrics.jsonl"), METRICS.lines().findFirst().orElseThrow());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LearningCurve.read("k", folder))
        .withMessageContaining("has no evaluation");
  }

  /** Names are drawn as outlines, so that the chart looks the same without its fonts. */
  @Test
  void everyRunIsDrawn() throws Exception {
    Files.writeString(folder.resolve("metrics.jsonl"), METRICS);
    int one = drawn("one=" + folder);
    assertThat(drawn("one=" + folder, "8 steps=" + folder)).isGreaterThan(one);
  }

  /** The elements of the chart, which must be well-formed. */
  private int drawn(String... runs) throws Exception {
    Path svg = folder.resolve("chart.svg");
    List<String> arguments = new ArrayList<>(List.of("curves", "--svg", svg.toString()));
    arguments.addAll(List.of(runs));
    int code = BenchCommand.commandLine().execute(arguments.toArray(String[]::new));
    assertThat(code).isZero();
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
    Document document = factory.newDocumentBuilder().parse(svg.toFile());
    assertThat(document.getDocumentElement().getTagName()).isEqualTo("svg");
    return document.getElementsByTagName("*").getLength();
  }
}
