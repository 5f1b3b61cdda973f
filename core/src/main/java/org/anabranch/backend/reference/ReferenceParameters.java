package org.anabranch.backend.reference;

import org.anabranch.backend.Parameters;
import org.anabranch.graph.ParameterLayout;

/** The parameter vector as it is. */
final class ReferenceParameters implements Parameters {
  private final ParameterLayout layout;
  final double[] values;

  ReferenceParameters(ParameterLayout layout) {
    this.layout = layout;
    this.values = new double[layout.size()];
  }

  @Override
  public ParameterLayout layout() {
    return layout;
  }

  @Override
  public void load(double[] source) {
    System.arraycopy(source, 0, values, 0, values.length);
  }

  @Override
  public long bytes() {
    return 8L * values.length;
  }
}
