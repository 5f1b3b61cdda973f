package org.anabranch.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import org.anabranch.backend.reference.ReferenceBackend;
import org.anabranch.graph.Graph;
import org.anabranch.graph.GraphRun;
import org.anabranch.graph.Operation;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.graph.Shape;
import org.anabranch.graph.UnaryFunction;
import org.anabranch.graph.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StochasticFieldTest {
  private static double[] evaluate(StochasticField field, String output, double t, double... y) {
    GraphRun run =
        new GraphRun(new ReferenceBackend(), field.graph(), new ParameterLayout(List.of()), 1);
    return run.set(Map.of("t", new double[] {t}, "y", y)).run().get(output);
  }

  private static Value at(Value y, int i) {
    return y.slice(i, 1);
  }

  /** σ = [sin y₀, y₀y₁; cos y₁, t], of which no columns commute. */
  private static Value matrix(Value t, Value y) {
    Value time = t.broadcast(1);
    return Value.concatenate(
            List.of(at(y, 0).sin(), at(y, 0).times(at(y, 1)), at(y, 1).cos(), time))
        .reshaped(Shape.matrix(2, 2));
  }

  private static double[][] sigma(Noise noise, double t, double[] y) {
    return switch (noise) {
      case SCALAR -> new double[][] {{Math.sin(y[1])}, {y[0] * y[1]}};
      case DIAGONAL -> new double[][] {{Math.sin(y[1]), 0}, {0, y[0] * y[1]}};
      case ADDITIVE -> new double[][] {{t, 0}, {0, t}};
      case COMMUTATIVE, GENERAL ->
          new double[][] {{Math.sin(y[0]), y[0] * y[1]}, {Math.cos(y[1]), t}};
    };
  }

  private static StochasticField field(Noise noise) {
    return StochasticField.of(
        2,
        noise,
        Calculus.ITO,
        (t, y) -> y.times(t),
        (t, y) ->
            switch (noise) {
              case SCALAR, DIAGONAL ->
                  Value.concatenate(List.of(at(y, 1).sin(), at(y, 0).times(at(y, 1))));
              case ADDITIVE -> t.broadcast(2);
              case COMMUTATIVE, GENERAL -> matrix(t, y);
            });
  }

  /** Σⱼ (∂σⱼ/∂y) σⱼ by differences. */
  private static double[] selfDerivative(Noise noise, double t, double[] y) {
    double[] sum = new double[2];
    double[][] at = sigma(noise, t, y);
    double step = 1e-5;
    for (int j = 0; j < at[0].length; j++) {
      for (int i = 0; i < 2; i++) {
        double[] up = {y[0] + step * at[0][j], y[1] + step * at[1][j]};
        double[] down = {y[0] - step * at[0][j], y[1] - step * at[1][j]};
        sum[i] += (sigma(noise, t, up)[i][j] - sigma(noise, t, down)[i][j]) / (2 * step);
      }
    }
    return sum;
  }

  @ParameterizedTest
  @EnumSource(Noise.class)
  void theCorrectionBetweenCalculiIsHalfTheDiffusionAlongItself(Noise noise) {
    double[] y = {0.7, -0.4};
    double t = 1.3;
    StochasticField ito = field(noise);
    StochasticField stratonovich = ito.toStratonovich();
    double[] expected = selfDerivative(noise, t, y);
    assertThat(stratonovich.calculus()).isEqualTo(Calculus.STRATONOVICH);
    for (int i = 0; i < 2; i++) {
      double drift = evaluate(stratonovich, "drift", t, y)[i];
      assertThat(drift).isCloseTo(t * y[i] - 0.5 * expected[i], within(1e-9));
      assertThat(evaluate(stratonovich.toIto(), "drift", t, y)[i])
          .isCloseTo(t * y[i], within(1e-15));
    }
  }

  @Test
  void aFieldInTheCalculusStaysAsItIs() {
    StochasticField field = field(Noise.GENERAL);
    assertThat(field.toIto()).isEqualTo(field);
    StochasticField additive = field(Noise.ADDITIVE);
    assertThat(additive.toStratonovich().graph()).isEqualTo(additive.graph());
  }

  @Test
  void whatDriftAndDiffusionShareIsEvaluatedOnce() {
    StochasticField field =
        StochasticField.of(
            2,
            Noise.DIAGONAL,
            Calculus.ITO,
            (t, y) -> new Coefficients(y.tanh().times(2), y.tanh().plus(t)));
    assertThat(activations(field.graph())).isEqualTo(1);
    Coefficients again = field.at(field.graph().input("t"), field.graph().input("y"));
    List<Value> inputs = List.copyOf(field.graph().inputs().values());
    Map<String, Value> outputs = Map.of("a", again.drift(), "b", again.diffusion());
    assertThat(activations(Graph.of("again", inputs, outputs))).isEqualTo(1);
  }

  private static long activations(Graph graph) {
    return graph.order().stream()
        .filter(
            v ->
                v.operation() instanceof Operation.Unary unary
                    && unary.function() == UnaryFunction.TANH)
        .count();
  }

  @Test
  void noiseThatReadsTheStateIsNotAdditive() {
    assertThat(field(Noise.ADDITIVE).isAdditive()).isTrue();
    assertThat(field(Noise.DIAGONAL).isAdditive()).isFalse();
    assertThatThrownBy(
            () ->
                StochasticField.of(
                    2,
                    Noise.ADDITIVE,
                    Calculus.ITO,
                    (t, y) -> y,
                    (t, y) -> Value.concatenate(List.of(t.broadcast(1), at(y, 0)))))
        .hasMessageContaining("its noise is declared additive, but component 1 of the diffusion")
        .hasMessageContaining("Declare the noise diagonal or general");
  }

  @Test
  void aProductWithZeroDoesNotReadTheState() {
    StochasticField spread =
        StochasticField.of(
            2, Noise.ADDITIVE, Calculus.ITO, (t, y) -> y, (t, y) -> y.times(0).plus(t));
    assertThat(spread.isAdditive()).isTrue();
  }

  @Test
  void separateNoiseIsToldFromItsExpression() {
    assertThat(diagonal((t, y) -> y.sin().times(t)).isSeparate()).isTrue();
    assertThat(
            diagonal((t, y) -> Value.concatenate(List.of(at(y, 0).exp(), at(y, 1)))).isSeparate())
        .isTrue();
    assertThat(diagonal((t, y) -> y.gather(List.of(1, 0))).isSeparate()).isFalse();
    assertThat(diagonal((t, y) -> y.gather(List.of(0, 1))).isSeparate()).isTrue();
    assertThat(diagonal((t, y) -> y.times(y.sum())).isSeparate()).isFalse();
    assertThat(field(Noise.SCALAR).isSeparate()).isTrue();
    assertThat(field(Noise.GENERAL).commutes()).isFalse();
    assertThat(field(Noise.COMMUTATIVE).commutes()).isTrue();
  }

  private static StochasticField diagonal(BinaryOperator<Value> diffusion) {
    return StochasticField.of(2, Noise.DIAGONAL, Calculus.ITO, (t, y) -> y, diffusion);
  }

  @Test
  void aDiffusionOfAnotherShapeIsRefused() {
    assertThatThrownBy(() -> diagonal((t, y) -> matrix(t, y)))
        .hasMessageContaining("the diffusion is sample[2x2] and its noise DIAGONAL")
        .hasMessageContaining("Scalar and diagonal noise have a vector");
    assertThatThrownBy(() -> diagonal((t, y) -> Value.concatenate(List.of(y, y))))
        .hasMessageContaining("no more rows than the state");
  }

  @Test
  void anOrdinaryFieldHasNoNoise() {
    StochasticField field = StochasticField.of(Field.of(2, (t, y) -> y.sin()));
    assertThat(field.isAdditive()).isTrue();
    assertThat(evaluate(field, "diffusion", 0, 1, 2)).containsOnly(0);
    assertThat(evaluate(field, "drift", 0, 1, 2))
        .isEqualTo(new double[] {Math.sin(1), Math.sin(2)});
  }
}
