package org.anabranch.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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

  /** One of a tensor's extents. */
  int extent(String name, int axis) throws IOException {
    Tensor tensor = tensors.get(name);
    if (tensor == null || tensor.shape().size() <= axis) {
      throw new IOException("%s: no tensor %s. Write it by %s.".formatted(file, name, script));
    }
    return tensor.shape().get(axis);
  }
}
