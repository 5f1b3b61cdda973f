package org.anabranch.spark.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.anabranch.train.LocalFolder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page as a browser has it. {@code -Danabranch.pictures=DIR} keeps what it looks like. */
class ReportBrowserTest {
  private static final Set<String> NAMED =
      Set.of(
          "button", "link", "image", "region", "img", "navigation", "figure", "DisclosureTriangle");

  @TempDir static Path temporary;
  private static Chromium browser;
  private static LocalFolder folder;
  private static URI page;

  @BeforeAll
  static void opensTheBrowser() throws Exception {
    Optional<Path> program = Chromium.installed();
    assumeTrue(
        program.isPresent(),
        "skipped: no chromium, chromium-browser or google-chrome is on the PATH");
    browser = Chromium.start(program.get(), Files.createDirectory(temporary.resolve("profile")));
    folder = SampleRun.at(temporary.resolve("run"));
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
  void everyChartHasInkOnItsCanvas() throws Exception {
    browser.open(page, 1280, 900, "light");
    JsonNode inked =
        browser.evaluate(
            "[...document.querySelectorAll('.plot canvas')].map(c => c.getContext('2d').getImageData(0, 0, c.width, c.height).data.filter((v, i) => i % 4 === 3 && v > 0).length)");
    assertThat(inked).hasSize(6); // loss, accuracy, rate, probability, two of the solver
    assertThat(inked).allSatisfy(pixels -> assertThat(pixels.asInt()).isGreaterThan(1000));
  }

  @Test
  void aMisclassifiedImageHasThePixelsOfItsFeatures() throws Exception {
    browser.open(page, 1280, 900, "light");
    assertThat(
            browser
                .evaluate(
                    "[...document.querySelector('.images canvas').getContext('2d').getImageData(0, 0, 4, 4).data].filter((v, i) => i % 4 === 0)")
                .toString())
        .isEqualTo("[255,255,255,255,0,0,0,0,127,127,127,127,255,0,255,0]");
  }

  @Test
  void theTablesRepeatTheMetricsAndTheConfusion() throws Exception {
    browser.open(page, 1280, 900, "light");
    browser.evaluate("document.querySelector('#learning details summary').click()");
    browser.awaits("document.querySelector('#learning details table')");
    JsonNode rows = cells("#learning details table tbody tr");
    assertThat(rows).hasSize(SampleRun.ROUNDS);
    assertThat(rows.get(0).toString()).isEqualTo("[\"1\",\"2.5\",\"–\"]");
    assertThat(rows.get(2).toString()).isEqualTo("[\"3\",\"–\",\"–\"]"); // the loss was not finite
    assertThat(rows.get(9).toString()).isEqualTo("[\"10\",\"0.25\",\"0.5\"]");
    JsonNode confusion = cells(".confusion tbody tr");
    assertThat(confusion.get(0).toString()).isEqualTo("[\"0\",\"7\",\"1\",\"88\"]");
    assertThat(confusion.get(1).toString()).isEqualTo("[\"1\",\"2\",\"6\",\"75\"]");
    assertThat(browser.evaluate("document.querySelector('.figures').textContent").asText())
        .contains("Test accuracy81.25 %", "Rounds40", "Samples5,120");
  }

  @Test
  void textThatWouldLikeToBeMarkupIsShownAsText() throws Exception {
    browser.open(page, 1280, 900, "light");
    browser.evaluate("document.querySelector('#failure summary').click()");
    browser.awaits("document.querySelector('#failure pre')");
    assertThat(browser.evaluate("document.querySelector('#data').textContent").asText())
        .contains(SampleRun.HOSTILE, SampleRun.ENDING);
    assertThat(browser.evaluate("document.querySelector('#failure pre').textContent").asText())
        .contains(SampleRun.ENDING);
    assertThat(browser.evaluate("document.querySelectorAll('img, b, script').length").asInt())
        .isEqualTo(3); // the island, the library and the page's own
    assertThat(browser.evaluate("document.title").asText()).startsWith("sample </script>");
  }

  @Test
  void nothingIsAskedOfAnyPlaceAndNothingIsComplainedOf() throws Exception {
    browser.open(page, 1280, 900, "light");
    assertThat(browser.requests())
        .isNotEmpty()
        .allSatisfy(
            request -> assertThat(request).matches("data:.*|" + Pattern.quote(page.toString())));
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void aScriptThatIsNotOfThePageIsRefused() throws Exception {
    browser.open(page, 1280, 900, "light");
    browser.evaluate(
        "(() => { const s = document.createElement('script'); s.textContent = 'window.foreign = 1'; document.body.append(s); })()");
    assertThat(browser.evaluate("window.foreign === undefined").asBoolean()).isTrue();
    assertThat(browser.complaints()).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1280, light", "1280, dark", "390, light", "390, dark"})
  void itFitsTheScreenAndItsTextCanBeRead(int width, String scheme) throws Exception {
    browser.open(page, width, 900, scheme);
    browser.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })");
    browser.awaits("document.querySelectorAll('details table').length > 5");
    assertThat(
            browser
                .evaluate(
                    "document.documentElement.scrollWidth - document.documentElement.clientWidth")
                .asInt())
        .isZero();
    assertThat(browser.evaluate("innerWidth").asInt()).isEqualTo(width);
    assertThat(browser.evaluate(faint()).toString()).isEqualTo("[]");
    keepPicture(browser, "report", width, scheme);
  }

  @Test
  void theKeyboardReachesEveryControlInTheOrderOfThePage() throws Exception {
    browser.open(page, 1280, 900, "light");
    int controls =
        browser
            .evaluate("document.querySelectorAll('a, button, summary, [tabindex=\"0\"]').length")
            .asInt();
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < controls; i++) {
      browser.press("Tab");
      order.add(
          browser
              .evaluate(
                  "[...document.querySelectorAll('a, button, summary, [tabindex=\"0\"]')].indexOf(document.activeElement)")
              .asInt());
    }
    assertThat(order).isSorted().doesNotHaveDuplicates().hasSize(controls).startsWith(0);
  }

