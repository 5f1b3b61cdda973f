package org.anabranch.spark.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.anabranch.train.RunFolder;

/**
 * What a run's folder holds, as one JSON object for the page. What is missing is left out; what
 * cannot be read is left out and named under {@code gaps}.
 */
final class RunData {
  /** More rounds than these cannot be told apart on a screen: every second, third, … is kept. */
  static final int MOST_ROUNDS = 2000;

  private static final JsonMapper JSON = new JsonMapper();
  private static final List<String> DOCUMENTS =
      List.of(
          RunRecords.SUMMARY,
          RunRecords.PROVENANCE,
          RunRecords.EVALUATION,
          RunRecords.TRAJECTORIES,
          RunRecords.PATHS,
          RunRecords.EXECUTION);

  private final RunFolder folder;
  private final ObjectNode content = JSON.createObjectNode();
  private final ArrayNode gaps = content.putArray("gaps");

  private RunData(RunFolder folder) {
    this.folder = folder;
  }

  /** All that is there, of very many rounds some. */
  static RunData of(RunFolder folder) throws IOException {
    return read(folder, 0, MOST_ROUNDS);
  }

  /**
   * The same with every line of the metrics that a reader does not have yet.
   *
   * @param line so many lines are known
   */
  static RunData after(RunFolder folder, int line) throws IOException {
    return read(folder, line, Integer.MAX_VALUE);
  }

  private static RunData read(RunFolder folder, int line, int most) throws IOException {
    RunData data = new RunData(folder);
    data.content.put("location", folder.location());
    for (String name : DOCUMENTS) {
      data.document(name);
    }
    List<JsonNode> metrics = data.lines(RunRecords.METRICS);
    data.content.put("metricLines", metrics.size());
    data.metrics(metrics.subList(Math.min(line, metrics.size()), metrics.size()), most);
    data.content.putArray("badRecords").addAll(data.lines(RunRecords.BAD_RECORDS));
    if (folder.exists(RunRecords.FAILURE)) {
      data.content.put("failure", data.text(RunRecords.FAILURE));
    }
    return data;
  }

  ObjectNode content() {
    return content;
  }

  private void document(String name) throws IOException {
    if (!folder.exists(name)) {
      return;
    }
    try {
      content.set(name.substring(0, name.indexOf('.')), JSON.readTree(folder.read(name)));
    } catch (JsonProcessingException e) {
      gaps.add("%s is damaged: %s".formatted(name, e.getOriginalMessage()));
    }
  }

  /** The whole lines of a log; a process that was killed may have cut the last one short. */
  private List<JsonNode> lines(String name) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    if (!folder.exists(name)) {
      return lines;
    }
    String text = text(name);
    int damaged = 0;
    for (String line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
      try {
        lines.add(JSON.readTree(line));
      } catch (JsonProcessingException e) {
        damaged++;
      }
    }
    if (damaged > 0) {
      gaps.add("%s: %d damaged lines are left out".formatted(name, damaged));
    }
    return lines;
  }

  private String text(String name) throws IOException {
    return new String(folder.read(name), StandardCharsets.UTF_8);
  }

  /** All evaluations, and so many rounds that they can be told apart. */
  private void metrics(List<JsonNode> lines, int most) {
    long rounds = lines.stream().filter(line -> line.has("train.loss")).count();
    int every = (int) Math.max(1, (rounds + most - 1) / most);
    ArrayNode kept = content.putArray("metrics");
    long seen = 0;
    for (JsonNode line : lines) {
      if (!line.has("train.loss")) {
        kept.add(line);
      } else if (++seen % every == 0 || seen == rounds || seen == 1) {
        kept.add(line);
      }
    }
    content.put("everyRound", every);
  }
}
