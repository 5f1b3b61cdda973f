package org.anabranch.solver;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.anabranch.backend.Backend;
import org.anabranch.field.Field;
import org.anabranch.graph.ParameterLayout;

/** The end states and reports of an adaptive solve of some samples. */
record Batch(List<List<Double>> ends, List<SampleReport> reports) {
  static Batch solve(
      Backend backend,
      String method,
      Field field,
      AdaptiveSteps steps,
      double[][] times,
      double[][] starts) {
    int rows = starts.length;
    int dimension = field.dimension();
    AdaptiveSolve solve =
        new AdaptiveSolve(
            backend,
            Method.named(method),
            field,
            Map.of(),
            backend.parameters(new ParameterLayout(List.of())),
            steps,
            rows);
    double[] flat = Arrays.stream(starts).flatMapToDouble(Arrays::stream).toArray();
    solve.initialValue().set(flat);
    solve.run(Spans.own(times), new AdaptiveSolve.Observer() {});
    solve.solution().get(flat);
    List<List<Double>> ends =
        IntStream.range(0, rows)
            .mapToObj(row -> Arrays.copyOfRange(flat, row * dimension, (row + 1) * dimension))
            .map(end -> Arrays.stream(end).boxed().toList())
            .toList();
    return new Batch(ends, solve.reports());
  }

  static Batch solve(
      Backend backend,
      String method,
      Field field,
      AdaptiveSteps steps,
      double[] times,
      double... y) {
    return solve(backend, method, field, steps, new double[][] {times}, new double[][] {y});
  }

  double end(int row, int component) {
    return ends.get(row).get(component);
  }

  SampleReport report() {
    return reports.get(0);
  }
}
