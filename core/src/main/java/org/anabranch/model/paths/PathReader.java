package org.anabranch.model.paths;

import org.anabranch.field.StochasticField;
import org.anabranch.graph.Value;

/** What reads a path by a controlled equation that time and the path drive, as graphs. */
public interface PathReader {
  /** The channels of the paths. */
  int channels();

  /** The number of covariates beside a path. */
  int covariates();

  /** The width of the equation's state. */
  int state();

  /** Components of the output. */
  int outputs();

  /** The equation, its motions the increments of time and of the channels. */
  StochasticField field();

  /** The state at the start from the first value and the covariates, side by side. */
  Value first(Value valueAndCovariates);

  /** The output from the state at the end. */
  Value output(Value state);
}
