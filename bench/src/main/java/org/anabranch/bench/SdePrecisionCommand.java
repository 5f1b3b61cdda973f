package org.anabranch.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code anabranch bench sde-precision}: errors of single paths against work. */
@Command(
    name = "sde-precision",
    description =
        "Errors of paths of stochastic equations against evaluations, on equal and on adaptive"
            + " steps, as Markdown.",
    mixinStandardHelpOptions = true)
final class SdePrecisionCommand implements Callable<Integer> {
  @Option(
      names = "--svg",
      paramLabel = "FOLDER",
      description = "Draws sde-precision-PROBLEM.svg there.")
  private @Nullable Path folder;

  @Option(
      names = "--tolerances",
      split = ",",
      paramLabel = "TOL",
      defaultValue = "1e-1,3e-2,1e-2,3e-3,1e-3,3e-4",
      description = "Relative and absolute at once; ${DEFAULT-VALUE} without it.")
  private List<Double> tolerances = new ArrayList<>();

  @Option(
      names = "--steps",
      split = ",",
      paramLabel = "N",
      defaultValue = "4,8,16,32,64,128,256,512",
      description = "Of the solves on equal steps; ${DEFAULT-VALUE} without it.")
  private List<Integer> steps = new ArrayList<>();

  /** A table that grows by a method's solves. */
  private record Table(StringBuilder rows) {
    Table(SdePrecisionProblem problem) {
      this(new StringBuilder("\n" + problem.name()));
      rows.append(
          "\n\n| method | steps | error | tries | evaluations |\n|---|---|---:|---:|---:|\n");
    }

    /** Adds the solve; gives it back. */
    SdePrecisionWork with(String method, String way, SdePrecisionWork work) {
      rows.append(
          String.format(
              Locale.ROOT,
              "| %s | %s | %.1e | %.0f | %.0f |%n",
              method,
              way,
              work.error(),
              work.tries(),
              work.evaluations()));
      return work;
    }
  }

  @Override
  public Integer call() throws IOException {
    for (SdePrecisionProblem problem : SdePrecisionProblem.all()) {
      measure(problem);
    }
    return 0;
  }

  private void measure(SdePrecisionProblem problem) throws IOException {
    List<double[]> truths = problem.truths(SdePrecisionWork.ROWS);
    Table table = new Table(problem);
    PrecisionChart chart =
        new PrecisionChart(
            problem.name(), "evaluations (crosses: equal steps)", "mean error at the end");
    for (int i = 0; i < problem.methods().size(); i++) {
      String name = problem.methods().get(i);
      List<SdePrecisionWork> adaptive = new ArrayList<>();
      for (double tolerance : tolerances) {
        if (SdePrecisionWork.isAdaptive(name, problem)) {
          String way = String.format(Locale.ROOT, "to %.0e", tolerance);
          adaptive.add(
              table.with(name, way, SdePrecisionWork.adaptive(problem, truths, name, tolerance)));
        }
      }
      List<SdePrecisionWork> equal = new ArrayList<>();
      for (int count : steps) {
        equal.add(table.with(name, "equal", SdePrecisionWork.equal(problem, truths, name, count)));
      }
      chart.addPair(i, name, points(adaptive), points(equal));
    }
    ProgramOutput.print(table.rows().toString());
    if (folder != null) {
      chart.fromDecade();
      chart.draw(folder.resolve("sde-precision-" + problem.file() + ".svg"));
    }
  }

  /** Evaluations, and errors. */
  private static List<List<Double>> points(List<SdePrecisionWork> works) {
    return List.of(
        works.stream().map(SdePrecisionWork::evaluations).toList(),
        works.stream().map(SdePrecisionWork::error).toList());
  }
}
