package org.anabranch.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.anabranch.backend.reference.ReferenceBackend;
import org.anabranch.field.Field;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.graph.Shape;
import org.anabranch.graph.Type;
import org.anabranch.graph.Value;
import org.anabranch.solver.AdaptiveSpan;
import org.anabranch.solver.AdaptiveSteps;
import org.anabranch.solver.Method;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** z' = −kcz with ∫ z² dt and ∫ kt dt beside it. */
class IntegralsTest {
  private static final double K = 0.6;
  private static final double C = 1.5;
  private static final double T = 2;

  @ParameterizedTest
  @ValueSource(strings = {"dopri5", "tsit5", "rodas4", "alf"})
  void integralsAndTheirSlopesAreTheKnownOnes(String method) {
    Value c = Value.input("c", Type.perSampleScalar());
    Value k = Value.parameter("k", Shape.scalar());
    Field field =
        Field.of(1, List.of(c), (t, z) -> z.times(c).times(k).negated())
            .withIntegrals((t, z) -> z.square())
            .withIntegrals((t, y) -> k.times(t).times(c).dividedBy(c));
    assertThat(field.dimension()).isEqualTo(3);
    AdaptiveSteps steps =
        method.equals("alf") ? AdaptiveSteps.of(1e-6, 1e-6) : AdaptiveSteps.of(1e-9, 1e-10);
    double tolerance = method.equals("alf") ? 1e-5 : 1e-7;
    var solution =
        new DifferentiableEquation(
                new ReferenceBackend(), field, ParameterLayout.of(Map.of("k", Shape.scalar())))
            .solve(
                Method.named(method),
                new AdaptiveSpan(0, 1, steps),
                GradientMode.automatic(),
                new double[] {K},
                new double[] {0, T},
                new double[][] {{2, 0, 0}, {1, 0, 0}},
                SampleInputs.none().with("c", new double[][] {{C}, {C}}));
    double rate = 2 * K * C;
    double share = (1 - Math.exp(-rate * T)) / rate;
    assertThat(solution.value(0, 1, 1)).isCloseTo(4 * share, within(tolerance));
    assertThat(solution.value(1, 1, 1)).isCloseTo(share, within(tolerance));
    assertThat(solution.value(1, 1, 2)).isCloseTo(K * T * T / 2, within(tolerance));
    double[][][] cotangents = {{{0, 0, 0}, {0, 1, 0}}, {{0, 0, 0}, {0, 0, 3}}};
    var slopes = solution.pullback(cotangents);
    double byRate = (T * Math.exp(-rate * T) - share) / rate;
    assertThat(slopes.byStart()[0][0]).isCloseTo(2 * 2 * share, within(10 * tolerance));
    assertThat(slopes.byParameters()[0])
        .isCloseTo(4 * byRate * 2 * C + 3 * T * T / 2, within(20 * tolerance));
    assertThat(slopes.byContext().get("c")[0][0])
        .isCloseTo(4 * byRate * 2 * K, within(20 * tolerance));
  }

  /**
   * z' = az with the loss z(S)² + ∫ z² ds: the numbers that algorithm papers give for the adjoint
   * with an integral term, which is easily given the wrong sign.
   */
  @ParameterizedTest
  @ValueSource(strings = {"automatic", "direct", "backsolve"})
  void theGeneralisedAdjointHasThePublishedNumbers(String mode) {
    Value a = Value.parameter("a", Shape.scalar());
    Field field = Field.of(1, (t, z) -> z.times(a)).withIntegrals((t, z) -> z.square());
    var solution =
        new DifferentiableEquation(
                new ReferenceBackend(), field, ParameterLayout.of(Map.of("a", Shape.scalar())))
            .solve(
                Method.named("dopri8"),
                new AdaptiveSpan(0, 1, AdaptiveSteps.of(1e-12, 1e-12)),
                switch (mode) {
                  case "direct" -> GradientMode.direct();
                  case "backsolve" -> GradientMode.backsolve();
                  default -> GradientMode.automatic();
                },
                new double[] {0.3},
                new double[] {0, 1.7},
                new double[][] {{1.1, 0}});
    double end = solution.value(0, 1, 0);
    var slopes = solution.pullback(new double[][][] {{{0, 0}, {2 * end, 1}}});
    assertThat(slopes.byStart()[0][0]).isCloseTo(12.602743, within(1e-6));
    assertThat(slopes.byParameters()[0]).isCloseTo(18.503986, within(1e-6));
  }
}
