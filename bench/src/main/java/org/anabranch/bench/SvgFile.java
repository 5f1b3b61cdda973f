package org.anabranch.bench;

import de.erichseifert.vectorgraphics2d.Processors;
import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import java.awt.BasicStroke;
import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.knowm.xchart.XYChart;

/** A chart as a file of its own, with a white ground and text as outlines. */
record SvgFile(Path path) {
  /** Less than a tenth of a pixel is not seen; the outlines of text are half as long without it. */
  private static final Pattern LONG_FRACTION = Pattern.compile("(\\.\\d)\\d+");

  private static final Pattern NO_FRACTION = Pattern.compile("(?<=\\d)\\.0(?=[ ,])");

  /** One piece of a series: a line that begins where the one before has ended. */
  private static final Pattern PIECE =
      Pattern.compile(
          "<line style=\"(?<style>[^\"]*)\" x1=\"(?<x1>[^\"]*)\" x2=\"(?<x2>[^\"]*)\""
              + " y1=\"(?<y1>[^\"]*)\" y2=\"(?<y2>[^\"]*)\"/>");

  void draw(XYChart chart) throws IOException {
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    // A dashed line becomes an outline of every dash: files of 200 KB.
    chart.getStyler().setPlotGridLinesStroke(new BasicStroke(1));
    System.setProperty("java.awt.headless", "true");
    VectorGraphics2D graphics = new VectorGraphics2D();
    chart.paint(graphics, chart.getWidth(), chart.getHeight());
    PageSize page = new PageSize(chart.getWidth(), chart.getHeight());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Processors.get("svg").getDocument(graphics.getCommands(), page).writeTo(out);
    String svg = out.toString(StandardCharsets.UTF_8);
    String shorter = LONG_FRACTION.matcher(svg).replaceAll("$1");
    Path folder = path.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    String rounded = NO_FRACTION.matcher(shorter).replaceAll("");
    Files.writeString(path, SvgPath.shortened(joined(rounded)));
  }

  /** Pieces that follow one another, in one style, as one polyline: a tenth of the bytes. */
  static String joined(String svg) {
    StringBuilder joined = new StringBuilder();
    String style = "";
    String end = "";
    StringBuilder points = new StringBuilder();
    for (String line : svg.lines().toList()) {
      Matcher piece = PIECE.matcher(line.strip());
      boolean isPiece = piece.matches();
      String start = isPiece ? piece.group("x1") + "," + piece.group("y1") : "";
      if (!isPiece || !start.equals(end) || !piece.group("style").equals(style)) {
        joined.append(polyline(style, points));
        points.setLength(0);
        points.append(start);
      }
      if (isPiece) {
        style = piece.group("style");
        end = piece.group("x2") + "," + piece.group("y2");
        points.append(' ').append(end);
      } else {
        end = "";
        joined.append(line).append('\n');
      }
    }
    return joined.append(polyline(style, points)).toString();
  }

  private static String polyline(String style, CharSequence points) {
    return points.isEmpty()
        ? ""
        : "  <polyline style=\"%s\" points=\"%s\"/>\n".formatted(style, points);
  }
}
