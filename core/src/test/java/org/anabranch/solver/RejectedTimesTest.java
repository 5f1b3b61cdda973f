package org.anabranch.solver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.anabranch.backend.Buffer;
import org.anabranch.control.brownian.BrownianInterval;
import org.anabranch.control.brownian.BrownianMotion;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a rejected step has learnt of a path is not forgotten: steps land where it ended. */
class RejectedTimesTest {
  private static final int ROWS = 50;

  /** A motion that keeps the ends of the intervals that it was asked for, of each sample. */
  private record Watched(BrownianMotion motion, List<TreeSet<Double>> ends)
      implements BrownianMotion {
    @Override
    public int motions() {
      return motion.motions();
    }

    @Override
    public void over(
        long[] samples, double[] from, double[] to, Buffer increments, @Nullable Buffer areas) {
      for (int row = 0; row < samples.length; row++) {
        if (from[row] != to[row]) {
          ends.get((int) samples[row]).add(to[row]);
        }
      }
      motion.over(samples, from, to, increments, areas);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void allTimesThatWereTriedAreTimesOfTheSolve(boolean backwards) {
    List<TreeSet<Double>> tried = new ArrayList<>();
    List<TreeSet<Double>> taken = new ArrayList<>();
    for (int row = 0; row < ROWS; row++) {
      tried.add(new TreeSet<>());
      taken.add(new TreeSet<>());
    }
    Watched motion = new Watched(new BrownianInterval(3, 0, 1, 2), tried);
    AdaptiveSolve solve =
        IntervalProblem.pair()
            .prepared(StochasticMethod.named("heun"), motion, AdaptiveSteps.of(3e-3, 3e-3), ROWS);
    Spans spans = backwards ? Spans.same(ROWS, 1, 0.4, 0) : Spans.same(ROWS, 0, 0.6, 1);
    solve.run(spans, new AdaptiveSolve.Observer() {});
    for (int row = 0; row < ROWS; row++) {
      assertThat(solve.reports().get(row).outcome()).isEqualTo(Outcome.COMPLETED);
      assertThat(solve.reports().get(row).rejected()).isPositive();
      for (int step = 1; step <= solve.times().steps(row); step++) {
        taken.get(row).add(solve.times().time(row, step));
      }
      assertThat(tried.get(row)).isEqualTo(taken.get(row));
    }
  }
}
