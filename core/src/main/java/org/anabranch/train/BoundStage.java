package org.anabranch.train;

import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.graph.Type;

/** An opaque stage with its buffers and its place in the parameter vector. */
final class BoundStage {
  private final OpaqueStage.Tile tile;
  private final int offset;
  private final Buffer input;
  private final Buffer inputCotangent;
  private final Buffer output;
  private final Buffer outputCotangent;

  BoundStage(
      OpaqueStage stage,
      Pipeline pipeline,
      Backend backend,
      int rows,
      Buffer input,
      Buffer inputCotangent) {
    tile = stage.tile(rows);
    offset = pipeline.offset(stage);
    this.input = input;
    this.inputCotangent = inputCotangent;
    output = backend.buffer(Type.perSample(stage.outputs()), rows);
    outputCotangent = backend.buffer(Type.perSample(stage.outputs()), rows);
  }

  void load(double[] values) {
    tile.load(values, offset);
  }

  void forward() {
    tile.forward(input, output);
  }

  void backward(double[] gradient) {
    tile.backward(outputCotangent, inputCotangent, gradient, offset);
  }

  Buffer output() {
    return output;
  }

  Buffer outputCotangent() {
    return outputCotangent;
  }

  /** Without what the other library reserves for itself. */
  long bytes() {
    return output.bytes() + outputCotangent.bytes();
  }
}
