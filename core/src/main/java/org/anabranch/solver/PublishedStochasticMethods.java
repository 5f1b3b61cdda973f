package org.anabranch.solver;

import static org.anabranch.field.Calculus.ITO;
import static org.anabranch.field.Calculus.STRATONOVICH;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.anabranch.field.StochasticField;

/** The methods of stochastic equations that have names. */
final class PublishedStochasticMethods {
  /** λ of coupled methods chosen by name, as of those without noise. */
  private static final double COUPLING = 0.99;

  /** Of methods that read increments only, where the trapezoidal rule is right for the noise. */
  private static final StrongOrder TRAPEZOIDAL = new StrongOrder(0.5, 1, 1);

  private PublishedStochasticMethods() {}

  static final StochasticMethod EULER_MARUYAMA =
      new PublishedStochasticMethod(
          new FieldDemands("euler-maruyama", Set.of(ITO), NoiseDemand.ANY),
          BrownianNeed.INCREMENT,
          new StrongOrder(0.5, 0.5, 1),
          field ->
              new FormulaSteps.Any("euler-maruyama", 1, field, StochasticFormula::eulerMaruyama));

  static final StochasticMethod MILSTEIN =
      new PublishedStochasticMethod(
          new FieldDemands("milstein", Set.of(ITO, STRATONOVICH), NoiseDemand.COMMUTATIVE),
          BrownianNeed.INCREMENT,
          new StrongOrder(Double.NaN, 1, 1),
          field -> new FormulaSteps.Any("milstein", 1, field, StochasticFormula::milstein));

  /** A method of Stratonovich equations that reads increments only. */
  private static StochasticMethod trapezoidal(
      String name, Function<StochasticField, Method> steps) {
    FieldDemands demands = new FieldDemands(name, Set.of(STRATONOVICH), NoiseDemand.ANY);
    return new PublishedStochasticMethod(demands, BrownianNeed.INCREMENT, TRAPEZOIDAL, steps);
  }

  private static StochasticMethod explicit(String name, int order, StochasticFormula formula) {
    return trapezoidal(name, field -> new FormulaSteps.Weighted(name, order, field, formula));
  }

  static StochasticMethod coupled(
      String name, int order, StochasticFormula formula, double lambda) {
    String coupled = "coupled-" + name;
    return trapezoidal(coupled, field -> new CoupledSteps(coupled, order, field, formula, lambda));
  }

  static StochasticMethod reversibleHeun(boolean exact) {
    return exact
        ? trapezoidal("reversible-heun", GridHeun::new)
        : trapezoidal("reversible-heun-plain", ReversibleHeun::new);
  }

  private static StochasticMethod additive(AdditiveTableau tableau) {
    return new PublishedStochasticMethod(
        new FieldDemands(tableau.name(), Set.of(ITO, STRATONOVICH), NoiseDemand.ADDITIVE),
        BrownianNeed.SPACE_TIME_AREA,
        new StrongOrder(Double.NaN, Double.NaN, tableau.strongOrder()),
        field -> new FormulaSteps.Any(tableau.name(), tableau.order(), field, tableau));
  }

  private static StochasticMethod separate(SeparateTableau tableau) {
    return new PublishedStochasticMethod(
        new FieldDemands(tableau.name(), Set.of(ITO), NoiseDemand.SEPARATE),
        BrownianNeed.SPACE_TIME_AREA,
        new StrongOrder(Double.NaN, 1.5, 1.5),
        field -> new FormulaSteps.Any(tableau.name(), tableau.order(), field, tableau));
  }

  static List<StochasticMethod> all() {
    List<StochasticMethod> all = new ArrayList<>();
    all.add(EULER_MARUYAMA);
    all.add(MILSTEIN);
    all.add(explicit("heun", 2, TwoStages.HEUN));
    all.add(explicit("euler-heun", 1, StochasticFormula::eulerHeun));
    all.add(explicit("midpoint", 2, TwoStages.MIDPOINT));
    all.add(reversibleHeun(true));
    all.add(reversibleHeun(false));
    all.add(coupled("heun", 2, TwoStages.HEUN, COUPLING));
    all.add(coupled("midpoint", 2, TwoStages.MIDPOINT, COUPLING));
    AdditiveTableau.all().forEach(tableau -> all.add(additive(tableau)));
    SeparateTableau.all().forEach(tableau -> all.add(separate(tableau)));
    return all;
  }
}
