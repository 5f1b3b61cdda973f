package org.anabranch.bench;

import java.awt.BasicStroke;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Error downwards against work, both logarithmic. */
final class PrecisionChart {
  private final XYChart chart;
  private double least = Double.POSITIVE_INFINITY;

  PrecisionChart(String title, String work, String error) {
    chart =
        new XYChartBuilder()
            .width(640)
            .height(420)
            .title(title)
            .xAxisTitle(work)
            .yAxisTitle(error)
            .build();
    chart.getStyler().setXAxisLogarithmic(true).setYAxisLogarithmic(true);
    chart.getStyler().setLegendPosition(LegendPosition.OutsideE).setLocale(Locale.ROOT);
    chart.getStyler().setXAxisDecimalPattern("#,##0").setYAxisDecimalPattern("0E0");
    chart.getStyler().setMarkerSize(5).setSeriesColors(StabilityChart.COLOURS);
  }

  /** A method's points; none for a method that has none. */
  void add(String name, List<Double> works, List<Double> errors, Marker marker) {
    if (!works.isEmpty()) {
      chart.addSeries(name, works, errors).setMarker(marker);
    }
  }

  /**
   * A method in two ways, in one colour: circles on a line, and crosses on a thin one, which are in
   * the legend only where there is nothing else.
   *
   * @param circles works, and errors
   * @param crosses works, and errors
   */
  void addPair(int colour, String name, List<List<Double>> circles, List<List<Double>> crosses) {
    boolean both = !circles.get(0).isEmpty();
    if (both) {
      series(colour, name, circles).setMarker(SeriesMarkers.CIRCLE);
    }
    XYSeries thin = series(colour, both ? name + ", crosses" : name, crosses);
    thin.setMarker(SeriesMarkers.CROSS).setLineStyle(new BasicStroke(0.8f));
    thin.setShowInLegend(!both);
  }

  private XYSeries series(int colour, String name, List<List<Double>> points) {
    least = points.get(1).stream().reduce(least, Math::min);
    XYSeries series = chart.addSeries(name, points.get(0), points.get(1));
    series.setMarkerColor(StabilityChart.COLOURS[colour]);
    series.setLineColor(StabilityChart.COLOURS[colour]);
    return series;
  }

  /**
   * Lets the errors of pairs begin at a power of ten, so that an axis of less than two has its
   * label.
   */
  void fromDecade() {
    chart.getStyler().setYAxisMin(Math.pow(10, Math.floor(Math.log10(least))));
  }

  void draw(Path file) throws IOException {
    new SvgFile(file).draw(chart);
  }
}
