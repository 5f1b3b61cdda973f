package org.anabranch.bench;

import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code anabranch bench curves}: test accuracy, or another figure of evaluations, against samples
 * seen, of runs that were made.
 */
@Command(
    name = "curves",
    description = "Draws test accuracy against samples seen, and prints a Markdown table.",
    mixinStandardHelpOptions = true)
final class CurvesCommand implements Callable<Integer> {
  private static final double REACHED = 0.95;

  /** A line of more evaluations is one without markers. */
  private static final int MOST_MARKERS = 10;

  /** Told apart by who sees few colours (Okabe and Ito 2008), and darker than a white ground. */
  private static final List<Color> COLOURS =
      List.of(
          new Color(0x0072b2),
          new Color(0xd55e00),
          new Color(0x009e73),
          new Color(0xcc79a7),
          new Color(0x555555));

  @Option(names = "--svg", paramLabel = "FILE", description = "Draws there.")
  private @Nullable Path svg;

  @Option(
      names = "--from",
      paramLabel = "ACCURACY",
      defaultValue = "0",
      description = "The lowest accuracy that is drawn; ${DEFAULT-VALUE} without it.")
  private double from;

  @Option(
      names = "--metric",
      paramLabel = "NAME",
      defaultValue = LearningCurve.ACCURACY,
      description =
          "Another figure of evaluations, such as test.ks-mean, which is better the lower it is. Default: ${DEFAULT-VALUE}.")
  private String metric = "";

  @Parameters(
      arity = "1..*",
      paramLabel = "LABEL=FOLDER",
      converter = LabelledRun.Converter.class,
      description =
          "Runs, by the folders that anabranch train left. Those with one label differ in their seed: their mean is drawn, and each of them as a thin line.")
  private List<LabelledRun> runs = new ArrayList<>();

  @Override
  public Integer call() throws IOException {
    Map<String, List<LearningCurve>> seeds = new LinkedHashMap<>();
    for (LabelledRun run : runs) {
      seeds
          .computeIfAbsent(run.label(), label -> new ArrayList<>())
          .add(LearningCurve.read(run.label(), run.folder(), metric));
    }
    List<SeedCurves> curves =
        seeds.entrySet().stream()
            .map(entry -> new SeedCurves(entry.getKey(), entry.getValue()))
            .toList();
    StringBuilder table =
        new StringBuilder(
            isAccuracy()
                ? SeedCurves.HEADER.formatted(Math.round(100 * REACHED))
                : SeedCurves.HEADER_OF_DISTANCES);
    curves.forEach(
        curve -> table.append(isAccuracy() ? curve.row(REACHED) : curve.rowOfDistance()));
    ProgramOutput.print(table.toString());
    if (svg != null) {
      new SvgFile(svg).draw(chart(curves));
    }
    return 0;
  }

  private boolean isAccuracy() {
    return metric.equals(LearningCurve.ACCURACY);
  }

  private XYChart chart(List<SeedCurves> curves) {
    XYChart chart =
        new XYChartBuilder()
            .width(640)
            .height(360)
            .xAxisTitle("samples seen")
            .yAxisTitle(isAccuracy() ? "test accuracy" : metric)
            .build();
    chart
        .getStyler()
        .setLegendPosition(isAccuracy() ? LegendPosition.InsideSE : LegendPosition.InsideNE)
        .setLocale(Locale.ROOT);
    chart.getStyler().setXAxisDecimalPattern("#,##0").setYAxisDecimalPattern("0.00");
    if (isAccuracy()) {
      chart.getStyler().setYAxisMin(from).setYAxisMax(1.0);
    } else {
      chart.getStyler().setYAxisLogarithmic(true);
    }
    chart.getStyler().setXAxisTickMarkSpacingHint(120).setYAxisTickMarkSpacingHint(60);
    for (int i = 0; i < curves.size(); i++) {
      add(chart, curves.get(i), COLOURS.get(i % COLOURS.size()));
    }
    return chart;
  }

  /** The seeds first, so that the mean lies on top of them. */
  private static void add(XYChart chart, SeedCurves curves, Color colour) {
    List<LearningCurve> seeds = curves.seeds();
    Color pale = new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), 110);
    for (int i = 0; i < seeds.size() && seeds.size() > 1; i++) {
      List<Double> samples = seeds.get(i).samples().stream().map(Long::doubleValue).toList();
      chart
          .addSeries("%s, %d".formatted(curves.label(), i), samples, seeds.get(i).accuracies())
          .setMarker(SeriesMarkers.NONE)
          .setLineColor(pale)
          .setLineStyle(new BasicStroke(0.7f))
          .setShowInLegend(false);
    }
    boolean few = curves.samples().size() <= MOST_MARKERS;
    chart
        .addSeries(curves.label(), curves.samples(), curves.accuracies())
        .setMarker(few ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE)
        .setMarkerColor(colour)
        .setLineColor(colour)
        .setLineStyle(new BasicStroke(2));
  }
}
