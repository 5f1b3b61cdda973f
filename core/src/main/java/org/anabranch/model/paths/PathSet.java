package org.anabranch.model.paths;

import java.util.Arrays;

/** Paths of one shape, for looking at and for comparing: real ones, or drawn ones. */
public final class PathSet {
  private final PathShape shape;
  private final int size;
  private final float[] values;
  private final float[] covariates;

  /**
   * Holds the arrays, not copies.
   *
   * @param values {@code paths × times × channels}; NaN where missing
   * @param covariates {@code paths × covariates}
   */
  public PathSet(PathShape shape, float[] values, float[] covariates) {
    this.shape = shape;
    this.values = values;
    this.covariates = covariates;
    size = values.length / shape.values();
    if (values.length != size * shape.values()
        || covariates.length != size * shape.covariates().size()) {
      throw new IllegalArgumentException(
          "Paths: %d values and %d covariates are no whole number of paths of %d and %d."
              .formatted(
                  values.length, covariates.length, shape.values(), shape.covariates().size()));
    }
  }

  public PathShape shape() {
    return shape;
  }

  /** The number of paths. */
  public int size() {
    return size;
  }

  public float value(int path, int time, int channel) {
    return values[(path * shape.length() + time) * shape.width() + channel];
  }

  public float covariate(int path, int number) {
    return covariates[path * shape.covariates().size() + number];
  }

  /** A channel at a time, of all paths in which it is not missing. */
  public double[] marginal(int time, int channel) {
    double[] marginal = new double[size];
    int found = 0;
    for (int path = 0; path < size; path++) {
      float value = value(path, time, channel);
      if (!Float.isNaN(value)) {
        marginal[found++] = value;
      }
    }
    return Arrays.copyOf(marginal, found);
  }

  /** Some neighbouring paths, copied. */
  public PathSet range(int from, int to) {
    int width = shape.covariates().size();
    return new PathSet(
        shape,
        Arrays.copyOfRange(values, from * shape.values(), to * shape.values()),
        Arrays.copyOfRange(covariates, from * width, to * width));
  }

  /** Writes the values of a path to {@code target} from an offset on. */
  public void copyPath(int path, float[] target, int offset) {
    System.arraycopy(values, path * shape.values(), target, offset, shape.values());
  }
}
