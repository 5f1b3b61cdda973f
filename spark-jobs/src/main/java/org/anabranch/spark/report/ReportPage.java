package org.anabranch.spark.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The HTML around the data. Everything is in the one file; a content security policy allows exactly
 * the scripts and the style that were put in, by their hashes, and no connection (the page of a
 * running job may ask its own server). The data are an island of JSON that the scripts show as
 * text, so nothing in them can become markup.
 */
final class ReportPage {
  /** uPlot 1.6.30 (MIT), the version of the build's {@code uplot.version}. */
  private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/dist/uPlot";

  private static final List<String> SCRIPTS =
      List.of(
          "dom",
          "chart",
          "learning",
          "channels",
          "paths",
          "mistakes",
          "flow",
          "execution",
          "provenance",
          "live",
          "main");

  private ReportPage() {}

  /** A file to keep. */
  static String offline(JsonNode data) {
    return html(data, "'none'");
  }

  /** A page that may ask the server that it came from. */
  static String live(JsonNode data) {
    return html(data, "'self'");
  }

  private static String html(JsonNode data, String connect) {
    String library = resource(UPLOT + ".iife.min.js");
    String scripts =
        SCRIPTS.stream()
            .map(name -> resource(name + ".js"))
            .collect(Collectors.joining("\n", "\"use strict\";\n(() => {\n", "})();\n"));
    String style = resource(UPLOT + ".min.css") + "\n" + resource("report.css");
    String policy =
        "default-src 'none'; img-src data:; script-src %s %s; style-src %s; connect-src %s; base-uri 'none'; form-action 'none'"
            .formatted(hash(library), hash(scripts), hash(style), connect);
    return resource("report.html")
        .replace("{{policy}}", policy)
        .replace("{{style}}", style)
        .replace("{{library}}", library)
        .replace("{{scripts}}", scripts)
        .replace("{{data}}", island(data)); // last: no placeholder in the data is replaced
  }

  /** In JSON a less-than sign stands only inside a string, where it may be written as its code. */
  private static String island(JsonNode data) {
    return data.toString().replace("<", "\\u003c");
  }

  private static String hash(String content) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  private static String resource(String name) {
    try (InputStream stream = ReportPage.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new AssertionError("the class path lacks " + name);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError("the class path cannot be read", e);
    }
  }
}
