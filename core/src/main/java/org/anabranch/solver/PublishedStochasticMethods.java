package org.anabranch.solver;

import static org.anabranch.field.Calculus.ITO;
import static org.anabranch.field.Calculus.STRATONOVICH;

import java.util.List;
import java.util.Set;

/** The methods of stochastic equations whose state is y, with what their papers claim. */
final class PublishedStochasticMethods {
  private PublishedStochasticMethods() {}

  static final IncrementMethod EULER_MARUYAMA =
      new IncrementMethod(
          "euler-maruyama",
          1,
          new FieldDemands("euler-maruyama", Set.of(ITO), NoiseDemand.ANY),
          BrownianNeed.INCREMENT,
          new StrongOrder(0.5, 0.5, 1),
          StochasticFormula::eulerMaruyama);

  static final IncrementMethod MILSTEIN =
      new IncrementMethod(
          "milstein",
          1,
          new FieldDemands("milstein", Set.of(ITO, STRATONOVICH), NoiseDemand.COMMUTATIVE),
          BrownianNeed.INCREMENT,
          new StrongOrder(Double.NaN, 1, 1),
          StochasticFormula::milstein);

  static final IncrementMethod HEUN = trapezoidal("heun", 2, StochasticFormula::heun);

  static final IncrementMethod EULER_HEUN =
      trapezoidal("euler-heun", 1, StochasticFormula::eulerHeun);

  static final IncrementMethod MIDPOINT = trapezoidal("midpoint", 2, StochasticFormula::midpoint);

  private static IncrementMethod trapezoidal(String name, int order, StochasticFormula formula) {
    return new IncrementMethod(
        name,
        order,
        new FieldDemands(name, Set.of(STRATONOVICH), NoiseDemand.ANY),
        BrownianNeed.INCREMENT,
        new StrongOrder(0.5, 1, 1),
        formula);
  }

  static List<IncrementMethod> all() {
    return List.of(EULER_MARUYAMA, MILSTEIN, HEUN, EULER_HEUN, MIDPOINT);
  }
}
