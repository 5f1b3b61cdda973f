package org.anabranch.model.paths;

/** Draws paths from a model. Not for several threads at a time. */
public interface PathSampler {
  /** The parameters of the paths to come. */
  void load(double[] parameters);

  /**
   * Draws paths. Each is a pure function of (parameters, seed, number, its covariates): how many
   * are drawn at a time does not change a bit.
   *
   * @param seed of the noise
   * @param first the number of the first path; the others follow
   * @param count of paths
   * @param covariates {@code count × covariates}, in the units of the data
   * @param target {@code count × times × channels}, in the units of the data; values that are not
   *     finite where a path leaves the numbers
   */
  void sample(long seed, long first, int count, float[] covariates, float[] target);
}
