package org.anabranch.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.anabranch.backend.Backend;
import org.anabranch.backend.reference.ReferenceBackend;
import org.anabranch.backend.simd.SimdBackend;
import org.anabranch.graph.GraphRun;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.graph.Shape;
import org.anabranch.graph.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Updates in pieces, against the rule run once over all parameters. */
class UpdatesTest {
  private static final int STEPS = 4;
  private static final Map<String, Shape> TENSORS =
      Map.of(
          "a", Shape.vector(100),
          "b", Shape.matrix(70, 60),
          "c", Shape.vector(5000),
          "d", Shape.matrix(3, 1));
  private static final ParameterLayout LAYOUT = ParameterLayout.of(TENSORS);

  static Stream<Arguments> rules() {
    Optimiser adam = Optimiser.adam(0.01, 0.9, 0.999, 1e-8);
    return Stream.of(
            Optimiser.sgd(0.1, 0),
            Optimiser.nesterov(0.1, 0.9),
            Optimiser.adadelta(1, 0.95, 1e-6),
            Optimiser.adaBelief(0.01, 0.9, 0.999, 1e-8),
            Optimiser.rmsProp(0.01, 0.9, 1e-8),
            adam.withWeightDecayOfMatrices(0.1, LAYOUT),
            adam.clippedByNorm(3).withWeightDecay(0.1),
            adam.withWeightDecayOfMatrices(0.1, LAYOUT).clippedByNorm(0.5),
            adam.clippedByValue(0.2),
            Optimiser.adadelta(1, 0.9, 1e-6)
                .withWeightDecay(0.01)
                .withRateFactor(5, LAYOUT, name -> name.equals("b"))
                .withClamped(LAYOUT, Map.of("b", 0.9, "d", 0.5)),
            adam.optimistic(),
            adam.alternating(3, false, LAYOUT, name -> name.equals("a") || name.equals("c")))
        .flatMap(rule -> IntStream.of(1, 2, 3, 9).mapToObj(threads -> Arguments.of(rule, threads)));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void piecesAndThreadsDoNotChangeABit(Optimiser rule, int threads) {
    assertThat(LAYOUT.size()).isGreaterThan(2 * Updates.PIECE).matches(n -> n % Updates.PIECE != 0);
    double[] start = numbers(0);
    Updates updates = new Updates(new SimdBackend(), rule, start);
    Map<String, double[]> expected = whole(rule, start);
    try (CallerAndThreads crew = new CallerAndThreads(threads - 1)) {
      for (int step = 1; step <= STEPS; step++) {
        double[] gradient = numbers(step);
        updates.apply(gradient, 0.5, crew);
        expected = stepped(rule, expected, gradient);
      }
    }
    SortedMap<String, double[]> arrays = updates.arrays();
    assertThat(arrays.keySet()).isEqualTo(expected.keySet());
    expected.forEach((name, numbers) -> assertThat(arrays.get(name)).isEqualTo(numbers));
  }

  /** Whoever goes on after an odd number of steps, with another number of threads. */
  @Test
  void restoredUpdatesGoOnWithTheSameBits() {
    Optimiser rule = Optimiser.adam(0.01, 0.9, 0.999, 1e-8);
    Updates whole = new Updates(new SimdBackend(), rule, numbers(0));
    Updates half = new Updates(new SimdBackend(), rule, numbers(9));
    try (CallerAndThreads crew = new CallerAndThreads(1)) {
      for (int step = 1; step <= 3; step++) {
        whole.apply(numbers(step), 1, crew);
      }
      half.restore(whole.arrays());
      half.apply(numbers(4));
      whole.apply(numbers(4), 1, crew);
    }
    half.arrays()
        .forEach((name, numbers) -> assertThat(numbers).isEqualTo(whole.arrays().get(name)));
  }

  private record Ranked() implements Optimiser {
    @Override
    public String name() {
      return "ranked";
    }

    @Override
    public double learningRate() {
      return 1;
    }

    @Override
    public Map<String, Shape> state(int size) {
      return Map.of("ranks", Shape.matrix(size, 2));
    }

    @Override
    public Map<String, Double> initialState() {
      return Map.of("ranks", 0.0);
    }

    @Override
    public Map<String, Value> step(Map<String, Value> before) {
      return before;
    }
  }

  @Test
  void stateThatIsNotByComponentIsRefused() {
    assertThatThrownBy(() -> new Updates(new SimdBackend(), new Ranked(), new double[3]))
        .hasMessageContaining("Optimiser ranked: its state 'ranks' is")
        .hasMessageContaining("as long as they are");
  }

  private static double[] numbers(int step) {
    return IntStream.range(0, LAYOUT.size()).mapToDouble(i -> Math.sin(i * 0.7 + step)).toArray();
  }

  private static Map<String, double[]> whole(Optimiser rule, double[] start) {
    Map<String, double[]> arrays = new HashMap<>();
    rule.state(start.length)
        .forEach(
            (name, shape) -> {
              double first = rule.initialState().get(name);
              arrays.put(name, IntStream.range(0, shape.size()).mapToDouble(i -> first).toArray());
            });
    arrays.put(Optimiser.PARAMETERS, start);
    return arrays;
  }

  private static Map<String, double[]> stepped(
      Optimiser rule, Map<String, double[]> before, double[] gradient) {
    Backend reference = new ReferenceBackend();
    GraphRun run =
        new GraphRun(reference, rule.update(gradient.length), ParameterLayout.of(Map.of()), 1)
            .set(before)
            .set(Optimiser.GRADIENT, gradient)
            .set(Optimiser.RATE, new double[] {rule.learningRate() * 0.5})
            .set(Optimiser.NORM, new double[] {norm(gradient)})
            .set(Optimiser.TURN, new double[] {0})
            .run();
    Map<String, double[]> after = new HashMap<>();
    before.keySet().forEach(name -> after.put(name, run.get(name)));
    return after;
  }

  private static double norm(double[] gradient) {
    double largest = 0;
    for (double number : gradient) {
      largest = Math.max(largest, Math.abs(number));
    }
    double sum = 0;
    for (double number : gradient) {
      sum += (number / largest) * (number / largest);
    }
    return largest * Math.sqrt(sum);
  }
}
