package org.anabranch.nn;

import org.anabranch.graph.ParameterLayout;
import org.anabranch.random.CounterRandom;
import org.anabranch.random.Stream;

/**
 * First values of parameters: matrices uniform in ±√(6/(inputs + outputs)) (Glorot and Bengio
 * 2010), vectors and scalars zero. A pure function of the seed and the parameter's place.
 */
public final class Initialiser {
  private Initialiser() {}

  /**
   * Matrices and the biases behind them uniform in ±1/√inputs, as PyTorch's linear layers start. A
   * vector before every matrix is uniform in ±1.
   */
  public static double[] uniform(ParameterLayout layout, long seed) {
    double[] values = new double[layout.size()];
    int inputs = 1;
    for (int tensor = 0; tensor < layout.views().size(); tensor++) {
      ParameterLayout.View view = layout.views().get(tensor);
      inputs = view.shape().rank() == 2 ? view.shape().columns() : inputs;
      for (int i = 0; i < view.size(); i++) {
        double u = CounterRandom.uniform(seed, Stream.INITIALISER, tensor, 0, i);
        values[view.offset() + i] = (2 * u - 1) / Math.sqrt(inputs);
      }
    }
    return values;
  }

  public static double[] glorot(ParameterLayout layout, long seed) {
    double[] values = new double[layout.size()];
    for (int tensor = 0; tensor < layout.views().size(); tensor++) {
      ParameterLayout.View view = layout.views().get(tensor);
      if (view.shape().rank() == 2) {
        double bound = Math.sqrt(6.0 / (view.shape().rows() + view.shape().columns()));
        for (int i = 0; i < view.size(); i++) {
          double u = CounterRandom.uniform(seed, Stream.INITIALISER, tensor, 0, i);
          values[view.offset() + i] = bound * (2 * u - 1);
        }
      }
    }
    return values;
  }
}
