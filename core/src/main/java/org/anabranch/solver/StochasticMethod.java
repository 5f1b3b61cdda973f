package org.anabranch.solver;

import java.util.List;
import java.util.Set;
import org.anabranch.field.Calculus;
import org.anabranch.field.StochasticField;

/**
 * A one-step method of stochastic differential equations: made for a field, it builds the graphs of
 * its steps, whose inputs are those of a {@link Method} and the noise that {@link #need} names.
 */
public interface StochasticMethod {
  /**
   * The method of a name: {@code euler-maruyama}, {@code reversible-heun} (on the grid), {@code
   * milstein}, {@code sra1}, and others.
   *
   * @throws IllegalArgumentException if there is none, with the nearest and all names
   */
  static StochasticMethod named(String name) {
    return StochasticMethodNames.method(name);
  }

  /** The names that {@link #named} knows. */
  static List<String> names() {
    return StochasticMethodNames.all();
  }

  /**
   * Reversible Heun (Kidger et al. 2021, arXiv:2105.13493), an evaluation a step in working
   * precision; or two where states lie on a grid, so that it inverts bit for bit, and one again by
   * {@link DrivenMethod#overOneGrid}.
   */
  static StochasticMethod reversibleHeun(boolean exact) {
    return PublishedStochasticMethods.reversibleHeun(exact);
  }

  /**
   * Heun's method made reversible by McCallum and Foster's coupling λ in (0, 1]: bit for bit with λ
   * = 1, stable on fields that decay below it.
   */
  static StochasticMethod coupledHeun(double coupling) {
    return PublishedStochasticMethods.coupled("heun", 2, TwoStages.HEUN, coupling);
  }

  /** What a user writes to choose it. */
  String name();

  /** The calculi of the fields that it solves; of additive noise both are one. */
  Set<Calculus> calculi();

  /** What it reads of the Brownian motion. */
  BrownianNeed need();

  /** The order of convergence of single paths on a field that it solves. */
  double strongOrder(StochasticField field);

  /**
   * The method for a field.
   *
   * @throws IllegalArgumentException if it does not solve the field, with what does
   */
  DrivenMethod on(StochasticField field);
}
