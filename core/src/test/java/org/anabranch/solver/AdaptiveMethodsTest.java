package org.anabranch.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.reference.ReferenceBackend;
import org.anabranch.backend.simd.SimdBackend;
import org.anabranch.backend.simd.WorkingPrecision;
import org.anabranch.field.Field;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.graph.Value;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every method with an error estimate on steps that it chooses itself. */
class AdaptiveMethodsTest {
  private static final Backend REFERENCE = new ReferenceBackend();

  /** The Lotka-Volterra equations, and an oscillator of a frequency that t raises. */
  private static final Field FIELD =
      Field.of(
          4,
          (t, y) -> {
            Value prey = y.slice(0, 1);
            Value predator = y.slice(1, 1);
            Value x = y.slice(2, 1);
            Value v = y.slice(3, 1);
            return Value.concatenate(
                List.of(
                    prey.times(1.5).minus(prey.times(predator)),
                    prey.times(predator).minus(predator.times(3)),
                    v,
                    x.times(t.plus(1)).negated()));
          });

  static Stream<String> methods() {
    return Stream.of(
        "bosh3", "dopri5", "tsit5", "dopri8", "rodas4", "alf", "coupled-bosh3", "coupled-dopri5");
  }

  private static double[] start(int rows) {
    double[] start = new double[4 * rows];
    for (int row = 0; row < rows; row++) {
      start[4 * row] = 1 + 0.3 * row;
      start[4 * row + 1] = 1;
      start[4 * row + 2] = 0.5 * row;
      start[4 * row + 3] = 1;
    }
    return start;
  }

  private static AdaptiveSolve solve(
      Backend backend, Method method, AdaptiveSteps steps, Spans spans, double[] start) {
    AdaptiveSolve solve =
        new AdaptiveSolve(
            backend,
            method,
            FIELD,
            Map.of(),
            backend.parameters(new ParameterLayout(List.of())),
            steps,
            spans.rows());
    solve.initialValue().set(start);
    solve.run(spans, new AdaptiveSolve.Observer() {});
    return solve;
  }

  private static double[] end(AdaptiveSolve solve) {
    double[] end = new double[solve.times().rows() * 4];
    solve.solution().get(end);
    return end;
  }

  @ParameterizedTest
  @MethodSource("methods")
  void theSolutionIsRightToTheTolerance(String name) {
    boolean low = name.contains("bosh3") || name.equals("alf");
    double tolerance = low ? 1e-5 : 1e-8;
    AdaptiveSteps steps = AdaptiveSteps.of(tolerance, tolerance);
    Spans spans = Spans.same(3, 0, 2);
    AdaptiveSolve exact =
        solve(REFERENCE, Method.named("dopri8"), AdaptiveSteps.of(1e-13, 1e-13), spans, start(3));
    AdaptiveSolve solve = solve(REFERENCE, Method.named(name), steps, spans, start(3));
    for (int row = 0; row < 3; row++) {
      assertThat(solve.stepping(row)).isEqualTo(Outcome.COMPLETED);
    }
    assertThat(end(solve)).containsExactly(end(exact), within(100 * tolerance));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void aSolveThereAndBackComesToItsStart(String name) {
    double tolerance = name.contains("bosh3") || name.equals("alf") ? 1e-5 : 1e-8;
    AdaptiveSteps steps = AdaptiveSteps.of(tolerance, tolerance);
    AdaptiveSolve there =
        solve(REFERENCE, Method.named(name), steps, Spans.same(2, 0, 1), start(2));
    AdaptiveSolve back =
        solve(REFERENCE, Method.named(name), steps, Spans.same(2, 1, 0), end(there));
    assertThat(end(back)).containsExactly(start(2), within(300 * tolerance));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void batchMatesAreNotFelt(String name) {
    AdaptiveSteps steps = AdaptiveSteps.of(1e-4, 1e-6);
    for (Backend backend : List.of(REFERENCE, new SimdBackend(WorkingPrecision.FLOAT64))) {
      int rows = 21;
      double[] start = start(rows);
      AdaptiveSolve together =
          solve(backend, Method.named(name), steps, Spans.same(rows, 0, 1), start);
      for (int row : new int[] {0, 7, 20}) {
        double[] own = Arrays.copyOfRange(start, 4 * row, 4 * row + 4);
        AdaptiveSolve alone = solve(backend, Method.named(name), steps, Spans.same(1, 0, 1), own);
        assertThat(end(alone))
            .containsExactly(Arrays.copyOfRange(end(together), 4 * row, 4 * row + 4));
        assertThat(alone.reports().get(0)).isEqualTo(together.reports().get(row));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  void outputsBetweenStepsAreAsRightAsStepsAndCostNone(String name) {
    Method method = Method.named(name);
    if (method.interpolant(FIELD).isEmpty()) {
      return;
    }
    boolean low = name.contains("bosh3") || name.equals("alf");
    double tolerance = low ? 1e-6 : 1e-9;
    AdaptiveSteps steps = AdaptiveSteps.of(tolerance, tolerance);
    int rows = 13;
    // In any order, coinciding, at both ends, one rounding apart.
    double[] times = {0, 1.5, 0.3, 0.7, 0.7, Math.nextUp(0.7), 1.9999, 2};
    double[][] outputs = new double[rows][];
    Arrays.fill(outputs, times);
    outputs[3] = null;
    outputs[4] = new double[] {1.1};
    double[][][] seen = new double[rows][times.length][4];
    int[] count = new int[rows];
    AdaptiveSolve solve =
        new AdaptiveSolve(
            REFERENCE,
            method,
            FIELD,
            Map.of(),
            REFERENCE.parameters(new ParameterLayout(List.of())),
            steps,
            rows);
    solve.initialValue().set(start(rows));
    solve.run(
        Spans.same(rows, 0, 2),
        outputs,
        new AdaptiveSolve.Observer() {
          @Override
          public void output(int sample, int place, Buffer solution, int slot) {
            solution.getRow(slot, seen[sample][place], 0);
            count[sample]++;
          }
        });
    AdaptiveSolve plain = solve(REFERENCE, method, steps, Spans.same(rows, 0, 2), start(rows));
    assertThat(solve.reports()).isEqualTo(plain.reports());
    assertThat(count[0]).isEqualTo(times.length);
    assertThat(count[3]).isZero();
    assertThat(count[4]).isEqualTo(1);
    Method exact = Method.named("dopri8");
    for (int place = 1; place < 7; place++) {
      AdaptiveSolve there =
          solve(
              REFERENCE,
              exact,
              AdaptiveSteps.of(1e-13, 1e-13),
              Spans.same(rows, 0, times[place]),
              start(rows));
      for (int row : new int[] {0, 7, 12}) {
        assertThat(seen[row][place])
            .containsExactly(
                Arrays.copyOfRange(end(there), 4 * row, 4 * row + 4), within(300 * tolerance));
      }
    }
    assertThat(seen[0][0]).containsExactly(Arrays.copyOf(start(1), 4), within(1e-9));
    assertThat(seen[5][7]).containsExactly(Arrays.copyOfRange(end(solve), 20, 24));
  }
}
