package org.anabranch.bench;

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

/** {@code anabranch bench curves}: test accuracy against samples seen, of runs that were made. */
@Command(
    name = "curves",
    description = "Draws test accuracy against samples seen, and prints a Markdown table.",
    mixinStandardHelpOptions = true)
final class CurvesCommand implements Callable<Integer> {
  private static final double REACHED = 0.95;

  @Option(names = "--svg", paramLabel = "FILE", description = "Draws there.")
  private @Nullable Path svg;

  @Option(
      names = "--from",
      paramLabel = "ACCURACY",
      defaultValue = "0",
      description = "The lowest accuracy that is drawn; ${DEFAULT-VALUE} without it.")
  private double from;

  @Parameters(
      arity = "1..*",
      paramLabel = "LABEL=FOLDER",
      description = "Runs, by the folders that anabranch train left.")
  private Map<String, Path> runs = new LinkedHashMap<>();

  @Override
  public Integer call() throws IOException {
    List<LearningCurve> curves = new ArrayList<>();
    for (Map.Entry<String, Path> run : runs.entrySet()) {
      curves.add(LearningCurve.read(run.getKey(), run.getValue()));
    }
    ProgramOutput.print(table(curves));
    if (svg != null) {
      new SvgFile(svg).draw(chart(curves));
    }
    return 0;
  }

  private static String table(List<LearningCurve> curves) {
    StringBuilder table = new StringBuilder();
    table.append("| run | rounds | seconds | ms a round | samples to 95 % | best | at the end |\n");
    table.append("|---|---:|---:|---:|---:|---:|---:|\n");
    for (LearningCurve curve : curves) {
      long reached = curve.samplesTo(REACHED);
      table.append(
          String.format(
              Locale.ROOT,
              "| %s | %,d | %.1f | %.1f | %s | %.1f %% | %.1f %% |%n",
              curve.label(),
              curve.rounds(),
              curve.seconds(),
              1e3 * curve.seconds() / curve.rounds(),
              reached < 0 ? "not reached" : String.format(Locale.ROOT, "%,d", reached),
              100 * curve.best(),
              100 * curve.last()));
    }
    return table.toString();
  }

  private XYChart chart(List<LearningCurve> curves) {
    XYChart chart =
        new XYChartBuilder()
            .width(760)
            .height(440)
            .xAxisTitle("samples seen")
            .yAxisTitle("test accuracy")
            .build();
    chart.getStyler().setLegendPosition(LegendPosition.InsideSE);
    chart.getStyler().setYAxisMin(from).setYAxisMax(1.0);
    for (LearningCurve curve : curves) {
      List<Double> samples = curve.samples().stream().map(Long::doubleValue).toList();
      chart.addSeries(curve.label(), samples, curve.accuracies()).setMarker(SeriesMarkers.CIRCLE);
    }
    return chart;
  }
}
