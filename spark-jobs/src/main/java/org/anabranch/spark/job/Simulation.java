package org.anabranch.spark.job;

import org.anabranch.model.paths.PathSet;

/** Makes paths: the same ones, bit for bit, for the same seed on every machine. */
interface Simulation {
  /** How many paths there are if nobody says. */
  int standardPaths();

  /**
   * Draws paths; the first of many are those of few, unless a simulation says otherwise.
   *
   * @throws org.anabranch.spark.data.DataProblem if a file that it learns from cannot be used
   */
  PathSet draw(int paths, long seed);
}
