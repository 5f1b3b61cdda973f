package org.anabranch.spark.job;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.train.Safetensors;
import org.anabranch.train.Tensor;

/** {@code parameters.safetensors} of a model. */
final class TrainedParameters {
  private TrainedParameters() {}

  /** The file, in the precision that the workers use: what they round is not kept. */
  static byte[] file(ParameterLayout layout, double[] values, boolean single) {
    Map<String, Tensor> tensors = new TreeMap<>();
    for (ParameterLayout.View view : layout.views()) {
      double[] numbers = Arrays.copyOfRange(values, view.offset(), view.offset() + view.size());
      List<Integer> shape = List.copyOf(view.shape().extents());
      tensors.put(
          view.name(),
          single ? Tensor.ofFloats(shape, rounded(numbers)) : Tensor.ofDoubles(shape, numbers));
    }
    return new Safetensors(tensors, Map.of("format", "anabranch-parameters")).toBytes();
  }

  private static float[] rounded(double[] numbers) {
    float[] rounded = new float[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      rounded[i] = (float) numbers[i];
    }
    return rounded;
  }
}
