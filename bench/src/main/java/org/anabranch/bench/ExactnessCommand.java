package org.anabranch.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.anabranch.gradient.GradientMode;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code anabranch bench exactness}: memory and error of the gradient against the steps. */
@Command(
    name = "exactness",
    description = "Memory and error of a gradient against the number of steps, as Markdown.",
    mixinStandardHelpOptions = true)
final class ExactnessCommand implements Callable<Integer> {
  @Option(
      names = "--svg",
      paramLabel = "FOLDER",
      description = "Draws exactness-memory.svg and exactness-error.svg there.")
  private @Nullable Path folder;

  @Option(
      names = "--steps",
      split = ",",
      paramLabel = "N",
      defaultValue = "10,30,100,300,1000,3000,10000",
      description = "Numbers of steps; ${DEFAULT-VALUE} without it.")
  private List<Integer> steps = new ArrayList<>();

  @Override
  public Integer call() throws IOException {
    Map<String, List<Double>> memory = memory();
    ProgramOutput.print(table(memory, "%.2f"));
    Map<String, List<Double>> errors = errors();
    ProgramOutput.print("\n" + table(errors, "%.1e"));
    if (folder != null) {
      new SvgFile(folder.resolve("exactness-memory.svg"))
          .draw(chart("MiB of a solve and its gradient", 1, memory));
      new SvgFile(folder.resolve("exactness-error.svg"))
          .draw(chart("relative error of the gradient", 1e-7, errors));
    }
    return 0;
  }

  private Map<String, List<Double>> memory() {
    Map<String, List<Double>> memory = new LinkedHashMap<>();
    for (GradientMode mode :
        List.of(GradientMode.direct(), GradientMode.checkpointed(), GradientMode.reversible())) {
      memory.put(
          mode.name(),
          steps.stream()
              .map(n -> MemoryTable.measure(mode, n).reserved() / (double) (1 << 20))
              .toList());
    }
    return memory;
  }

  private Map<String, List<Double>> errors() {
    List<GradientError> errors = steps.stream().map(GradientError::of).toList();
    Map<String, List<Double>> named = new LinkedHashMap<>();
    named.put("undone in float32", errors.stream().map(GradientError::plain).toList());
    named.put("float32 itself", errors.stream().map(GradientError::rounding).toList());
    named.put("undone on the grid", errors.stream().map(GradientError::exact).toList());
    return named;
  }

  private String table(Map<String, List<Double>> columns, String format) {
    StringBuilder table = new StringBuilder("| steps |");
    columns.keySet().forEach(name -> table.append(" %s |".formatted(name)));
    table.append("\n|---:|").append("---:|".repeat(columns.size())).append('\n');
    for (int i = 0; i < steps.size(); i++) {
      table.append("| %d |".formatted(steps.get(i)));
      for (List<Double> column : columns.values()) {
        double value = column.get(i);
        table.append(
            " %s |".formatted(value == 0 ? "0" : String.format(Locale.ROOT, format, value)));
      }
      table.append('\n');
    }
    return table.toString();
  }

  /** Both axes are logarithmic, so a column of zeros is left to the table. */
  private XYChart chart(String title, double least, Map<String, List<Double>> columns) {
    XYChart chart =
        new XYChartBuilder().width(640).height(360).xAxisTitle("steps").yAxisTitle(title).build();
    chart.getStyler().setYAxisMin(least).setXAxisDecimalPattern("#,##0");
    chart.getStyler().setXAxisLogarithmic(true).setYAxisLogarithmic(true);
    chart.getStyler().setLegendPosition(LegendPosition.InsideNW).setLocale(Locale.ROOT);
    columns.forEach(
        (name, values) -> {
          if (values.stream().allMatch(value -> value > 0)) {
            chart.addSeries(name, steps, values).setMarker(SeriesMarkers.CIRCLE);
          }
        });
    return chart;
  }
}
