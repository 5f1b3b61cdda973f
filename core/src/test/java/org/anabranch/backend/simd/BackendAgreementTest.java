package org.anabranch.backend.simd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.anabranch.backend.Backend;
import org.anabranch.backend.reference.ReferenceBackend;
import org.anabranch.graph.DerivativeCheck;
import org.anabranch.graph.Expressions;
import org.anabranch.graph.Graph;
import org.anabranch.graph.GraphRun;
import org.anabranch.graph.RandomGraph;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** float32 against the reference, over sizes that hit every tail. */
class BackendAgreementTest {
  static IntStream sizes() {
    return IntStream.rangeClosed(1, 130);
  }

  /** Errors grow with the components summed. Measured: at most 0.25 of the bound. */
  @ParameterizedTest
  @MethodSource("sizes")
  void everyExpressionFollowsTheReference(int n) {
    int k = n > 32 ? n % 5 + 1 : n * 37 % 130 + 1;
    Expressions expressions = new Expressions(n, k);
    for (Graph graph : expressions.all()) {
      boolean cubic = graph.name().contains("solve");
      if (!cubic || n <= 32 || n % 32 == 1) {
        DerivativeCheck check = new DerivativeCheck(graph, expressions.layout(), n % 3 + 1, 3);
        boolean all = graph.name().contains("of a matrix");
        follows(check, graph, 8 + n + k + (all ? n * k : 0));
        if (n % 8 < 2) {
          follows(check, check.pullback(), 32 + 4 * (n + k));
        }
      }
    }
  }

  /** Errors grow with the operations. Measured: below a quarter of the bound. */
  @ParameterizedTest
  @MethodSource("seeds")
  void randomGraphsAndTheirGradientsFollowTheReference(long seed) {
    Graph graph = RandomGraph.of(seed, 14);
    DerivativeCheck check = new DerivativeCheck(graph, RandomGraph.layout(), 21, seed);
    int operations = graph.inlined().order().size();
    follows(check, graph, 16 + operations);
    follows(check, check.pullback(), 64 + 8 * operations);
  }

  static LongStream seeds() {
    return LongStream.range(0, 120);
  }

  private static void follows(DerivativeCheck check, Graph graph, int units) {
    Map<String, double[]> point = new LinkedHashMap<>();
    check.point(graph).forEach((name, numbers) -> point.put(name, rounded(numbers)));
    GraphRun expected = run(new ReferenceBackend(), check, graph, point);
    GraphRun found = run(new SimdBackend(), check, graph, point);
    for (String output : graph.outputs().keySet()) {
      compare(graph.name() + ", " + output, found.get(output), expected.get(output), units);
    }
    compare(graph.name() + ", gradient", found.gradient(), expected.gradient(), units);
  }

  private static GraphRun run(
      Backend backend, DerivativeCheck check, Graph graph, Map<String, double[]> point) {
    GraphRun run = new GraphRun(backend, graph, check.layout(), check.rows());
    return run.theta(rounded(check.theta())).set(point).run();
  }

  private static double[] rounded(double[] numbers) {
    double[] rounded = new double[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      rounded[i] = (float) numbers[i];
    }
    return rounded;
  }

  private static void compare(String name, double[] found, double[] expected, int units) {
    double largest = 1;
    double error = 0;
    for (int i = 0; i < expected.length; i++) {
      double difference = Math.abs(found[i] - expected[i]);
      error = difference <= error ? error : difference; // NaN is the worst
      largest = Math.max(largest, Math.abs(expected[i]));
    }
    assertThat(error)
        .as("%s, %d units of %s", name, units, largest)
        .isLessThanOrEqualTo(units * 0x1p-24 * largest);
  }
}
