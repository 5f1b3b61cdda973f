package org.anabranch.solver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The conditions of strong order 1.5 of Rößler (2010), theorems 5.1 and 6.1, in exact fractions.
 */
class StochasticTableauTest {
  static Stream<SeparateTableau> separate() {
    return SeparateTableau.all().stream();
  }

  static Stream<AdditiveTableau> additive() {
    return AdditiveTableau.all().stream().filter(tableau -> tableau.strongOrder() == 1.5);
  }

  @ParameterizedTest
  @MethodSource("separate")
  void weightsOfSeparateNoiseMeetTheConditions(SeparateTableau tableau) {
    List<Fraction> one = ones(4);
    assertThat(dot(tableau.alpha(), one)).isEqualTo(Fraction.ONE);
    assertThat(each(tableau, one)).containsExactly(number(1), number(0), number(0), number(0));
    List<Fraction> b1 = sums(tableau.noise(), SeparateTableau.Stage::b);
    assertThat(each(tableau, b1)).containsExactly(number(0), number(1), number(0), number(0));
    List<Fraction> a1 = sums(tableau.noise(), SeparateTableau.Stage::a);
    assertThat(each(tableau, a1)).containsExactly(number(1), number(0), number(-1), number(0));
    assertThat(each(tableau, squares(b1)))
        .containsExactly(number(1), number(0), number(-1), number(2));
    assertThat(each(tableau, applied(tableau.noise(), SeparateTableau.Stage::b, b1)))
        .containsExactly(number(0), number(0), number(0), number(1));
  }

  @ParameterizedTest
  @MethodSource("separate")
  void stagesOfTheDriftMeetTheConditions(SeparateTableau tableau) {
    List<Fraction> a0 = sums(tableau.drift(), SeparateTableau.Stage::a);
    List<Fraction> b0 = sums(tableau.drift(), SeparateTableau.Stage::b);
    assertThat(dot(tableau.alpha(), a0)).isEqualTo(Fraction.of(1, 2));
    assertThat(dot(tableau.alpha(), b0)).isEqualTo(Fraction.ONE);
    assertThat(dot(tableau.alpha(), squares(b0))).isEqualTo(Fraction.of(3, 2));
    List<Fraction> mixed = applied(tableau.noise(), SeparateTableau.Stage::a, b0);
    Fraction first = dot(tableau.beta().get(0), mixed).times(Fraction.of(1, 2));
    Fraction third = dot(tableau.beta().get(2), mixed).times(Fraction.of(1, 3));
    assertThat(first.plus(third)).isEqualTo(Fraction.ZERO);
  }

  @ParameterizedTest
  @MethodSource("separate")
  void nodesAreTheSumsOfTheirRows(SeparateTableau tableau) {
    for (List<SeparateTableau.Stage> stages : List.of(tableau.drift(), tableau.noise())) {
      assertThat(sums(stages, SeparateTableau.Stage::a))
          .isEqualTo(stages.stream().map(SeparateTableau.Stage::c).toList());
    }
  }

  /**
   * The stages' places on the path, wW + ηH, have the mean of the path over the step, ½ W + H, and
   * the expectation of its mean square, h/2.
   */
  @ParameterizedTest
  @MethodSource("additive")
  void weightsOfAdditiveNoiseMeetTheConditions(AdditiveTableau tableau) {
    List<Fraction> w = tableau.stages().stream().map(AdditiveTableau.Stage::w).toList();
    List<Fraction> eta = tableau.stages().stream().map(AdditiveTableau.Stage::eta).toList();
    List<Fraction> c = tableau.stages().stream().map(AdditiveTableau.Stage::c).toList();
    assertThat(dot(tableau.b(), ones(3))).isEqualTo(Fraction.ONE);
    assertThat(dot(tableau.b(), c)).isEqualTo(Fraction.of(1, 2));
    assertThat(dot(tableau.b(), w)).isEqualTo(Fraction.of(1, 2));
    assertThat(dot(tableau.b(), eta)).isEqualTo(Fraction.ONE);
    Fraction square =
        dot(tableau.b(), squares(w)).plus(dot(tableau.b(), squares(eta)).times(Fraction.of(1, 12)));
    assertThat(square).isEqualTo(Fraction.of(1, 2));
  }

  private static Fraction number(long value) {
    return Fraction.of(value, 1);
  }

  private static List<Fraction> ones(int size) {
    return Stream.generate(() -> Fraction.ONE).limit(size).toList();
  }

  private static List<Fraction> squares(List<Fraction> x) {
    return x.stream().map(number -> number.times(number)).toList();
  }

  private static List<Fraction> each(SeparateTableau tableau, List<Fraction> x) {
    return tableau.beta().stream().map(beta -> dot(beta, x)).toList();
  }

  private interface Row {
    List<Fraction> of(SeparateTableau.Stage stage);
  }

  private static List<Fraction> sums(List<SeparateTableau.Stage> stages, Row row) {
    return applied(stages, row, ones(4));
  }

  private static List<Fraction> applied(
      List<SeparateTableau.Stage> stages, Row row, List<Fraction> x) {
    List<Fraction> products = new ArrayList<>();
    stages.forEach(stage -> products.add(dot(row.of(stage), x)));
    return products;
  }

  private static Fraction dot(List<Fraction> a, List<Fraction> b) {
    Fraction sum = Fraction.ZERO;
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      sum = sum.plus(a.get(i).times(b.get(i)));
    }
    return sum;
  }
}
