package org.anabranch.train;

import java.io.Serializable;
import java.util.List;

/**
 * What was subtracted from features, and what the rest was divided by, before they reach a model:
 * mean and standard deviation of the training samples. Belongs to the model, since it has to be
 * done to whatever the model sees later.
 *
 * <pre>  x' = float32((x − mean) / deviation), in float64 up to the rounding  </pre>
 *
 * @param means one a feature; none if features stay as they are
 * @param deviations likewise; above 0, and 1 where the training samples do not differ
 */
public record Standardisation(List<Double> means, List<Double> deviations) implements Serializable {
  private static final Standardisation NONE = new Standardisation(List.of(), List.of());

  public Standardisation {
    means = List.copyOf(means);
    deviations = List.copyOf(deviations);
    if (means.size() != deviations.size()) {
      throw new IllegalArgumentException(
          "Standardisation: %d means and %d deviations. Give one of each for every feature."
              .formatted(means.size(), deviations.size()));
    }
    for (int i = 0; i < means.size(); i++) {
      if (!Double.isFinite(means.get(i)) || !(deviations.get(i) > 0)) {
        throw new IllegalArgumentException(
            "Standardisation: feature %d has the mean %s and the deviation %s. The mean must be finite and the deviation above 0."
                .formatted(i, means.get(i), deviations.get(i)));
      }
    }
  }

  /** Features stay as they are. */
  public static Standardisation none() {
    return NONE;
  }

  public boolean changesNothing() {
    return means.isEmpty();
  }

  /**
   * The standardised features, in an array of their own.
   *
   * @throws IllegalArgumentException if there are more or fewer features than this one was made for
   */
  public float[] apply(float[] features) {
    float[] result = features.clone();
    if (changesNothing()) {
      return result;
    }
    if (features.length != means.size()) {
      throw new IllegalArgumentException(
          "Standardisation: %d features, expected %d. Give samples like those of the training."
              .formatted(features.length, means.size()));
    }
    for (int i = 0; i < result.length; i++) {
      result[i] = (float) ((features[i] - means.get(i)) / deviations.get(i));
    }
    return result;
  }
}
