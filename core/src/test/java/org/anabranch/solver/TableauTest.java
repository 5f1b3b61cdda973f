package org.anabranch.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Order conditions of every published tableau, in exact fractions. */
class TableauTest {
  /** What a condition of the order above misses by at least: none is fulfilled by chance. */
  private static final double CLEAR_MISS = 2e-7;

  /** The order of dense output: Hermite's cubic unless the paper has better. */
  private record Case(Tableau tableau, int denseOrder) {
    /** Fractions are exact, Tsitouras prints 16 digits, Hairer about 30. */
    double tolerance() {
      return switch (tableau.name()) {
        case "tsit5" -> 1e-13;
        case "dopri8" -> 1e-25;
        default -> 0;
      };
    }

    List<List<Fraction>> rows() {
      List<List<Fraction>> rows = new ArrayList<>();
      tableau.stages().forEach(stage -> rows.add(stage.a()));
      if (!tableau.firstSameAsLast()) {
        rows.add(tableau.b());
      }
      tableau.later().forEach(stage -> rows.add(stage.a()));
      return rows;
    }

    int end() {
      return tableau.stages().size() - (tableau.firstSameAsLast() ? 1 : 0);
    }

    @Override
    public String toString() {
      return tableau.name();
    }
  }

  static Stream<Case> cases() {
    return PublishedTableaux.all().stream()
        .map(
            tableau ->
                new Case(
                    tableau,
                    switch (tableau.name()) {
                      case "euler" -> 1;
                      case "midpoint", "heun", "ralston" -> 2;
                      case "bosh3", "rk4" -> 3;
                      case "dopri5", "tsit5" -> 4;
                      case "dopri8" -> 7;
                      default -> throw new AssertionError(tableau.name());
                    }));
  }

  @Test
  void thereAreAsManyTreesAsInThePublishedTable() {
    int[] counts = {1, 1, 2, 4, 9, 20, 48, 115, 286};
    for (int order = 1; order <= counts.length; order++) {
      assertThat(OrderConditions.count(order)).isEqualTo(counts[order - 1]);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theWeightsHaveTheOrderAndNoHigherOne(Case c) {
    requireOrder(c, c.tableau().b(), c.tableau().order());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theEmbeddedWeightsHaveTheirOrderAndNoHigherOne(Case c) {
    for (Tableau.Embedded embedded : c.tableau().embedded()) {
      requireOrder(c, embedded.weights(), embedded.order());
      assertThat(embedded.order()).isLessThan(c.tableau().order());
    }
  }

  private static void requireOrder(Case c, List<Fraction> weights, int claimed) {
    OrderConditions conditions = new OrderConditions(c.rows());
    for (int order = 1; order <= claimed; order++) {
      assertThat(conditions.miss(weights, Fraction.ONE, order))
          .as("order %d", order)
          .isLessThanOrEqualTo(c.tolerance());
    }
    assertThat(conditions.miss(weights, Fraction.ONE, claimed + 1)).isGreaterThan(CLEAR_MISS);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theContinuousWeightsHaveTheirOrderAndNoHigherOne(Case c) {
    OrderConditions conditions = new OrderConditions(c.rows());
    for (String text : List.of("1/7", "1/2", "9/10")) {
      Fraction theta = Fraction.parse(text);
      List<Fraction> weights = weightsAt(c, theta);
      for (int order = 1; order <= c.denseOrder(); order++) {
        assertThat(conditions.miss(weights, theta, order))
            .as("order %d at %s", order, theta)
            .isLessThanOrEqualTo(1e3 * c.tolerance());
      }
    }
    Fraction third = Fraction.of(1, 3);
    assertThat(conditions.miss(weightsAt(c, third), third, c.denseOrder() + 1))
        .isGreaterThan(CLEAR_MISS);
  }

  /** The nested form of Hairer, Nørsett and Wanner (II.6.26), for each stage's weight. */
  private static List<Fraction> weightsAt(Case c, Fraction theta) {
    Fraction rest = Fraction.ONE.minus(theta);
    List<Fraction> weights = new ArrayList<>();
    for (int i = 0; i < c.rows().size(); i++) {
      Fraction b = at(c.tableau().b(), i);
      Fraction first = i == 0 ? Fraction.ONE : Fraction.ZERO;
      Fraction last = i == c.end() ? Fraction.ONE : Fraction.ZERO;
      List<Fraction> nested = new ArrayList<>();
      nested.add(b);
      nested.add(first.minus(b));
      nested.add(b.plus(b).minus(first).minus(last));
      for (List<Fraction> correction : c.tableau().corrections()) {
        nested.add(at(correction, i));
      }
      Fraction value = Fraction.ZERO;
      for (int m = nested.size() - 1; m >= 0; m--) {
        value = value.plus(nested.get(m)).times(m % 2 == 0 ? theta : rest);
      }
      weights.add(value);
    }
    return weights;
  }

  private static Fraction at(List<Fraction> weights, int i) {
    return i < weights.size() ? weights.get(i) : Fraction.ZERO;
  }

  @Test
  void thoseThatReuseTheirLastSlopeAreRecognisedByTheirCoefficients() {
    assertThat(PublishedTableaux.all().stream().filter(Tableau::firstSameAsLast))
        .extracting(Tableau::name)
        .containsExactly("bosh3", "dopri5", "tsit5");
  }

  @Test
  void aTableauWhoseNodeIsNotItsSumIsRefused() {
    assertThatThrownBy(
            () ->
                Tableau.draft("mine", 2)
                    .stage("0", "")
                    .stage("1/2", "1/3")
                    .weights("0 1")
                    .tableau())
        .hasMessageContaining("Tableau mine")
        .hasMessageContaining("stage 1 add up to 0.333")
        .hasMessageContaining("node is 0.5");
  }

  @Test
  void anImplicitTableauIsRefused() {
    assertThatThrownBy(() -> Tableau.draft("mine", 1).stage("1", "1").weights("1").tableau())
        .hasMessageContaining("stage 0 has 1 coefficients")
        .hasMessageContaining("the 0 before it");
  }

  @Test
  void moreWeightsThanStagesAreRefused() {
    assertThatThrownBy(() -> Tableau.draft("mine", 1).stage("0", "").weights("1/2 1/2").tableau())
        .hasMessageContaining("the weights are 2 for 1 stages");
  }
}
