package org.anabranch.backend;

import org.anabranch.graph.ParameterLayout;

/** A parameter vector in the form that a backend's programs read, packed once for each update. */
public interface Parameters {
  ParameterLayout layout();

  /** Takes new values, rounded to the backend's working precision. */
  void load(double[] values);

  /** The bytes reserved, packed forms included. */
  long bytes();
}
