package org.anabranch.backend.simd;

import java.util.HashMap;
import java.util.Map;
import org.anabranch.backend.Parameters;
import org.anabranch.graph.Operation;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.graph.Type;

/**
 * Parameters in float32, each padded at a place of its own; matrices also packed for products, in
 * the orientations that bound programs asked for. {@link #load} refreshes all forms.
 */
final class SimdParameters implements Parameters {
  private record Orientation(String name, boolean transposed) {}

  private final Kernels kernels;
  private final ParameterLayout layout;
  private final Map<String, Place> places = new HashMap<>();
  private final Map<Orientation, float[]> packed = new HashMap<>();

  SimdParameters(Kernels kernels, ParameterLayout layout) {
    this.kernels = kernels;
    this.layout = layout;
    for (ParameterLayout.View view : layout.views()) {
      places.put(view.name(), Place.allocate(Type.shared(view.shape()), 1));
    }
  }

  @Override
  public ParameterLayout layout() {
    return layout;
  }

  Place place(Operation.Parameter parameter) {
    return place(parameter.name());
  }

  private Place place(String name) {
    Place place = places.get(name);
    if (place == null) {
      throw new AssertionError("unchecked parameter " + name);
    }
    return place;
  }

  /** The matrix in panels, for W x or, transposed, for Wᵀ x. */
  float[] packed(Operation.Parameter parameter, boolean transposed) {
    return packed.computeIfAbsent(
        new Orientation(parameter.name(), transposed),
        orientation -> {
          int n = parameter.shape().rows();
          int k = parameter.shape().columns();
          float[] panels =
              new float[transposed ? kernels.packedSize(k, n) : kernels.packedSize(n, k)];
          pack(orientation, panels);
          return panels;
        });
  }

  private void pack(Orientation orientation, float[] panels) {
    var shape = layout.view(orientation.name).shape();
    float[] weights = place(orientation.name).floats();
    kernels.pack(weights, 0, shape.rows(), shape.columns(), orientation.transposed, panels, 0);
  }

  @Override
  public void load(double[] values) {
    if (values.length != layout.size()) {
      throw new IllegalArgumentException(
          "Parameters: %d numbers were given, the layout has %d."
              .formatted(values.length, layout.size()));
    }
    for (ParameterLayout.View view : layout.views()) {
      float[] target = place(view.name()).floats();
      for (int i = 0; i < view.size(); i++) {
        target[i] = (float) values[view.offset() + i];
      }
    }
    packed.forEach(this::pack);
  }

  @Override
  public long bytes() {
    long bytes = 0;
    for (Place place : places.values()) {
      bytes += place.bytes();
    }
    for (float[] panels : packed.values()) {
      bytes += 4L * panels.length;
    }
    return bytes;
  }
}
