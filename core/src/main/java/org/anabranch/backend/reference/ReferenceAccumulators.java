package org.anabranch.backend.reference;

import java.util.Arrays;
import org.anabranch.backend.Accumulators;
import org.anabranch.graph.ParameterLayout;

/** Running sums are float64 already, so there is nothing to fold. */
final class ReferenceAccumulators implements Accumulators {
  private final ParameterLayout layout;
  final double[] sums;

  ReferenceAccumulators(ParameterLayout layout) {
    this.layout = layout;
    this.sums = new double[layout.size()];
  }

  @Override
  public ParameterLayout layout() {
    return layout;
  }

  @Override
  public void clear() {
    Arrays.fill(sums, 0);
  }

  @Override
  public void fold() {}

  @Override
  public double[] totals() {
    return sums;
  }

  @Override
  public long bytes() {
    return 8L * sums.length;
  }
}
