package org.anabranch.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.TreeMap;
import org.anabranch.backend.Accumulators;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.Parameters;
import org.anabranch.backend.reference.ReferenceBackend;
import org.anabranch.control.brownian.BrownianInterval;
import org.anabranch.field.Calculus;
import org.anabranch.field.Noise;
import org.anabranch.field.StochasticField;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.graph.Shape;
import org.anabranch.graph.Type;
import org.anabranch.graph.Value;
import org.anabranch.solver.AdaptiveSpan;
import org.anabranch.solver.AdaptiveSteps;
import org.anabranch.solver.BrownianDrive;
import org.anabranch.solver.DrivenMethod;
import org.anabranch.solver.Spans;
import org.anabranch.solver.Stepping;
import org.anabranch.solver.StochasticMethod;
import org.anabranch.solver.TimeGrid;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Outputs at times of each sample's own, which steps land on: X(t) = x exp(at + bW(t)), L the sum
 * of all outputs, each of known slopes.
 */
class RaggedStochasticTest {
  private static final double A = 0.3;
  private static final double B = 0.8;
  private static final ParameterLayout LAYOUT =
      ParameterLayout.of(new TreeMap<>(Map.of("a", Shape.scalar(), "b", Shape.scalar())));
  private static final double[] START = {1, 2, 0.5};

  /** Start, points between, end. */
  private static final double[][] TIMES = {{0, 0.11, 0.5, 0.9}, {0.05, 0.0501, 0.7}, {0, 1.0}};

  private static StochasticField field() {
    return StochasticField.of(
        1,
        Noise.DIAGONAL,
        Calculus.STRATONOVICH,
        (t, y) -> y.times(Value.parameter("a", Shape.scalar())),
        (t, y) -> y.times(Value.parameter("b", Shape.scalar())));
  }

  private static double motion(long sample, double from, double to) {
    Buffer w = new ReferenceBackend().buffer(Type.perSample(1), 1);
    new BrownianInterval(5, 0, 1, 1)
        .over(new long[] {sample}, new double[] {from}, new double[] {to}, w, null);
    double[] number = new double[1];
    w.get(number);
    return number[0];
  }

  @ParameterizedTest
  @CsvSource({
    "heun, checkpointed, equal",
    "heun, direct, adaptive",
    "reversible-heun, reversible, equal",
    "reversible-heun, reversible, adaptive"
  })
  void valuesAndGradientsAreTheKnownOnes(String name, String mode, String steps) {
    Backend backend = new ReferenceBackend();
    DrivenMethod driven = StochasticMethod.named(name).on(field());
    Parameters parameters = backend.parameters(LAYOUT);
    parameters.load(new double[] {A, B});
    Accumulators accumulators = backend.accumulators(LAYOUT);
    Stepping stepping =
        steps.equals("equal")
            ? new TimeGrid(0, 1, 512)
            : new AdaptiveSpan(0, 1, AdaptiveSteps.of(1e-4, 1e-4).withFirstStep(0.01));
    GradientMode how =
        switch (mode) {
          case "direct" -> GradientMode.direct();
          case "checkpointed" -> GradientMode.checkpointed();
          default -> GradientMode.reversible();
        };
    SolveGradient solve =
        SolveGradient.driven(
            backend,
            driven,
            parameters,
            accumulators,
            stepping,
            how,
            Demands.none().withPoints(2),
            new BrownianDrive(new BrownianInterval(5, 0, 1, 1), driven.need(), 3),
            3);
    solve.solve().initialValue().set(START);
    solve.forward(Spans.own(TIMES));
    solve.solutionCotangent().fill(1);
    for (int point = 0; point < 2; point++) {
      solve.pointCotangent(point).fill(1);
    }
    solve.backward();
    double byA = 0;
    double byB = 0;
    double[] byStart = new double[3];
    solve.initialCotangent().get(byStart);
    double[] number = new double[1];
    for (int row = 0; row < 3; row++) {
      double sum = 0;
      for (int place = 1; place < TIMES[row].length; place++) {
        boolean isEnd = place == TIMES[row].length - 1;
        Buffer value = isEnd ? solve.solve().solution() : solve.pointValue(place - 1);
        value.getRow(row, number, 0);
        double t = TIMES[row][place] - TIMES[row][0];
        double w = motion(row, TIMES[row][0], TIMES[row][place]);
        double growth = Math.exp(A * t + B * w);
        assertThat(number[0]).isCloseTo(START[row] * growth, within(5e-3 * growth));
        sum += growth;
        byA += START[row] * growth * t;
        byB += START[row] * growth * w;
      }
      assertThat(byStart[row]).isCloseTo(sum, within(5e-3 * sum));
    }
    double[] gradient = new double[2];
    accumulators.total(gradient);
    assertThat(gradient[0]).isCloseTo(byA, within(0.05));
    assertThat(gradient[1]).isCloseTo(byB, within(0.05));
  }
}
