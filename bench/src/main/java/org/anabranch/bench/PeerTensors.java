package org.anabranch.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.train.Tensor;

/**
 * Tensors that a script wrote of a peer.
 *
 * @param script what writes the file
 */
record PeerTensors(Map<String, Tensor> tensors, Path file, String script) {
  /** The numbers of a tensor. */
  float[] of(String name, List<Integer> shape) throws IOException {
    Tensor tensor = tensors.get(name);
    if (tensor == null || tensor.type() != Tensor.Type.F32 || !tensor.shape().equals(shape)) {
      throw new IOException(
          "%s: no tensor %s of type F32 and shape %s; it has %s. Write it by %s."
              .formatted(file, name, shape, tensors, script));
    }
    return tensor.floats();
  }

  /** The numbers of a layout's tensors, by name. */
  Map<String, float[]> weights(ParameterLayout layout) throws IOException {
    Map<String, float[]> weights = new LinkedHashMap<>();
    for (ParameterLayout.View view : layout.views()) {
      weights.put(view.name(), of(view.name(), view.shape().extents()));
    }
    return weights;
  }

  /** The numbers of a tensor [step x sample x motion], step by step. */
  float[][] steps(String name, int steps, int rows, int motions) throws IOException {
    float[] all = of(name, List.of(steps, rows, motions));
    float[][] parts = new float[steps][rows * motions];
    for (int step = 0; step < steps; step++) {
      System.arraycopy(all, step * rows * motions, parts[step], 0, rows * motions);
    }
    return parts;
  }

  /** Weights in the order of a layout; zeros where there are none. */
  static double[] flat(ParameterLayout layout, Map<String, float[]> weights) {
    double[] all = new double[layout.size()];
    for (ParameterLayout.View view : layout.views()) {
      float[] values = weights.getOrDefault(view.name(), new float[0]);
      for (int i = 0; i < values.length; i++) {
        all[view.offset() + i] = values[i];
      }
    }
    return all;
  }

  /** One of a tensor's extents. */
  int extent(String name, int axis) throws IOException {
    Tensor tensor = tensors.get(name);
    if (tensor == null || tensor.shape().size() <= axis) {
      throw new IOException("%s: no tensor %s. Write it by %s.".formatted(file, name, script));
    }
    return tensor.shape().get(axis);
  }
}
