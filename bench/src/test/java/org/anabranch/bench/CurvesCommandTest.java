package org.anabranch.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
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
    int two = drawn("one=" + folder, "8 steps=" + folder);
    assertThat(two).isGreaterThan(one);
    int mean = drawn("one=" + folder, "one=" + folder, "8 steps=" + folder);
    assertThat(mean).isGreaterThan(two); // both runs as thin lines, and their mean
  }

  @Test
  void runsOfOneLabelAreOneRowOfMeansAndRanges() throws IOException {
    LearningCurve one = curve(List.of(640L, 1280L), List.of(0.5, 0.75), 4);
    LearningCurve other = curve(List.of(640L, 1282L), List.of(0.96, 0.85), 8);
    SeedCurves curves = new SeedCurves("k", List.of(one, other));
    assertThat(curves.samples()).containsExactly(640.0, 1281.0);
    assertThat(curves.accuracies().get(1)).isCloseTo(0.8, within(1e-12));
    assertThat(curves.row(0.95))
        .isEqualTo(
            "| k | 2 | 2 | 3000.0 (2000.0-4000.0) | not reached | 85.5 % (75.0-96.0) | 80.0 % (75.0-85.0) |\n");
    assertThat(new SeedCurves("k", List.of(other)).row(0.95)).contains("| 640 | 96.0 % |");
  }

  private static LearningCurve curve(List<Long> samples, List<Double> accuracies, double seconds) {
    return new LearningCurve("k", samples, accuracies, 2, seconds);
  }

  @Test
  void runsOfDifferentLengthsHaveNoMean() {
    LearningCurve one = curve(List.of(640L), List.of(0.5), 4);
    LearningCurve other = curve(List.of(640L, 1282L), List.of(0.96, 0.85), 8);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SeedCurves("k", List.of(one, other)))
        .withMessageContaining("k: its runs have [1, 2] evaluations");
  }

  @Test
  void aRunWithoutALabelIsRefused() {
    StringWriter errors = new StringWriter();
    int code =
        BenchCommand.commandLine()
            .setErr(new PrintWriter(errors))
            .execute("curves", folder.toString());
    assertThat(code).isEqualTo(2);
    assertThat(errors.toString()).contains("is no LABEL=FOLDER");
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