  @Test
  void aScreenReaderHasANameForEveryPart() throws Exception {
    browser.open(page, 1280, 900, "light");
    Set<String> found = new TreeSet<>();
    for (JsonNode node : browser.accessibility()) {
      String role = node.path("role").path("value").asText();
      if (!node.path("ignored").asBoolean() && NAMED.contains(role)) {
        assertThat(node.path("name").path("value").asText()).as(node.toString()).isNotBlank();
        found.add(role);
      }
    }
    assertThat(found).contains("button", "link", "image", "region", "navigation", "figure");
    assertThat(browser.evaluate("document.documentElement.lang").asText()).isEqualTo("en");
    assertThat(
            browser
                .evaluate("[...document.querySelectorAll('th')].every(h => h.scope)")
                .asBoolean())
        .isTrue();
  }

  @Test
  void arrowKeysReadTheValuesOfAChart() throws Exception {
    browser.open(page, 1280, 900, "light");
    browser.evaluate("document.querySelector('#learning .plot').focus()");
    browser.press("ArrowRight");
    browser.awaits(
        "document.querySelector('#learning .readout').textContent.startsWith('Round 1: ')");
    browser.press("End");
    browser.awaits("document.querySelector('#learning .readout').textContent.includes('test 0.5')");
    assertThat(
            browser.evaluate("document.querySelector('#learning .readout').textContent").asText())
        .startsWith("Round 40: ")
        .contains("0.0625");
  }

  @Test
  void aButtonHidesItsSeries() throws Exception {
    browser.open(page, 1280, 900, "light");
    String inked =
        "(() => { const c = document.querySelector('#learning .plot canvas'); return c.getContext('2d').getImageData(0, 0, c.width, c.height).data.filter((v, i) => i % 4 === 3 && v > 0).length; })()";
    int before = browser.evaluate(inked).asInt();
    browser.evaluate("document.querySelector('#learning button').focus()");
    browser.press("Enter");
    browser.awaits(
        "document.querySelector('#learning button').getAttribute('aria-pressed') === 'false'");
    browser.awaits(inked + " < " + before);
  }

