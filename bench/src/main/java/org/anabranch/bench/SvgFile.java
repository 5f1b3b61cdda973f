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
import java.util.regex.Pattern;
import org.knowm.xchart.XYChart;

/** A chart as a file of its own, with a white ground and text as outlines. */
record SvgFile(Path path) {
  /** Less than a tenth of a pixel is not seen; the outlines of text are half as long without it. */
  private static final Pattern LONG_FRACTION = Pattern.compile("(\\.\\d)\\d+");

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
    Files.writeString(path, LONG_FRACTION.matcher(svg).replaceAll("$1"));
  }
}
