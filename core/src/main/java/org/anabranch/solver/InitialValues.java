package org.anabranch.solver;

/** Initial values as callers give them, checked. */
public final class InitialValues {
  private InitialValues() {}

  /**
   * The values in one array, sample by sample.
   *
   * @param caller whose name an error begins with
   * @throws IllegalArgumentException if there is none, or one has not the field's dimension
   */
  public static double[] flat(String caller, double[][] values, int dimension) {
    if (values.length == 0) {
      throw new IllegalArgumentException(
          "%s: no initial values. Give at least one sample.".formatted(caller));
    }
    double[] flat = new double[values.length * dimension];
    for (int row = 0; row < values.length; row++) {
      if (values[row].length != dimension) {
        throw new IllegalArgumentException(
            "%s: initial value %d has %d components, the field has %d."
                .formatted(caller, row, values[row].length, dimension));
      }
      System.arraycopy(values[row], 0, flat, row * dimension, dimension);
    }
    return flat;
  }
}
