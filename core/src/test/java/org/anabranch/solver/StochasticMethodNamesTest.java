package org.anabranch.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.anabranch.field.Calculus;
import org.anabranch.field.Coefficients;
import org.anabranch.field.Noise;
import org.anabranch.field.StochasticField;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Shape;
import org.anabranch.graph.Type;
import org.anabranch.graph.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class StochasticMethodNamesTest {
  static List<String> names() {
    return StochasticMethod.names();
  }

  private static StochasticField diagonal(Calculus calculus) {
    return StochasticField.of(
        2, Noise.DIAGONAL, calculus, (t, y) -> y.negated(), (t, y) -> y.sin());
  }

  private static StochasticField general(Calculus calculus) {
    return StochasticField.of(
        2, Noise.GENERAL, calculus, (t, y) -> y.negated(), (t, y) -> y.repeatedColumns(3).times(t));
  }

  private static StochasticField additive() {
    return StochasticField.of(
        2,
        Noise.ADDITIVE,
        Calculus.ITO,
        (t, y) -> y.negated(),
        (t, y) -> Value.zeros(Shape.matrix(2, 3)).plus(t));
  }

  @ParameterizedTest
  @MethodSource("names")
  void aMethodAnswersToTheNameThatChoosesIt(String name) {
    assertThat(StochasticMethod.named(name).name()).isEqualTo(name);
  }

  @ParameterizedTest
  @MethodSource("names")
  void theStepReadsTheNoiseThatIsDeclaredAndNoOther(String name) {
    StochasticMethod method = StochasticMethod.named(name);
    DrivenMethod driven = method.on(timedNoise());
    Graph step = driven.method().step(driven.field());
    assertThat(driven.need()).isEqualTo(method.need());
    assertThat(driven.field().context().keySet()).containsExactlyElementsOf(method.need().inputs());
    assertThat(step.order()).containsAll(noise(step, method.need().inputs()));
  }

  private static List<Value> noise(Graph step, List<String> names) {
    return names.stream().map(step::input).toList();
  }

  /** Additive and diagonal, so that every method solves it. */
  private static StochasticField timedNoise() {
    return StochasticField.of(
        2,
        Noise.ADDITIVE,
        Calculus.ITO,
        (t, y) -> y.negated(),
        (t, y) -> Value.constant(List.of(1.0, 2.0)).times(t));
  }

  @ParameterizedTest
  @CsvSource({
    "euler-maruyma, euler-maruyama",
    "reversible-huen, reversible-heun",
    "Milstein, milstein",
    "sra2, sra1"
  })
  void anUnknownNameIsAnsweredWithTheNearest(String name, String nearest) {
    assertThatThrownBy(() -> StochasticMethod.named(name))
        .hasMessageContaining("none is called '%s'; did you mean '%s'?", name, nearest)
        .hasMessageContaining("Known are euler-maruyama, milstein");
  }

  @ParameterizedTest
  @CsvSource({
    "euler-maruyama, STRATONOVICH, solves Itô equations, toIto(), reversible-heun",
    "sri1, STRATONOVICH, solves Itô equations, toIto(), reversible-heun",
    "heun, ITO, solves Stratonovich equations, toStratonovich(), euler-maruyama",
    "reversible-heun, ITO, solves Stratonovich equations, toStratonovich(), euler-maruyama"
  })
  void aFieldInTheOtherCalculusIsRefusedWithTheRemedy(
      String name, Calculus calculus, String fact, String conversion, String other) {
    assertThatThrownBy(() -> StochasticMethod.named(name).on(diagonal(calculus)))
        .hasMessageContaining("Method %s: it %s", name, fact)
        .hasMessageContaining("is a %s one", calculus.title())
        .hasMessageEndingWith("Use its %s, or %s.", conversion, other);
  }

  @ParameterizedTest
  @CsvSource({"euler-maruyama", "heun", "reversible-heun", "sra1"})
  void additiveNoiseIsOfBothCalculi(String name) {
    assertThat(StochasticMethod.named(name).on(additive()).method().name()).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({
    "milstein, ITO, noise that commutes, euler-maruyama",
    "milstein, STRATONOVICH, noise that commutes, heun or reversible-heun",
    "sri2, ITO, scalar noise, euler-maruyama",
    "shark, STRATONOVICH, additive noise, heun or reversible-heun"
  })
  void aFieldOfOtherNoiseIsRefusedWithTheRemedy(
      String name, Calculus calculus, String fact, String other) {
    assertThatThrownBy(() -> StochasticMethod.named(name).on(general(calculus)))
        .hasMessageContaining("Method %s: it is for %s", name, fact)
        .hasMessageContaining("the general noise of field")
        .hasMessageContaining("Use %s", other);
  }

  @Test
  void diagonalNoiseThatReadsOtherComponentsIsNotTakenForSeparate() {
    StochasticField crossed =
        StochasticField.of(
            2,
            Noise.DIAGONAL,
            Calculus.ITO,
            (t, y) -> y,
            (t, y) -> Value.concatenate(List.of(y.slice(1, 1), y.slice(0, 1))));
    assertThatThrownBy(() -> StochasticMethod.named("milstein").on(crossed))
        .hasMessageContaining("the diagonal noise of field field is not known to be");
    assertThat(StochasticMethod.named("euler-maruyama").strongOrder(crossed)).isEqualTo(0.5);
    assertThat(StochasticMethod.named("heun").strongOrder(crossed.toStratonovich())).isEqualTo(0.5);
  }

  @Test
  void contextOfTheNoisesNameIsRefused() {
    Value context = Value.input("dW", Type.perSample(2));
    StochasticField field =
        StochasticField.of(
            2,
            List.of(context),
            Noise.DIAGONAL,
            Calculus.ITO,
            (t, y) -> new Coefficients(y.times(context), y));
    assertThatThrownBy(() -> StochasticMethod.named("milstein").on(field))
        .hasMessageContaining("its context has an input 'dW'");
  }
}
