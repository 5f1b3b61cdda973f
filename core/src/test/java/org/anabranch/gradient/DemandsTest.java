package org.anabranch.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
import org.anabranch.solver.Method;
import org.anabranch.solver.Spans;
import org.anabranch.solver.Stepping;
import org.anabranch.solver.TimeGrid;
import org.junit.jupiter.api.Test;

/** Ragged times, outputs between, context: each with its cotangent. */
class DemandsTest {
  private static final Backend REFERENCE = new ReferenceBackend();
  private static final Shape MATRIX = Shape.matrix(2, 2);
  private static final ParameterLayout LAYOUT =
      ParameterLayout.of(new TreeMap<>(Map.of("w", MATRIX)));
  private static final double[] THETA = {0.3, -0.8, 0.9, -0.2};
  private static final double[] START = {1, 0.5, -0.4, 0.8, 0.2, -0.6};
  private static final double[] CONTEXT = {0.5, -0.3, 0.9};
  private static final double[][] TIMES = {{0.1, 0.4, 0.9, 1.3}, {1, 0.2}, {0, 0.55, 1.1}};

  /** y' = tanh(W y + sin t) + c, with c a number of each sample. */
  private static Field field() {
    Value c = Value.input("c", Type.perSampleScalar());
    return Field.of(
        2,
        List.of(c),
        (t, y) -> Value.parameter("w", MATRIX).appliedTo(y).plus(t.sin()).tanh().plus(c));
  }

  /** L = Σ (1 + p) |y(τ_p)|² over every sample's points but its start. */
  private static final class Loss {
    final SolveGradient solve;
    final Parameters parameters;
    final Accumulators accumulators;
    final Buffer context;

    Loss(Backend backend, Method method, Stepping stepping, GradientMode mode) {
      parameters = backend.parameters(LAYOUT);
      accumulators = backend.accumulators(LAYOUT);
      context = backend.buffer(Type.perSampleScalar(), 3);
      solve =
          new SolveGradient(
              backend,
              method,
              field(),
              Map.of("c", context),
              parameters,
              accumulators,
              stepping,
              mode,
              Demands.none().withContext().withTimes().withPoints(2),
              3);
    }

    double at(double[] theta, double[] start, double[] contexts, double[][] times) {
      parameters.load(theta);
      context.set(contexts);
      solve.solve().initialValue().set(start);
      solve.forward(Spans.own(times));
      double loss = 0;
      for (int row = 0; row < 3; row++) {
        for (int point = 1; point < times[row].length; point++) {
          boolean end = point == times[row].length - 1;
          Buffer values = end ? solve.solve().solution() : solve.pointValue(point - 1);
          Buffer cotangents = end ? solve.solutionCotangent() : solve.pointCotangent(point - 1);
          loss += (1 + point) * pull(row, values, cotangents, 2.0 * (1 + point));
        }
      }
      return loss;
    }

    /** |y|² of a row; its cotangent, times a factor, goes to the other buffer. */
    private static double pull(int row, Buffer values, Buffer cotangents, double factor) {
      double[] y = new double[6];
      double[] dy = new double[6];
      values.get(y);
      cotangents.get(dy);
      for (int i = 2 * row; i < 2 * row + 2; i++) {
        dy[i] = factor * y[i];
      }
      cotangents.set(dy);
      return y[2 * row] * y[2 * row] + y[2 * row + 1] * y[2 * row + 1];
    }
  }

  private interface Function {
    double at(double x);
  }

  private static double slope(Function function, double x) {
    return (function.at(x + 1e-5) - function.at(x - 1e-5)) / 2e-5;
  }

  private static double[] with(double[] numbers, int i, double x) {
    double[] moved = numbers.clone();
    moved[i] = x;
    return moved;
  }

  private static double[][] with(int row, int point, double x) {
    double[][] moved = TIMES.clone();
    moved[row] = with(TIMES[row], point, x);
    return moved;
  }

  @Test
  void everyCotangentIsTheSlopeOfTheLoss() {
    Stepping stepping = new TimeGrid(0, 1, 7);
    for (Method method : List.of(Method.rk4(), Method.alf(1), Method.named("bosh3"))) {
      Loss loss = new Loss(REFERENCE, method, stepping, GradientMode.direct());
      loss.at(THETA, START, CONTEXT, TIMES);
      loss.solve.backward();
      double[] byTheta = new double[4];
      double[] byStart = new double[6];
      double[] byContext = new double[3];
      loss.accumulators.total(byTheta);
      loss.solve.initialCotangent().get(byStart);
      loss.solve.contextCotangent("c").get(byContext);
      double[][] byTime = new double[3][];
      for (int row = 0; row < 3; row++) {
        byTime[row] = new double[TIMES[row].length];
        for (int point = 0; point < byTime[row].length; point++) {
          byTime[row][point] = loss.solve.timeCotangent(row, point);
        }
      }
      for (int i = 0; i < 4; i++) {
        int j = i;
        assertThat(byTheta[i])
            .isCloseTo(
                slope(x -> loss.at(with(THETA, j, x), START, CONTEXT, TIMES), THETA[i]),
                within(1e-7));
      }
      for (int i = 0; i < 6; i++) {
        int j = i;
        assertThat(byStart[i])
            .isCloseTo(
                slope(x -> loss.at(THETA, with(START, j, x), CONTEXT, TIMES), START[i]),
                within(1e-7));
      }
      for (int row = 0; row < 3; row++) {
        int r = row;
        assertThat(byContext[row])
            .isCloseTo(
                slope(x -> loss.at(THETA, START, with(CONTEXT, r, x), TIMES), CONTEXT[row]),
                within(1e-7));
        for (int point = 0; point < TIMES[row].length; point++) {
          int p = point;
          assertThat(byTime[row][point])
              .isCloseTo(
                  slope(x -> loss.at(THETA, START, CONTEXT, with(r, p, x)), TIMES[row][point]),
                  within(1e-6));
        }
      }
    }
  }

