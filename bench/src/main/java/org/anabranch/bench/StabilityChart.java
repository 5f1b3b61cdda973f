package org.anabranch.bench;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.anabranch.solver.Method;
import org.anabranch.solver.Tableau;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendPosition;

/** Where a step of size h multiplies solutions of y' = λ y by 1: the edges, in the plane of hλ. */
final class StabilityChart {
  static final Color[] COLOURS = {
    new Color(0x1f77b4),
    new Color(0xff7f0e),
    new Color(0x2ca02c),
    new Color(0xd62728),
    new Color(0x9467bd),
    new Color(0x8c564b),
    new Color(0xe377c2),
    new Color(0x333333),
    new Color(0xbcbd22)
  };

  private final XYChart chart;
  private final double left;
  private final double right;
  private final double top;
  private final double spacing;

  private StabilityChart(double left, double right, double top) {
    this.left = left;
    this.right = right;
    this.top = top;
    spacing = top / 120;
    chart =
        new XYChartBuilder().width(640).height(420).xAxisTitle("Re hλ").yAxisTitle("Im hλ").build();
    chart.getStyler().setDefaultSeriesRenderStyle(XYSeriesRenderStyle.Scatter).setMarkerSize(3);
    chart.getStyler().setSeriesColors(COLOURS);
    chart.getStyler().setXAxisMin(left).setXAxisMax(right).setYAxisMin(0.0).setYAxisMax(top);
    chart.getStyler().setLegendPosition(LegendPosition.OutsideE).setLocale(Locale.ROOT);
  }

  /** Draws stability-explicit.svg and stability-reversible.svg. */
  static void draw(Path folder) throws IOException {
    StabilityChart explicit = new StabilityChart(-7, 3, 6);
    for (String name : List.of("euler", "bosh3", "rk4", "dopri5", "tsit5", "dopri8")) {
      explicit.edge(name, Method.named(name));
    }
    explicit.edge("rodas4 (outside)", Method.named("rodas4"));
    new SvgFile(folder.resolve("stability-explicit.svg")).draw(explicit.chart);
    StabilityChart reversible = new StabilityChart(-0.8, 0.2, 1.2);
    reversible.edge("alf, η = 0.9", Method.alf(0.9));
    reversible.edge("alf, η = 0.7", Method.alf(0.7));
    for (double coupling : new double[] {0.99, 0.9, 0.5}) {
      reversible.edge(
          "coupled-dopri5, λ = " + coupling, Method.reversible(Tableau.named("dopri5"), coupling));
    }
    new SvgFile(folder.resolve("stability-reversible.svg")).draw(reversible.chart);
  }

  /** Points between two neighbours of a lattice of which one is inside and one outside. */
  private void edge(String name, Method method) {
    int columns = (int) Math.round((right - left) / spacing) + 1;
    int rows = (int) Math.round(top / spacing) + 1;
    double[] re = new double[rows * columns];
    double[] im = new double[rows * columns];
    for (int i = 0; i < re.length; i++) {
      // Off the axes by a bit: a field without decay is an edge of its own.
      re[i] = left + (i % columns + 0.37) * spacing;
      int row = i / columns;
      im[i] = (row + 0.29) * spacing;
    }
    double[] radii = new StabilityRegion(method).amplification(re, im);
    List<Double> xs = new ArrayList<>();
    List<Double> ys = new ArrayList<>();
    for (int i = 0; i < re.length; i++) {
      for (int j : new int[] {i + 1, i + columns}) {
        boolean neighbours = j < re.length && (j != i + 1 || j % columns != 0);
        if (neighbours && (radii[i] - 1) * (radii[j] - 1) < 0) {
          double part = (1 - radii[i]) / (radii[j] - radii[i]);
          xs.add(re[i] + part * (re[j] - re[i]));
          ys.add(im[i] + part * (im[j] - im[i]));
        }
      }
    }
    if (!xs.isEmpty()) {
      chart.addSeries(name, xs, ys);
    }
  }
}
