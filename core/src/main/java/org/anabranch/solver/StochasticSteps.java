package org.anabranch.solver;

import org.anabranch.field.StochasticField;

/** Steps of a stochastic equation: the graphs that they build are those of one field. */
public interface StochasticSteps extends Method {
  /** The field. */
  StochasticField stochastic();
}
