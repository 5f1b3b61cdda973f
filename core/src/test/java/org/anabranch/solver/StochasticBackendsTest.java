package org.anabranch.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anabranch.backend.Backend;
import org.anabranch.backend.reference.ReferenceBackend;
import org.anabranch.backend.simd.SimdBackend;
import org.anabranch.backend.simd.WorkingPrecision;
import org.anabranch.field.Calculus;
import org.anabranch.field.Noise;
import org.anabranch.field.StochasticField;
import org.anabranch.graph.Graph;
import org.anabranch.graph.GraphRun;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.graph.Value;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every method's step on other backends and with times of each sample's own. */
class StochasticBackendsTest {
  private static final int ROWS = 11;

  static List<String> names() {
    return StochasticMethod.names();
  }

  /** Of time-dependent noise that each method solves. */
  private static DrivenMethod driven(String name) {
    StochasticMethod method = StochasticMethod.named(name);
    boolean additive = List.of("sea", "shark", "sra1", "sra3").contains(name);
    StochasticField field =
        StochasticField.of(
            2,
            additive ? Noise.ADDITIVE : Noise.DIAGONAL,
            Calculus.ITO,
            (t, y) -> y.gather(List.of(1, 0)).sin().plus(t),
            (t, y) -> {
              Value scale = Value.constant(List.of(0.5, 0.8)).times(t.plus(1));
              return additive ? scale : y.cos().times(scale);
            });
    boolean ito = method.calculi().contains(Calculus.ITO);
    return method.on(ito ? field : field.toStratonovich());
  }

  private static double[] end(Backend backend, DrivenMethod driven) {
    BrownianPaths paths = BrownianPaths.of(9, 1, 20, ROWS, 2);
    return new StochasticRun(backend, driven, paths).start(0.3, -0.6).run().get("y");
  }

  private static void assertClose(double[] actual, double[] expected, double tolerance) {
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i]).isCloseTo(expected[i], within(tolerance));
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void backendsAgree(String name) {
    double[] expected = end(new ReferenceBackend(), driven(name));
    SimdBackend wide = new SimdBackend(WorkingPrecision.FLOAT64);
    assertClose(end(wide, driven(name)), expected, 1e-8); // The grid's points are 2⁻³⁰ apart.
    assertClose(end(new SimdBackend(), driven(name)), expected, 2e-5);
  }

  @ParameterizedTest
  @MethodSource("names")
  void timesOfEachSamplesOwnGiveTheSameStep(String name) {
    DrivenMethod driven = driven(name);
    Map<String, double[]> point = new LinkedHashMap<>();
    BrownianPaths paths = BrownianPaths.of(9, 1, 4, ROWS, 2);
    StochasticRun run = new StochasticRun(new ReferenceBackend(), driven, paths);
    point.putAll(run.start(0.3, -0.6).state());
    point.putAll(Map.of("dW", paths.increment(1), "dH", paths.area(1)));
    Map<String, double[]> own = new LinkedHashMap<>(point);
    point.putAll(Map.of("t", new double[] {0.4}, "h", new double[] {0.25}));
    double[] active = filled(1);
    active[3] = 0;
    own.putAll(Map.of("t", filled(0.4), "h", filled(0.25), "active", active));
    double[] expected = step(driven.method().step(driven.field()), point);
    double[] actual = step(OwnTimes.of(driven.method()).step(driven.field()), own);
    expected[6] = 0.3; // Sample 3 does not step.
    expected[7] = -0.6;
    assertClose(actual, expected, 1e-9);
  }

  private static double[] filled(double value) {
    double[] numbers = new double[ROWS];
    Arrays.fill(numbers, value);
    return numbers;
  }

  private static double[] step(Graph graph, Map<String, double[]> point) {
    ParameterLayout none = new ParameterLayout(List.of());
    return new GraphRun(new ReferenceBackend(), graph, none, ROWS).set(point).run().get("y");
  }
}
