package org.anabranch.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.anabranch.backend.simd.SimdBackend;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.graph.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules that treat tensors in different ways, against rules that have one kind alone. */
class RulesOfPartsTest {
  private static final int STEPS = 13;
  private static final ParameterLayout BOTH =
      ParameterLayout.of(Map.of("early", Shape.vector(30), "late", Shape.matrix(4, 5)));
  private static final Optimiser ADAM = Optimiser.adam(0.05, 0.9, 0.99, 1e-8).withWeightDecay(0.1);
  private static final Optimiser HALF = Optimiser.adam(0.1, 0.9, 0.99, 1e-8).withWeightDecay(0.1);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5})
  void inTurnEachPartMovesAsIfItWereAlone(int cycle) {
    Updates both = updates(ADAM.alternating(cycle, false, BOTH, "late"::equals), 0, BOTH.size());
    Updates early = updates(ADAM, at("early"), 30);
    Updates late = updates(ADAM, at("late"), 20);
    for (int step = 0; step < STEPS; step++) {
      both.apply(gradient(step, 0, BOTH.size()), 1, Crew.ALONE, step);
      early.apply(gradient(step, at("early"), 30));
      if (step % cycle == cycle - 1) {
        late.apply(gradient(step, at("late"), 20));
      }
    }
    assertThat(part(both, "early", 30)).containsExactly(all(early, 30));
    assertThat(part(both, "late", 20)).containsExactly(all(late, 20));
  }

  @Test
  void apartTheOthersStandStillInTheLastStep() {
    Updates both = updates(ADAM.alternating(3, true, BOTH, "late"::equals), 0, BOTH.size());
    Updates early = updates(ADAM, at("early"), 30);
    for (int step = 0; step < STEPS; step++) {
      both.apply(gradient(step, 0, BOTH.size()), 1, Crew.ALONE, step);
      if (step % 3 != 2) {
        early.apply(gradient(step, at("early"), 30));
      }
    }
    assertThat(part(both, "early", 30)).containsExactly(all(early, 30));
  }

  @Test
  void aPartOfItsOwnRateMovesAsIfItHadItAlone() {
    Optimiser both = HALF.withRateFactor(0.5, BOTH, "early"::equals);
    requirePartsAlone(both, step -> 1, step -> 1);
    requirePartsAlone(both, step -> 1.0 / (1 + step), step -> 1.0 / (1 + step));
  }

  @Test
  void aPartOfConstantRateDoesNotFollowTheSchedule() {
    Optimiser both = HALF.withConstantRateFactor(0.5, BOTH, "early"::equals);
    requirePartsAlone(both, step -> 1.0 / (1 + step), step -> 1);
  }

  /** The late part moves as by {@link #HALF}, the early one as by {@link #ADAM}. */
  private static void requirePartsAlone(
      Optimiser rule, IntToDoubleFunction schedule, IntToDoubleFunction ofEarly) {
    Updates both = updates(rule, 0, BOTH.size());
    Updates early = updates(ADAM, at("early"), 30);
    Updates late = updates(HALF, at("late"), 20);
    for (int step = 0; step < STEPS; step++) {
      both.apply(gradient(step, 0, BOTH.size()), schedule.applyAsDouble(step));
      early.apply(gradient(step, at("early"), 30), ofEarly.applyAsDouble(step));
      late.apply(gradient(step, at("late"), 20), schedule.applyAsDouble(step));
    }
    assertThat(part(both, "early", 30)).containsExactly(all(early, 30), within(1e-15));
    assertThat(part(both, "late", 20)).containsExactly(all(late, 20));
  }

  /**
   * On f(x, y) = x y, which x lowers and y raises, plain steps leave the saddle in a spiral; those
   * that expect the next one come to it.
   */
  @Test
  void optimisticStepsComeToRestWherePlainOnesCircle() {
    assertThat(distanceFromTheSaddle(Optimiser.sgd(0.1, 0))).isGreaterThan(10);
    assertThat(distanceFromTheSaddle(Optimiser.sgd(0.1, 0).optimistic())).isLessThan(0.01);
  }

  private static double distanceFromTheSaddle(Optimiser rule) {
    double[] at = {1, 1};
    Updates updates = new Updates(new SimdBackend(), rule, at);
    for (int step = 0; step < 1000; step++) {
      updates.apply(new double[] {at[1], -at[0]});
      updates.parameters(at);
    }
    return Math.hypot(at[0], at[1]);
  }

  @Test
  void clampedParametersStayWithinTheirLimitsAndOthersAreFree() {
    double limit = 1.0 / 48;
    Optimiser clamped = ADAM.withClamped(BOTH, Map.of("late", limit));
    Updates both = updates(clamped, 0, BOTH.size());
    Updates free = updates(ADAM, 0, BOTH.size());
    both.apply(gradient(1, 0, BOTH.size()));
    free.apply(gradient(1, 0, BOTH.size()));
    double[] late = part(both, "late", 20);
    double[] expected = part(free, "late", 20);
    for (int i = 0; i < late.length; i++) {
      assertThat(Math.abs(late[i])).isLessThanOrEqualTo(limit);
      double bounded = Math.max(-limit, Math.min(limit, expected[i]));
      assertThat(late[i]).isCloseTo(bounded, within(2e-9));
    }
    assertThat(part(both, "early", 30)).containsExactly(part(free, "early", 30));
    assertThat(Arrays.stream(expected).map(Math::abs).max().orElseThrow()).isGreaterThan(limit);
  }

  private static Updates updates(Optimiser rule, int from, int size) {
    double[] start = IntStream.range(from, from + size).mapToDouble(Math::cos).toArray();
    return new Updates(new SimdBackend(), rule, start);
  }

  private static double[] gradient(int step, int from, int size) {
    return IntStream.range(from, from + size).mapToDouble(i -> Math.sin(i + 3.0 * step)).toArray();
  }

  private static double[] part(Updates updates, String tensor, int size) {
    return Arrays.copyOfRange(all(updates, BOTH.size()), at(tensor), at(tensor) + size);
  }

  private static double[] all(Updates updates, int size) {
    double[] numbers = new double[size];
    updates.parameters(numbers);
    return numbers;
  }

  private static int at(String tensor) {
    return BOTH.view(tensor).offset();
  }
}
