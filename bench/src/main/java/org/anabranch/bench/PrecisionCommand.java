package org.anabranch.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.style.markers.SeriesMarkers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code anabranch bench precision}: error against work, and regions of stability. */
@Command(
    name = "precision",
    description = "Error against work of our methods and Hipparchus's, as Markdown.",
    mixinStandardHelpOptions = true)
final class PrecisionCommand implements Callable<Integer> {
  private static final List<String> OURS =
      List.of("bosh3", "dopri5", "tsit5", "dopri8", "rodas4", "alf");
  private static final List<String> THEIRS = List.of("dopri5", "dopri853", "gbs");

  @Option(
      names = "--svg",
      paramLabel = "FOLDER",
      description =
          "Draws precision-PROBLEM-evaluations.svg, precision-PROBLEM-time.svg and"
              + " stability-*.svg there.")
  private @Nullable Path folder;

  @Option(
      names = "--tolerances",
      split = ",",
      paramLabel = "TOL",
      defaultValue = "1e-3,1e-4,1e-5,1e-6,1e-7,1e-8,1e-9,1e-10",
      description = "Relative and absolute at once; ${DEFAULT-VALUE} without it.")
  private List<Double> tolerances = new ArrayList<>();

  @Option(
      names = "--problems",
      split = ",",
      paramLabel = "NAME",
      defaultValue = "B1,D3,HIRES",
      description = "Of ${DEFAULT-VALUE}; all without it.")
  private List<String> problems = new ArrayList<>();

  @Override
  public Integer call() throws IOException {
    if (folder != null) {
      StabilityChart.draw(folder);
    }
    for (PrecisionProblem problem : PrecisionProblem.all()) {
      if (problems.contains(problem.name())) {
        measure(problem);
      }
    }
    return 0;
  }

  private void measure(PrecisionProblem problem) throws IOException {
    Map<String, List<PrecisionWork>> works = new LinkedHashMap<>();
    for (String name : OURS) {
      works.put(
          name, tolerances.stream().map(tol -> PrecisionWork.ours(problem, name, tol)).toList());
    }
    for (String name : THEIRS) {
      works.put(
          "Hipparchus " + name,
          tolerances.stream().map(tol -> PrecisionWork.hipparchus(problem, name, tol)).toList());
    }
    ProgramOutput.print(table(problem, works));
    if (folder != null) {
      String file = "precision-" + problem.name().toLowerCase(Locale.ROOT);
      chart(problem, "evaluations of the field", PrecisionWork::evaluations, works)
          .draw(folder.resolve(file + "-evaluations.svg"));
      chart(problem, "µs a sample", PrecisionWork::micros, works)
          .draw(folder.resolve(file + "-time.svg"));
    }
  }

  private static String table(PrecisionProblem problem, Map<String, List<PrecisionWork>> works) {
    StringBuilder table =
        new StringBuilder(
            "\n%s\n\n| method | tolerance | error | evaluations | µs a sample |\n|---|---:|---:|---:|---:|\n"
                .formatted(problem.name()));
    works.forEach(
        (name, points) -> {
          for (PrecisionWork work : points) {
            table.append(
                String.format(
                    Locale.ROOT,
                    "| %s | %.0e | %s | %.0f | %.1f |%n",
                    name,
                    work.tolerance(),
                    Double.isNaN(work.error())
                        ? "not reached"
                        : String.format(Locale.ROOT, "%.1e", work.error()),
                    work.evaluations(),
                    work.micros()));
          }
        });
    return table.toString();
  }

  /** Solves that ended early are left out. */
  private static PrecisionChart chart(
      PrecisionProblem problem,
      String work,
      ToDoubleFunction<PrecisionWork> measure,
      Map<String, List<PrecisionWork>> works) {
    PrecisionChart chart = new PrecisionChart(problem.name(), work, "relative error at the end");
    works.forEach(
        (name, points) -> {
          List<PrecisionWork> reached = points.stream().filter(point -> point.error() > 0).toList();
          chart.add(
              name,
              reached.stream().map(measure::applyAsDouble).toList(),
              reached.stream().map(PrecisionWork::error).toList(),
              name.startsWith("Hipparchus") ? SeriesMarkers.CROSS : SeriesMarkers.CIRCLE);
        });
    return chart;
  }
}
