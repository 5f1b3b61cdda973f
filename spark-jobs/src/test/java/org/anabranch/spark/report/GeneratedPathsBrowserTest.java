package org.anabranch.spark.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.anabranch.train.LocalFolder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page of a run that trained a generator of paths, as a browser has it. */
class GeneratedPathsBrowserTest {
  @TempDir static Path temporary;
  private static Chromium browser;
  private static JsonNode written;
  private static URI page;

  @BeforeAll
  static void opensTheBrowser() throws Exception {
    Optional<Path> program = Chromium.installed();
    assumeTrue(
        program.isPresent(),
        "skipped: no chromium, chromium-browser or google-chrome is on the PATH");
    browser = Chromium.start(program.get(), Files.createDirectory(temporary.resolve("profile")));
    LocalFolder folder = SamplePaths.at(temporary.resolve("run"));
    written = new JsonMapper().readTree(folder.read(RunRecords.PATHS));
    RunReport.write(folder);
    page = temporary.resolve("run").resolve(RunRecords.REPORT).toUri();
  }

  @AfterAll
  static void closesTheBrowser() {
    if (browser != null) {
      browser.close();
    }
  }

  @Test
  void everyChannelHasItsChartsAndTheyHaveInk() throws Exception {
    browser.open(page, 1280, 900, "light");
    JsonNode inked =
        browser.evaluate(
            "[...document.querySelectorAll('#paths .plot canvas')].map(c =>"
                + " c.getContext('2d').getImageData(0, 0, c.width, c.height).data.filter((v, i) =>"
                + " i % 4 === 3 && v > 0).length)");
    assertThat(inked).hasSize(2 + 2 * 4); // two over the rounds; of each channel four
    assertThat(inked).allSatisfy(pixels -> assertThat(pixels.asInt()).isGreaterThan(1000));
    assertThat(browser.evaluate("document.querySelectorAll('svg.histogram').length").asInt())
        .isEqualTo(2 * 5);
    assertThat(browser.evaluate("document.querySelectorAll('#paths figure h3 b').length").asInt())
        .isZero();
    assertThat(browser.evaluate("document.querySelector('#paths').textContent").asText())
        .contains(SamplePaths.HOSTILE + ": generated paths");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void theTableHasTheDistancesBesideTheirYardstick() throws Exception {
    browser.open(page, 1280, 900, "light");
    JsonNode rows =
        browser.evaluate(
            "[...document.querySelectorAll('#paths table')[0].querySelectorAll('tbody tr')].map(r"
                + " => [...r.children].slice(1).map(c => Number(c.textContent)))");
    String[] keys = {"ksLargest", "ksMean", "mmd", "mmdUnbiasedSquare"};
    String[] columns = {"distances", "yardstick", "untrained"};
    for (int row = 0; row < keys.length; row++) {
      for (int column = 0; column < columns.length; column++) {
        double expected = written.path(columns[column]).path(keys[row]).asDouble();
        assertThat(rows.path(row).path(column).asDouble())
            .isBetween(
                expected - 1e-3 * Math.abs(expected) - 1e-12,
                expected + 1e-3 * Math.abs(expected) + 1e-12);
      }
    }
    double accuracy = written.at("/classification/accuracy").asDouble();
    assertThat(browser.evaluate("document.querySelector('#paths').textContent").asText())
        .contains("accuracy%.1f %% ±".formatted(100 * accuracy));
  }

  @Test
  void realAndGeneratedPathsHaveOneScale() throws Exception {
    browser.open(page, 1280, 900, "light");
    JsonNode bars =
        browser.evaluate(
            "[...document.querySelectorAll('#paths"
                + " svg.histogram')[0].querySelectorAll('rect')].map(r =>"
                + " Number(r.getAttribute('height')))");
    JsonNode shares = written.at("/channels/0/histograms/0/real");
    assertThat(bars).hasSize(shares.size());
    int most = 0;
    for (int bin = 0; bin < shares.size(); bin++) {
      most = shares.get(bin).asDouble() > shares.get(most).asDouble() ? bin : most;
    }
    for (int bin = 0; bin < shares.size(); bin++) {
      double expected =
          bars.get(most).asDouble() * shares.get(bin).asDouble() / shares.get(most).asDouble();
      assertThat(bars.get(bin).asDouble()).isBetween(expected - 0.11, expected + 0.11);
    }
  }

  @Test
  void whatBelongsToClassifiersIsNotThere() throws Exception {
    browser.open(page, 1280, 900, "light");
    String text = browser.evaluate("document.body.textContent").asText();
    String shown =
        browser.evaluate("document.querySelector('main').innerText").asText()
            + browser.evaluate("document.querySelector('.figures').textContent").asText();
    assertThat(shown).doesNotContain("Accuracy").doesNotContain("Test accuracy");
    assertThat(shown)
        .doesNotContain("test values")
        .doesNotContain("Confusion")
        .doesNotContain("false");
    assertThat(text).contains("Signature MMD");
    assertThat(browser.evaluate("document.querySelectorAll('#learning figure').length").asInt())
        .isEqualTo(2); // loss and learning rate
  }

  @Test
  void aButtonHidesAllPathsOfAKind() throws Exception {
    browser.open(page, 1280, 900, "light");
    String figure =
        "[...document.querySelectorAll('#paths figure')].find(f => f.textContent.includes('40 real"
            + " paths'))";
    String inked =
        "(() => { const c = "
            + figure
            + ".querySelector('.plot canvas'); return c.getContext('2d').getImageData(0, 0,"
            + " c.width, c.height).data.filter((v, i) => i % 4 === 3 && v > 0).length; })()";
    int before = browser.evaluate(inked).asInt();
    assertThat(browser.evaluate(figure + ".querySelectorAll('button').length").asInt())
        .isEqualTo(1);
    browser.evaluate(figure + ".querySelector('button').click()");
    browser.awaits(inked + " < " + before / 3);
  }

  @ParameterizedTest
  @CsvSource({"1280, light", "1280, dark", "390, light"})
  void itFitsTheScreenAndItsTextCanBeRead(int width, String scheme) throws Exception {
    browser.open(page, width, 900, scheme);
    ReportBrowserTest.keepPicture(browser, "paths", width, scheme);
    browser.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })");
    browser.awaits("document.querySelectorAll('#paths details table').length > 8");
    assertThat(
            browser
                .evaluate(
                    "document.documentElement.scrollWidth - document.documentElement.clientWidth")
                .asInt())
        .isZero();
    assertThat(browser.evaluate(ReportBrowserTest.faint()).toString()).isEqualTo("[]");
  }
}
