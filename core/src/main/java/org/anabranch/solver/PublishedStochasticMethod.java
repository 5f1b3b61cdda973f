package org.anabranch.solver;

import java.util.Set;
import java.util.function.Function;
import org.anabranch.field.Calculus;
import org.anabranch.field.StochasticField;

/**
 * A method of stochastic equations with what its paper claims.
 *
 * @param demands what it demands of a field
 * @param strong the orders of single paths
 * @param steps builds the graphs for a field that meets the demands
 */
record PublishedStochasticMethod(
    FieldDemands demands,
    BrownianNeed need,
    StrongOrder strong,
    Function<StochasticField, Method> steps)
    implements StochasticMethod {
  @Override
  public String name() {
    return demands.method();
  }

  @Override
  public Set<Calculus> calculi() {
    return demands.calculi();
  }

  @Override
  public double strongOrder(StochasticField field) {
    return strong.of(field);
  }

  @Override
  public DrivenMethod on(StochasticField field) {
    demands.check(field);
    return new DrivenMethod(steps.apply(field), need.with(field), need);
  }
}
