package org.anabranch.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.anabranch.backend.Accumulators;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.Parameters;
import org.anabranch.backend.reference.ReferenceBackend;
import org.anabranch.backend.simd.SimdBackend;
import org.anabranch.backend.simd.WorkingPrecision;
import org.anabranch.field.Field;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.graph.Shape;
import org.anabranch.graph.Type;
import org.anabranch.graph.Value;
import org.anabranch.solver.AdaptiveSpan;
import org.anabranch.solver.AdaptiveSteps;
import org.anabranch.solver.Jump;
import org.anabranch.solver.JumpTimes;
import org.anabranch.solver.Method;
import org.anabranch.solver.Spans;
import org.anabranch.solver.Stepping;
import org.anabranch.solver.TimeGrid;
import org.junit.jupiter.api.Test;

/** Forward sensitivities are the transpose of the pullback, and the slope of what was computed. */
class PushforwardTest {
  private static final double[] TIMES = {0.3, 0.8, 1.1, 2};
  private static final Problem NETWORK = Problem.network(3, 5, 2);
  private static final Stepping ADAPTIVE = new AdaptiveSpan(0, 1, AdaptiveSteps.of(1e-4, 1e-6));
  private static final Stepping EQUAL = new TimeGrid(0, 1, 7);

  private static double[][] rows(double[] flat, int width) {
    double[][] rows = new double[flat.length / width][width];
    for (int i = 0; i < flat.length; i++) {
      rows[i / width][i % width] = flat[i];
    }
    return rows;
  }

  private static DifferentiableSolution solve(
      Backend backend, Method method, Stepping stepping, GradientMode mode, double[] times) {
    return new DifferentiableEquation(backend, NETWORK.field(), NETWORK.layout())
        .solve(method, stepping, mode, NETWORK.theta(), times, rows(NETWORK.start(), 3));
  }

  private static SolutionDirections directions() {
    return new SolutionDirections(
        rows(Problem.numbers(6, 5, 1), 3),
        Problem.numbers(NETWORK.layout().size(), 7, 1),
        rows(Problem.numbers(8, 9, 0.3), 4));
  }

  private static double dot(double[] a, double[] b) {
    double dot = 0;
    for (int i = 0; i < a.length; i++) {
      dot += a[i] * b[i];
    }
    return dot;
  }

  @Test
  void isTheTransposeOfThePullback() {
    for (Backend backend :
        List.of(new ReferenceBackend(), new SimdBackend(WorkingPrecision.FLOAT64))) {
      for (String name : List.of("dopri5", "tsit5", "dopri8", "bosh3", "alf", "rodas4", "heun")) {
        for (Stepping stepping : List.of(EQUAL, ADAPTIVE)) {
          DifferentiableSolution solution =
              solve(backend, Method.named(name), stepping, GradientMode.automatic(), TIMES);
          SolutionDirections along = directions();
          double[][][] pushed = solution.pushforward(along);
          double[][][] cotangents = new double[2][4][];
          double forth = 0;
          double size = 0;
          for (int row = 0; row < 2; row++) {
            for (int time = 0; time < 4; time++) {
              cotangents[row][time] = Problem.numbers(3, 11 * row + time, 1);
              double term = dot(cotangents[row][time], pushed[row][time]);
              forth += term;
              size += Math.abs(term);
            }
          }
          SolutionCotangents pulled = solution.pullback(cotangents);
          double back = dot(pulled.byParameters(), along.byParameters());
          for (int row = 0; row < 2; row++) {
            back += dot(pulled.byStart()[row], along.byStart()[row]);
            back += dot(pulled.byTimes()[row], along.byTimes()[row]);
          }
          assertThat(back).as(name + " " + stepping).isCloseTo(forth, within(1e-12 * size));
        }
      }
    }
  }

  @Test
  void isTheSlopeOfWhatEqualStepsCompute() {
    double e = 1e-5;
    SolutionDirections along = directions();
    double[] times = TIMES.clone();
    double[][] sameTimes = {along.byTimes()[0], along.byTimes()[0]};
    for (String name : List.of("rk4", "alf", "coupled-bosh3")) {
      Method method = name.equals("alf") ? Method.alf(1) : Method.named(name);
      Backend backend = new ReferenceBackend();
      double[][][] pushed =
          solve(backend, method, EQUAL, GradientMode.direct(), times)
              .pushforward(
                  new SolutionDirections(along.byStart(), along.byParameters(), sameTimes));
      DifferentiableSolution[] moved = new DifferentiableSolution[2];
      for (int side = 0; side < 2; side++) {
        double by = side == 0 ? e : -e;
        double[] theta = moved(NETWORK.theta(), along.byParameters(), by);
        double[][] start = rows(NETWORK.start(), 3);
        for (int row = 0; row < 2; row++) {
          start[row] = moved(start[row], along.byStart()[row], by);
        }
        moved[side] =
            new DifferentiableEquation(backend, NETWORK.field(), NETWORK.layout())
                .solve(
                    method,
                    EQUAL,
                    GradientMode.direct(),
                    theta,
                    moved(times, sameTimes[0], by),
                    start);
      }
      for (int row = 0; row < 2; row++) {
        for (int time = 0; time < 4; time++) {
          for (int i = 0; i < 3; i++) {
            double slope = (moved[0].value(row, time, i) - moved[1].value(row, time, i)) / (2 * e);
            assertThat(pushed[row][time][i]).as(name).isCloseTo(slope, within(1e-8));
          }
        }
      }
    }
  }

