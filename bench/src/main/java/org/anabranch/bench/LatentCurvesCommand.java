package org.anabranch.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code anabranch bench latent-curves}: trainings of latent SDEs beside one another. */
@Command(
    name = "latent-curves",
    description =
        "Draws -ELBO against steps and against seconds, of what anabranch bench latent-training and its peer's script printed, and prints a Markdown table.",
    mixinStandardHelpOptions = true)
final class LatentCurvesCommand implements Callable<Integer> {
  private static final String HEADER =
      """
      | training | steps | seconds a step | lowest −ELBO after as many steps as the shortest | seconds to that of the first |
      |---|---:|---:|---:|---:|
      """;

  @Option(names = "--steps-svg", paramLabel = "FILE", description = "Against steps, there.")
  private @Nullable Path stepsFile;

  @Option(names = "--seconds-svg", paramLabel = "FILE", description = "Against seconds, there.")
  private @Nullable Path secondsFile;

  @Option(
      names = "--step-seconds",
      paramLabel = "SECONDS",
      split = ",",
      description =
          "What a step of each takes, measured apart; without it the seconds that they printed.")
  private List<Double> stepSeconds = new ArrayList<>();

  @Parameters(
      arity = "1..*",
      paramLabel = "LABEL=FILE",
      converter = LabelledRun.Converter.class,
      description = "Lines that a training printed.")
  private List<LabelledRun> runs = new ArrayList<>();

  @Override
  public Integer call() throws IOException {
    if (!stepSeconds.isEmpty() && stepSeconds.size() != runs.size()) {
      throw new IllegalArgumentException(
          "--step-seconds: %d numbers for %d trainings. Give one for each."
              .formatted(stepSeconds.size(), runs.size()));
    }
    List<BoundCurve> curves = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      double apart = stepSeconds.isEmpty() ? 0 : stepSeconds.get(i);
      curves.add(BoundCurve.read(runs.get(i).label(), runs.get(i).folder(), apart));
    }
    ProgramOutput.print(table(curves));
    draw(stepsFile, "steps", curves, BoundCurve::steps);
    draw(secondsFile, "seconds of training", curves, BoundCurve::seconds);
    return 0;
  }

  private static String table(List<BoundCurve> curves) {
    double shortest = curves.stream().mapToDouble(curve -> last(curve.steps())).min().orElseThrow();
    double first = curves.get(0).bestUntil(shortest);
    StringBuilder table = new StringBuilder(HEADER);
    for (BoundCurve curve : curves) {
      table.append(
          String.format(
              Locale.ROOT,
              "| %s | %.0f | %.2f | %.0f | %.1f |%n",
              curve.label(),
              last(curve.steps()),
              last(curve.seconds()) / last(curve.steps()),
              curve.bestUntil(shortest),
              curve.secondsTo(first)));
    }
    return table.toString();
  }

  private static double last(List<Double> numbers) {
    return numbers.get(numbers.size() - 1);
  }

  private static void draw(
      @Nullable Path file,
      String title,
      List<BoundCurve> curves,
      Function<BoundCurve, List<Double>> axis)
      throws IOException {
    if (file == null) {
      return;
    }
    XYChart chart =
        new XYChartBuilder()
            .width(640)
            .height(360)
            .xAxisTitle(title)
            .yAxisTitle("−ELBO of a held-out path")
            .build();
    chart.getStyler().setLegendPosition(LegendPosition.InsideNE).setLocale(Locale.ROOT);
    chart.getStyler().setYAxisLogarithmic(true).setYAxisDecimalPattern("0E0");
    chart.getStyler().setXAxisDecimalPattern("#,##0").setSeriesColors(StabilityChart.COLOURS);
    for (BoundCurve curve : curves) {
      chart
          .addSeries(curve.label(), axis.apply(curve), curve.bounds())
          .setMarker(SeriesMarkers.NONE);
    }
    new SvgFile(file).draw(chart);
  }
}
