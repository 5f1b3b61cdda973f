package org.anabranch.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.simd.SimdBackend;
import org.anabranch.backend.simd.WorkingPrecision;
import org.anabranch.control.brownian.BrownianGrid;
import org.anabranch.control.brownian.BrownianMotion;
import org.anabranch.field.Calculus;
import org.anabranch.field.Noise;
import org.anabranch.field.StochasticField;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.graph.Shape;
import org.anabranch.graph.Value;
import org.anabranch.solver.BrownianDrive;
import org.anabranch.solver.DrivenMethod;
import org.anabranch.solver.Fault;
import org.anabranch.solver.FaultSearch;
import org.anabranch.solver.Outcome;
import org.anabranch.solver.Outcomes;
import org.anabranch.solver.StochasticMethod;
import org.anabranch.solver.TimeGrid;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One path that leaves the numbers among many: it is told of, and no other one is harmed. */
class HostileNoiseTest {
  private static final Shape SQUARE = Shape.matrix(2, 2);
  private static final ParameterLayout LAYOUT = ParameterLayout.of(Map.of("w", SQUARE));
  private static final double[] THETA = {0.3, -1.1, 0.8, 0.2};
  private static final TimeGrid GRID = new TimeGrid(0, 1, 20);
  private static final int ROWS = 2100;
  private static final int BAD = 700;
  private static final List<Backend> BACKENDS =
      List.of(new SimdBackend(), new SimdBackend(WorkingPrecision.FLOAT64));

  /** A motion of which one sample's increments are huge from a time on. */
  private record Amplified(BrownianMotion motion, long sample, double since)
      implements BrownianMotion {
    @Override
    public int motions() {
      return motion.motions();
    }

    @Override
    public void over(
        long[] samples, double[] from, double[] to, Buffer increments, @Nullable Buffer areas) {
      motion.over(samples, from, to, increments, areas);
      double[] w = new double[motions()];
      for (int row = 0; row < samples.length; row++) {
        if (samples[row] == sample && Math.min(from[row], to[row]) >= since) {
          increments.getRow(row, w, 0);
          increments.setRow(row, Arrays.stream(w).map(x -> 1e200 * x).toArray(), 0);
        }
      }
    }
  }

  static Stream<String> methods() {
    return StochasticMethod.names().stream();
  }

  /** A drift that overflows where the state is huge, with noise that a method takes. */
  private static DrivenMethod driven(String name) {
    StochasticMethod method = StochasticMethod.named(name);
    Calculus calculus =
        method.calculi().contains(Calculus.STRATONOVICH) ? Calculus.STRATONOVICH : Calculus.ITO;
    Value w = Value.parameter("w", SQUARE);
    for (Noise noise : List.of(Noise.GENERAL, Noise.DIAGONAL, Noise.ADDITIVE)) {
      StochasticField field =
          StochasticField.of(
              2,
              noise,
              calculus,
              (t, y) -> w.appliedTo(y).tanh().minus(y.times(y.square()).times(0.01)),
              (t, y) ->
                  switch (noise) {
                    case GENERAL ->
                        Value.concatenate(List.of(w.appliedTo(y).sin(), y.times(0.2)))
                            .reshaped(SQUARE);
                    case DIAGONAL -> y.times(0.3);
                    default -> t.plus(0.3).broadcast(2);
                  });
      try {
        return method.on(field);
      } catch (IllegalArgumentException e) {
        assertThat(e).hasMessageContaining(name);
      }
    }
    throw new AssertionError("no field for " + name);
  }

  private static double[] starts() {
    double[] starts = Problem.numbers(2 * ROWS, 4, 1.2);
    starts[2 * BAD] = 0.9;
    return starts;
  }

  private static long[] ids() {
    return LongStream.range(0, ROWS).toArray();
  }

  private static void othersAreTheSame(double[] actual, double[] expected) {
    for (int i = 0; i < expected.length; i++) {
      if (i / 2 != BAD) {
        assertThat(actual[i]).isEqualTo(expected[i]);
        assertThat(actual[i]).isFinite();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  void aPathThatExplodesOnAGridIsToldOfAndHarmsNoOther(String name) {
    DrivenMethod driven = driven(name);
    int motions = driven.field().context().get("dW").type().shape().size();
    BrownianMotion grid = BrownianGrid.equal(3, 0, 1, 20, motions);
    Amplified hostile = new Amplified(grid, BAD, 0.5);
    for (Backend backend : BACKENDS) {
      Problem.Result clean =
          new DrivenProblem(driven, LAYOUT, THETA, grid, GRID)
              .on(backend, GradientMode.automatic(), ROWS)
              .squaresWithout(BAD, starts());
      DrivenProblem problem = new DrivenProblem(driven, LAYOUT, THETA, hostile, GRID);
      DrivenProblem.Prepared prepared = problem.on(backend, GradientMode.automatic(), ROWS);
      Problem.Result harmed = prepared.squaresWithout(BAD, starts());
      Outcomes outcomes = new Outcomes(ROWS, 2);
      outcomes.judge(prepared.solve().solve());
      for (int row = 0; row < ROWS; row++) {
        assertThat(outcomes.outcome(row).isSolved()).isEqualTo(row != BAD);
      }
      assertThat(outcomes.outcome(BAD)).isEqualTo(Outcome.NOT_FINITE);
      othersAreTheSame(harmed.end(), clean.end());
      othersAreTheSame(harmed.byStart(), clean.byStart());
      Fault fault = fault(backend, driven, hostile);
      assertThat(fault.step()).isBetween(10, 11); // some see the explosion at their next start
      assertThat(fault.time()).isEqualTo(GRID.time(fault.step()));
      // Its place taken by another sample, the parameters' gradient is that of the others.
      long[] replaced = ids();
      replaced[BAD] = 0;
      double[] starts = starts();
      System.arraycopy(starts, 0, starts, 2 * BAD, 2);
      Problem.Result healthy =
          problem
              .on(backend, GradientMode.automatic(), Demands.none(), replaced)
              .squaresWithout(BAD, starts);
      assertThat(healthy.byParameters()).containsExactly(clean.byParameters());
    }
  }

  private static Fault fault(Backend backend, DrivenMethod driven, BrownianMotion motion) {
    BrownianDrive drive = new BrownianDrive(motion, driven.need(), 1);
    drive.samples(new long[] {BAD});
    var parameters = backend.parameters(LAYOUT);
    parameters.load(THETA);
    FaultSearch search =
        new FaultSearch(
            backend, driven.method(), driven.field(), Map.of(), parameters, GRID, drive);
    double[] start = Arrays.copyOfRange(starts(), 2 * BAD, 2 * BAD + 2);
    return search.search(start).orElseThrow();
  }
}
