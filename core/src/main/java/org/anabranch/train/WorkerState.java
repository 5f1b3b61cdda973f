package org.anabranch.train;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.graph.Shape;

/**
 * What a worker starts a round with and brings back, as one flat vector: the parameters and, where
 * it is kept, the optimiser's state, array after array in the order of their names.
 */
final class WorkerState {
  private final int parameters;
  private final SortedMap<String, Integer> stateSizes = new TreeMap<>();
  private final ParameterLayout views;

  WorkerState(ParameterLayout layout, Averaging averaging) {
    parameters = layout.size();
    Map<String, Shape> shapes = new LinkedHashMap<>();
    addViews(shapes, Optimiser.PARAMETERS, layout);
    if (averaging.optimiserState() == OptimiserState.AVERAGE) {
      new TreeMap<>(averaging.optimiser().state(parameters))
          .forEach(
              (name, shape) -> {
                stateSizes.put(name, shape.size());
                if (shape.equals(Shape.vector(parameters))) {
                  addViews(shapes, name, layout);
                } else {
                  shapes.put(name, shape);
                }
              });
    }
    views = ParameterLayout.of(shapes);
  }

  /** A state that has a number for each parameter has scales for each parameter tensor. */
  private static void addViews(Map<String, Shape> shapes, String name, ParameterLayout layout) {
    layout.views().forEach(view -> shapes.put(name + "/" + view.name(), view.shape()));
  }

  /** The flat vector's parts, each of which is summed with a scale of its own. */
  ParameterLayout views() {
    return views;
  }

  /** The flat vector of named arrays; others than its own are left out. */
  double[] flat(Map<String, double[]> arrays) {
    double[] flat = new double[views.size()];
    copy(arrays, Optimiser.PARAMETERS, parameters, flat, 0);
    int at = parameters;
    for (Map.Entry<String, Integer> state : stateSizes.entrySet()) {
      copy(arrays, state.getKey(), state.getValue(), flat, at);
      at += state.getValue();
    }
    return flat;
  }

  private static void copy(
      Map<String, double[]> arrays, String name, int size, double[] flat, int at) {
    double[] values = arrays.get(name);
    if (values == null || values.length != size) {
      throw new IllegalArgumentException(
          "Averaging: the optimiser's state '%s' has %s numbers, expected %d. Use one optimiser for the trainer and for its workers."
              .formatted(name, values == null ? "no" : String.valueOf(values.length), size));
    }
    System.arraycopy(values, 0, flat, at, size);
  }

  /** Puts the arrays of a flat vector in the place of those of the same names. */
  void restore(double[] flat, Map<String, double[]> arrays) {
    arrays.put(Optimiser.PARAMETERS, Arrays.copyOfRange(flat, 0, parameters));
    int at = parameters;
    for (Map.Entry<String, Integer> state : stateSizes.entrySet()) {
      arrays.put(state.getKey(), Arrays.copyOfRange(flat, at, at + state.getValue()));
      at += state.getValue();
    }
  }

  /**
   * What a worker adds to the sum: by how much it moved the parameters, and its state, both times
   * the samples that it has seen. Moves are smaller than parameters and keep more bits; a state
   * itself stays on its side of zero.
   */
  double[] contribution(double[] start, double[] end, long samples) {
    double[] contribution = new double[end.length];
    for (int i = 0; i < end.length; i++) {
      contribution[i] = (i < parameters ? end[i] - start[i] : end[i]) * samples;
    }
    return contribution;
  }

  /** The next start, from the mean of the contributions, which is overwritten. */
  double[] next(double[] start, double[] mean) {
    for (int i = 0; i < parameters; i++) {
      mean[i] += start[i];
    }
    return mean;
  }
}
