package org.anabranch.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.anabranch.backend.Backend;
import org.anabranch.backend.simd.SimdBackend;
import org.anabranch.field.Field;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.graph.Shape;
import org.anabranch.graph.Value;
import org.anabranch.solver.Method;
import org.anabranch.solver.Outcome;
import org.anabranch.solver.Tableau;
import org.anabranch.solver.TimeGrid;
import org.anabranch.train.Optimiser;
import org.anabranch.train.Updates;
import org.junit.jupiter.api.Test;

/**
 * A field that draws its state to a network's value at the rate {@value #RATE}, trained to reach
 * targets. The leapfrog has no region of stability there; what decays is what the coupling is for.
 */
class StiffTrainingTest {
  private static final double RATE = 20;
  private static final double END = 2;
  private static final int ROWS = 12;
  private static final Shape MATRIX = Shape.matrix(3, 3);
  private static final ParameterLayout LAYOUT =
      ParameterLayout.of(new TreeMap<>(Map.of("b", Shape.vector(3), "w", MATRIX)));
  private static final Backend BACKEND = new SimdBackend();

  private static Field field() {
    return Field.of(
        3,
        (t, y) -> {
          Value bias = Value.parameter("b", Shape.vector(3)).times(t.sin().plus(1));
          Value aim = Value.parameter("w", MATRIX).appliedTo(y).plus(bias).tanh();
          return aim.minus(y).times(RATE);
        });
  }

  /** A matrix that grows in training makes decays up to twice as fast as at its start. */
  private static Method coupled() {
    return Method.reversibleAtRate(Tableau.named("heun"), 2 * RATE);
  }

  private record Run(List<Double> losses, Outcome worst, long bytes) {}

  private static Run train(Method method, int steps, int rounds) {
    DifferentiableEquation equation = new DifferentiableEquation(BACKEND, field(), LAYOUT);
    double[] theta = Problem.numbers(LAYOUT.size(), 3, 0.5);
    Updates updates = new Updates(BACKEND, Optimiser.adam(0.05, 0.9, 0.999, 1e-8), theta);
    double[][] starts = new double[ROWS][];
    for (int row = 0; row < ROWS; row++) {
      starts[row] = Problem.numbers(3, 10 + row, 1);
    }
    List<Double> losses = new ArrayList<>();
    Outcome worst = Outcome.COMPLETED;
    long bytes = 0;
    for (int round = 0; round < rounds; round++) {
      updates.parameters(theta);
      DifferentiableSolution solution =
          equation.solve(
              method,
              new TimeGrid(0, END, steps),
              GradientMode.reversible(),
              theta,
              new double[] {0, END},
              starts);
      double loss = 0;
      double[][][] cotangents = new double[ROWS][2][3];
      for (int row = 0; row < ROWS; row++) {
        worst = solution.outcome(row) == Outcome.COMPLETED ? worst : solution.outcome(row);
        for (int i = 0; i < 3; i++) {
          double error = solution.value(row, 1, i) - (i - 1) * 0.7;
          loss += error * error;
          cotangents[row][1][i] = 2 * error;
        }
      }
      losses.add(loss);
      if (!worst.isSolved()) {
        break;
      }
      updates.apply(solution.pullback(cotangents).byParameters());
      bytes = solution.bytes();
    }
    return new Run(losses, worst, bytes);
  }

  @Test
  void whereTheLeapfrogDivergesTheCouplingTrains() {
    Run leapfrog = train(Method.alf(), 80, 1);
    assertThat(leapfrog.worst()).isEqualTo(Outcome.OUT_OF_RANGE);
    Run coupled = train(coupled(), 80, 60);
    assertThat(coupled.worst()).isEqualTo(Outcome.COMPLETED);
    assertThat(coupled.losses().get(0)).isGreaterThan(5);
    assertThat(coupled.losses().get(59)).isLessThan(0.01);
  }

  @Test
  void memoryIsThatOfRateAndTimeWhateverTheSteps() {
    Method method = coupled();
    List<Long> bytes =
        IntStream.of(100, 1_000, 5_000).mapToObj(steps -> train(method, steps, 1).bytes()).toList();
    long times = 8 * ROWS * 2 * 8_192; // of each sample's own steps, doubled as they come
    long state = 2 * ROWS * 3 * Double.BYTES;
    assertThat(bytes.get(2) - bytes.get(0)).isBetween(0L, times + 3 * state);
  }
}
