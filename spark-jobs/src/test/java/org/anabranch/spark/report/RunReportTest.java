package org.anabranch.spark.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.anabranch.train.LocalFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunReportTest {
  @TempDir private Path path;

  @Test
  void thePageNamesNoOtherPlaceAndItsPolicyAllowsNoConnection() throws Exception {
    String page = page(SampleRun.at(path));
    assertThat(page).contains("connect-src 'none'").doesNotContain("<link rel=\"stylesheet\"");
    assertThat(page).doesNotContainPattern("(src|href)=\"?https?:").doesNotContain("@import");
    assertThat(page).doesNotContain("{{").doesNotContainPattern(" on[a-z]+=\"");
  }

  @Test
  void thePolicyHasTheHashOfEveryScriptAndOfTheStyle() throws Exception {
    String page = page(SampleRun.at(path));
    Matcher parts = Pattern.compile("<(script|style)>(.*?)</\\1>", Pattern.DOTALL).matcher(page);
    int found = 0;
    while (parts.find()) {
      byte[] content = parts.group(2).getBytes(StandardCharsets.UTF_8);
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      assertThat(page).contains("'sha256-" + Base64.getEncoder().encodeToString(digest) + "'");
      found++;
    }
    assertThat(found).isEqualTo(3);
    assertThat(page).doesNotContain("unsafe-inline").doesNotContain("unsafe-eval");
  }

  @Test
  void textThatEndsAScriptStaysInsideTheIsland() throws Exception {
    LocalFolder folder = SampleRun.at(path);
    JsonNode data = island(page(folder));
    assertThat(data.path("summary").path("name").asText()).isEqualTo("sample " + SampleRun.ENDING);
    assertThat(data.path("badRecords").get(0).path("reason").asText()).isEqualTo(SampleRun.HOSTILE);
  }

  @Test
  void anEmptyFolderAndDamagedFilesGiveAPageThatNamesTheGaps() throws Exception {
    LocalFolder folder = LocalFolder.open(path);
    assertThat(island(page(folder)).path("metrics")).isEmpty();
    Files.writeString(path.resolve("summary.json"), "{\"status\": \"runn");
    Files.writeString(
        path.resolve("metrics.jsonl"),
        SampleRun.round(1) + "\n{\"round\":\n" + SampleRun.round(2) + "\n{\"round\":3,\"tr");
    JsonNode data = island(page(folder));
    assertThat(data.path("metrics")).hasSize(2);
    assertThat(data.path("gaps").get(0).asText()).startsWith("summary.json is damaged");
    assertThat(data.path("gaps").get(1).asText())
        .isEqualTo("metrics.jsonl: 1 damaged lines are left out");
  }

  @Test
  void ofVeryManyRoundsSomeAreKeptAndEveryEvaluation() throws Exception {
    LocalFolder folder = LocalFolder.open(path);
    List<String> lines =
        IntStream.rangeClosed(1, 9000)
            .mapToObj(
                round ->
                    round % 1500 == 7
                        ? "{\"round\":%d,\"test.loss\":1}".formatted(round)
                        : SampleRun.round(round))
            .collect(Collectors.toList());
    folder.append(RunRecords.METRICS, lines);
    JsonNode data = island(page(folder));
    assertThat(data.path("everyRound").asInt()).isEqualTo(5);
    int tests = 0;
    for (JsonNode line : data.path("metrics")) {
      tests += line.has("test.loss") ? 1 : 0;
    }
    assertThat(tests).isEqualTo(6);
    assertThat(data.path("metrics").size()).isBetween(1790, 1810);
    JsonNode metrics = data.path("metrics");
    assertThat(metrics.get(0).path("round").asInt()).isEqualTo(1);
    assertThat(metrics.get(metrics.size() - 1).path("round").asInt()).isEqualTo(9000);
  }

  @Test
  void itIsWrittenIntoTheFolder() throws Exception {
    LocalFolder folder = SampleRun.at(path);
    RunReport.write(folder);
    assertThat(Files.readString(path.resolve("report.html"))).startsWith("<!doctype html>");
  }

  private static String page(LocalFolder folder) throws Exception {
    return new String(RunReport.page(folder), StandardCharsets.UTF_8);
  }

  private static JsonNode island(String page) throws Exception {
    String start = "<script type=\"application/json\" id=\"run\">";
    int from = page.indexOf(start) + start.length();
    return new JsonMapper().readTree(page.substring(from, page.indexOf("</script>", from)));
  }
}