  @Test
  void adaptiveStepsGiveTheSameToTheirTolerance() {
    Loss fine = new Loss(REFERENCE, Method.rk4(), new TimeGrid(0, 1, 200), GradientMode.direct());
    AdaptiveSpan span = new AdaptiveSpan(0, 1, AdaptiveSteps.of(1e-9, 1e-11));
    for (Backend backend : List.of(REFERENCE, new SimdBackend(WorkingPrecision.FLOAT64))) {
      Loss adaptive = new Loss(backend, Method.named("bosh3"), span, GradientMode.checkpointed());
      double expected = fine.at(THETA, START, CONTEXT, TIMES);
      assertThat(adaptive.at(THETA, START, CONTEXT, TIMES)).isCloseTo(expected, within(1e-7));
      fine.solve.backward();
      adaptive.solve.backward();
      for (int row = 0; row < 3; row++) {
        for (int point = 0; point < TIMES[row].length; point++) {
          assertThat(adaptive.solve.timeCotangent(row, point))
              .isCloseTo(fine.solve.timeCotangent(row, point), within(1e-6));
        }
      }
      double[] a = new double[3];
      double[] b = new double[3];
      adaptive.solve.contextCotangent("c").get(a);
      fine.solve.contextCotangent("c").get(b);
      assertThat(a).containsExactly(b, within(1e-6));
    }
  }

  @Test
  void reversibleGivesTheBitsOfDirectOnRaggedTimes() {
    Stepping stepping = new TimeGrid(0, 1, 40);
    for (Backend backend :
        List.of(REFERENCE, new SimdBackend(), new SimdBackend(WorkingPrecision.FLOAT64))) {
      Loss direct = new Loss(backend, Method.alf(), stepping, GradientMode.direct());
      Loss reversible = new Loss(backend, Method.alf(), stepping, GradientMode.reversible());
      assertThat(reversible.at(THETA, START, CONTEXT, TIMES))
          .isEqualTo(direct.at(THETA, START, CONTEXT, TIMES));
      direct.solve.backward();
      reversible.solve.backward();
      double[] a = new double[6];
      double[] b = new double[6];
      direct.solve.initialCotangent().get(a);
      reversible.solve.initialCotangent().get(b);
      assertThat(b).containsExactly(a);
      assertThat(reversible.solve.reconstructionError(0)).isZero();
      assertThat(reversible.solve.reconstructionError(1)).isZero();
      for (int row = 0; row < 3; row++) {
        for (int point = 0; point < TIMES[row].length; point++) {
          assertThat(reversible.solve.timeCotangent(row, point))
              .isEqualTo(direct.solve.timeCotangent(row, point));
        }
      }
    }
  }

  @Test
  void backsolveComesNearToEveryCotangent() {
    Loss fine = new Loss(REFERENCE, Method.rk4(), new TimeGrid(0, 1, 200), GradientMode.direct());
    AdaptiveSpan span = new AdaptiveSpan(0, 1, AdaptiveSteps.of(1e-9, 1e-11));
    for (GradientMode mode :
        List.of(GradientMode.backsolve(), GradientMode.backsolve().withFullNorm())) {
      Loss back = new Loss(REFERENCE, Method.named("dopri5"), span, mode);
      fine.at(THETA, START, CONTEXT, TIMES);
      back.at(THETA, START, CONTEXT, TIMES);
      fine.solve.backward();
      back.solve.backward();
      for (int row = 0; row < 3; row++) {
        for (int point = 0; point < TIMES[row].length; point++) {
          assertThat(back.solve.timeCotangent(row, point))
              .isCloseTo(fine.solve.timeCotangent(row, point), within(1e-7));
        }
      }
      double[] a = new double[6];
      double[] b = new double[6];
      back.solve.initialCotangent().get(a);
      fine.solve.initialCotangent().get(b);
      assertThat(a).containsExactly(b, within(1e-7));
      back.solve.contextCotangent("c").get(a);
      fine.solve.contextCotangent("c").get(b);
      assertThat(a).containsExactly(b, within(1e-7));
      a = new double[4];
      b = new double[4];
      back.accumulators.total(a);
      fine.accumulators.total(b);
      assertThat(a).containsExactly(b, within(1e-7));
      fine.accumulators.clear();
    }
  }

  @Test
  void aSolveOfOneGridHasNoTimesOfItsOwn() {
    Problem problem = Problem.linear(1);
    SolveGradient solve =
        new SolveGradient(
            REFERENCE,
            Method.rk4(),
            problem.field(),
            REFERENCE.parameters(problem.layout()),
            REFERENCE.accumulators(problem.layout()),
            new TimeGrid(0, 1, 2),
            GradientMode.direct(),
            1);
    assertThatThrownBy(() -> solve.forward(Spans.same(1, 0, 2)))
        .hasMessageContaining("Demand points or times");
  }

  @Test
  void morePointsThanDemandedAreRefused() {
    Loss loss = new Loss(REFERENCE, Method.rk4(), new TimeGrid(0, 1, 2), GradientMode.direct());
    loss.solve.solve().initialValue().set(START);
    assertThatThrownBy(() -> loss.solve.forward(Spans.same(3, 0, 0.1, 0.2, 0.3, 1)))
        .hasMessageContaining("3 points between start and end, made was it for 2");
  }
}
