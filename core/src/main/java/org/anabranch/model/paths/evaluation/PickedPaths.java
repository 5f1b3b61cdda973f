package org.anabranch.model.paths.evaluation;

import java.util.stream.IntStream;
import org.anabranch.model.paths.PathSet;
import org.anabranch.random.KeyedPermutation;
import org.anabranch.random.Stream;

/** Sets made of others' paths. */
final class PickedPaths {
  private PickedPaths() {}

  /** Paths of the given numbers. */
  static PathSet of(PathSet paths, int[] numbers) {
    int values = paths.shape().values();
    int width = paths.shape().covariates().size();
    float[] picked = new float[numbers.length * values];
    float[] covariates = new float[numbers.length * width];
    for (int i = 0; i < numbers.length; i++) {
      paths.copyPath(numbers[i], picked, i * values);
      for (int number = 0; number < width; number++) {
        covariates[i * width + number] = paths.covariate(numbers[i], number);
      }
    }
    return new PathSet(paths.shape(), picked, covariates);
  }

  /** All paths in another order. */
  static PathSet shuffled(PathSet paths, long seed, long key) {
    return of(paths, KeyedPermutation.of(seed, Stream.SPLIT, key, paths.size()));
  }

  /** The first paths of one set, then as many of another of the same shape. */
  static PathSet joined(PathSet first, PathSet second, int each) {
    int values = first.shape().values();
    float[] all = new float[2 * each * values];
    for (int path = 0; path < each; path++) {
      first.copyPath(path, all, path * values);
      second.copyPath(path, all, (each + path) * values);
    }
    return new PathSet(first.shape(), all, new float[2 * each * first.shape().covariates().size()]);
  }

  /** Those whose values are all numbers. */
  static PathSet whole(PathSet paths) {
    float[] values = new float[paths.shape().values()];
    return of(
        paths,
        IntStream.range(0, paths.size())
            .filter(
                path -> {
                  paths.copyPath(path, values, 0);
                  return IntStream.range(0, values.length).allMatch(i -> Float.isFinite(values[i]));
                })
            .toArray());
  }

  /**
   * Drawn paths without the values that are missing of real ones, which are gone through in turn.
   */
  static PathSet withGapsOf(PathSet paths, PathSet real) {
    int size = paths.shape().values();
    float[] values = new float[paths.size() * size];
    float[] pattern = new float[size];
    for (int path = 0; path < paths.size(); path++) {
      paths.copyPath(path, values, path * size);
      real.copyPath(path % real.size(), pattern, 0);
      for (int i = 0; i < size; i++) {
        if (Float.isNaN(pattern[i])) {
          values[path * size + i] = Float.NaN;
        }
      }
    }
    int width = paths.shape().covariates().size();
    float[] covariates = new float[paths.size() * width];
    for (int i = 0; i < covariates.length; i++) {
      covariates[i] = paths.covariate(i / width, i % width);
    }
    return new PathSet(paths.shape(), values, covariates);
  }

  /** As {@link PathSet#range}, as far as there are paths. */
  static PathSet first(PathSet paths, int most) {
    return paths.range(0, Math.min(most, paths.size()));
  }
}