  /**
   * The first loss on validation samples gives the charts a line more, also while the page lives.
   */
  @Test
  void validationIsDrawnBesideTrainingAndTest() throws Exception {
    LocalFolder validated = SampleRun.at(temporary.resolve("validated"));
    try (LiveReport live = LiveReport.of(validated, OptionalInt.of(0))) {
      browser.open(live.address().orElseThrow(), 1280, 900, "light");
      String buttons =
          "[...document.querySelectorAll('#learning figure:first-of-type button')].map(b => b.textContent)";
      assertThat(browser.evaluate(buttons).toString()).doesNotContain("validation");
      validated.append(
          RunRecords.METRICS,
          "{\"round\":10,\"validation.loss\":0.75,\"validation.accuracy\":0.625}");
      browser.awaits(buttons + ".includes('validation')");
      browser.evaluate("document.querySelector('#learning details summary').click()");
      browser.awaits("document.querySelector('#learning details table')");
      assertThat(cells("#learning details table tbody tr").get(9).toString())
          .isEqualTo("[\"10\",\"0.25\",\"0.75\",\"0.5\"]");
      assertThat(browser.complaints()).isEmpty();
    }
    RunReport.write(validated);
    browser.open(
        temporary.resolve("validated").resolve(RunRecords.REPORT).toUri(), 1280, 900, "light");
    assertThat(browser.evaluate("document.querySelector('#learning').textContent").asText())
        .contains("validation values of all validation samples");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void aLivePageShowsNewRoundsAndAsksOnlyItsOwnServer() throws Exception {
    LocalFolder growing = SampleRun.at(temporary.resolve("growing"));
    try (LiveReport live = LiveReport.of(growing, OptionalInt.of(0))) {
      URI address = live.address().orElseThrow();
      browser.open(address, 1280, 900, "light");
      growing.append(RunRecords.METRICS, SampleRun.round(41));
      browser.evaluate("document.querySelector('#learning details summary').click()");
      browser.awaits(
          "document.querySelectorAll('#learning details table tbody tr').length === "
              + (SampleRun.ROUNDS + 1));
      assertThat(browser.requests())
          .allSatisfy(
              request ->
                  assertThat(request).matches("data:.*|" + address + "(run\\.json\\?from=\\d+)?"));
      assertThat(browser.complaints()).isEmpty();
    }
    browser.awaits("document.body.textContent.includes('The job no longer answers.')");
  }

  private static JsonNode cells(String rows) {
    return browser.evaluate(
        "[...document.querySelectorAll('%s')].map(r => [...r.children].map(c => c.textContent))"
            .formatted(rows));
  }

  /** Texts whose contrast is below 4.5, as WCAG 2.1 counts it. */
  static String faint() {
    return """
        (() => {
          const parse = text => { const n = text.match(/[\\d.]+/g).map(Number); return n.length < 4 ? [...n, 1] : n; };
          const over = (a, b) => [0, 1, 2].map(k => a[k] * a[3] + b[k] * (1 - a[3])).concat(1);
          const ground = e => e ? over(parse(getComputedStyle(e).backgroundColor), ground(e.parentElement)) : [255, 255, 255, 1];
          const light = c => { const [r, g, b] = c.map(v => v / 255).map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
          const found = [];
          for (const e of document.querySelectorAll('body *:not(script):not(svg *)')) {
            if (![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()) || !e.checkVisibility()) continue;
            const back = ground(e), [a, b] = [light(over(parse(getComputedStyle(e).color), back)), light(back)];
            const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
            if (contrast < 4.5) found.push(e.tagName + '.' + e.className + ' "' + e.textContent.slice(0, 30) + '" ' + contrast.toFixed(2));
          }
          return found;
        })()
        """;
  }

  static void keepPicture(Chromium browser, String name, int width, String scheme)
      throws Exception {
    String pictures = System.getProperty("anabranch.pictures", "");
    if (!pictures.isEmpty()) {
      Files.write(Path.of(pictures, name + "-" + width + "-" + scheme + ".png"), browser.picture());
    }
  }
}
