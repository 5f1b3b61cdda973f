package org.anabranch.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Shape;
import org.anabranch.graph.Type;
import org.anabranch.graph.Value;
import org.anabranch.nn.Layer;

/** A head followed by the cross-entropy −log softmax(logits)[label]. */
public record SoftmaxCrossEntropy(Layer head, int inputs, int classes) {
  /** The objective of a {@link Pipeline}. */
  public Graph graph() {
    Value y = Value.input("y", Type.perSample(inputs));
    Value label = Value.input("label", Type.perSampleScalar());
    Value logits = head.apply(y);
    Value index = Value.constant(IntStream.range(0, classes).mapToObj(i -> (double) i).toList());
    Value chosen = label.equalTo(index).select(logits, Value.zeros(Shape.scalar())).sum();
    Map<String, Value> outputs = new LinkedHashMap<>();
    outputs.put("loss", logits.logSumExp().minus(chosen));
    outputs.put("logits", logits);
    return Graph.of("softmax-cross-entropy", List.of(y, label), outputs);
  }
}