  private static double[] moved(double[] numbers, double[] direction, double by) {
    double[] moved = numbers.clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += by * direction[i];
    }
    return moved;
  }

  @Test
  void alongTheRateOfAnExponentialItIsTimeTimesSolution() {
    Problem linear = Problem.linear(-0.7);
    double[][][] pushed =
        new DifferentiableEquation(new ReferenceBackend(), linear.field(), linear.layout())
            .solve(
                Method.named("dopri8"),
                new AdaptiveSpan(0, 1, AdaptiveSteps.of(1e-11, 1e-13)),
                GradientMode.backsolve(),
                new double[] {-0.7},
                new double[] {0, 1, 3},
                new double[][] {{2}})
            .pushforward(
                new SolutionDirections(
                    new double[][] {{0}}, new double[] {1}, new double[][] {{0, 0, 0.5}}));
    assertThat(pushed[0][1][0]).isCloseTo(2 * Math.exp(-0.7), within(1e-10));
    double end = 2 * Math.exp(-2.1);
    assertThat(pushed[0][2][0]).isCloseTo(3 * end - 0.5 * 0.7 * end, within(1e-10));
  }

  @Test
  void contextHasADirectionWhereItIsDemanded() {
    Backend backend = new ReferenceBackend();
    ParameterLayout layout = ParameterLayout.of(Map.of("w", Shape.scalar()));
    Value c = Value.input("c", Type.perSampleScalar());
    Field field =
        Field.of(
            1,
            List.of(c),
            (t, y) -> y.times(Value.parameter("w", Shape.scalar())).plus(c.times(t).sin()));
    Parameters parameters = backend.parameters(layout);
    parameters.load(new double[] {0.4});
    Accumulators sums = backend.accumulators(layout);
    Buffer context = backend.buffer(Type.perSampleScalar(), 2);
    context.set(new double[] {0.7, -1.2});
    Demands demands = Demands.none().withContext().withTimes();
    SolveGradient solve =
        new SolveGradient(
            backend,
            Method.named("bosh3"),
            field,
            Map.of("c", context),
            parameters,
            sums,
            ADAPTIVE,
            GradientMode.direct(),
            demands,
            2);
    solve.solve().initialValue().set(new double[] {1, 2});
    solve.forward(Spans.same(2, 0, 1.5));
    SolveTangent tangent =
        new SolveTangent(backend, field, Map.of("c", context), layout, solve, demands, 2);
    tangent.load(new double[] {0.4}, new double[1]);
    tangent.contextTangent("c").set(new double[] {1, 1});
    tangent.run(new double[0][]);
    solve.solutionCotangent().fill(1);
    solve.backward();
    double[] pushed = new double[2];
    double[] pulled = new double[2];
    tangent.solutionTangent().get(pushed);
    solve.contextCotangent("c").get(pulled);
    assertThat(pushed).containsExactly(pulled, within(1e-14));
    assertThat(pushed[0]).isNotZero();
  }

  @Test
  void anEquationsContextHasADirectionAndItsJumpsHaveNone() {
    Value c = Value.input("c", Type.perSampleScalar());
    Field field = Field.of(1, List.of(c), (t, y) -> y.times(c));
    ParameterLayout none = ParameterLayout.of(Map.of());
    SolutionDirections along =
        new SolutionDirections(
            new double[1][1], new double[0], new double[1][2], Map.of("c", new double[][] {{1}}));
    DifferentiableEquation equation =
        new DifferentiableEquation(new ReferenceBackend(), field, none);
    AdaptiveSpan span = new AdaptiveSpan(0, 1, AdaptiveSteps.of(1e-11, 1e-13));
    SampleInputs inputs = SampleInputs.none().with("c", new double[][] {{-0.5}});
    double[][][] pushed =
        equation
            .solve(
                Method.named("dopri8"),
                span,
                GradientMode.backsolve(),
                new double[0],
                new double[] {0, 2},
                new double[][] {{3}},
                inputs)
            .pushforward(along);
    assertThat(pushed[0][1][0]).isCloseTo(2 * 3 * Math.exp(-1), within(1e-10));
    Jump halving = Jump.of(1, (t, y) -> y.times(0.5));
    SampleInputs jumping = inputs.with(JumpTimes.same(1, 1));
    DifferentiableSolution halved =
        equation
            .with(halving)
            .solve(
                Method.named("dopri8"),
                span,
                GradientMode.direct(),
                new double[0],
                new double[] {0, 2},
                new double[][] {{3}},
                jumping);
    assertThatThrownBy(() -> halved.pushforward(along))
        .hasMessageContaining("has events or jumps")
        .hasMessageContaining("Use the pullback");
    assertThatThrownBy(
            () ->
                equation
                    .with(halving)
                    .solve(
                        Method.named("dopri8"),
                        span,
                        GradientMode.backsolve(),
                        new double[0],
                        new double[] {0, 2},
                        new double[][] {{3}},
                        jumping))
        .hasMessageContaining("goes back over no events and jumps");
  }

  @Test
  void directionsOfOtherSizesAreRefused() {
    DifferentiableSolution solution =
        solve(new ReferenceBackend(), Method.rk4(), EQUAL, GradientMode.direct(), TIMES);
    SolutionDirections along = directions();
    assertThatThrownBy(
            () ->
                solution.pushforward(
                    new SolutionDirections(along.byStart(), new double[3], along.byTimes())))
        .hasMessageContaining("%d parameters".formatted(NETWORK.layout().size()));
    assertThatThrownBy(
            () ->
                solution.pushforward(
                    new SolutionDirections(
                        along.byStart(),
                        along.byParameters(),
                        along.byTimes(),
                        Map.of("cc", new double[3][1]))))
        .hasMessageContaining("of 'cc', which is no context of the field. Known are [");
  }
}
