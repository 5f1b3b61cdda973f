package org.anabranch.check;

import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.reference.ReferenceBackend;
import org.anabranch.graph.Type;
import org.anabranch.train.OpaqueStage;

/** The forward pass of an opaque stage, arrays in and out. */
final class StageForward {
  private final OpaqueStage.Tile tile;
  private final Buffer in;
  private final Buffer out;

  StageForward(OpaqueStage stage, int rows) {
    tile = stage.tile(rows);
    Backend backend = new ReferenceBackend();
    in = backend.buffer(Type.perSample(stage.inputs()), rows);
    out = backend.buffer(Type.perSample(stage.outputs()), rows);
  }

  /** Whose last pass is that of the last {@link #at}. */
  OpaqueStage.Tile tile() {
    return tile;
  }

  /** How many numbers come out. */
  int outputs() {
    return out.count();
  }

  /**
   * The outputs, [rows × outputs].
   *
   * @param input [rows × inputs]
   * @param theta the stage's own parameters
   */
  double[] at(double[] input, double[] theta) {
    tile.load(theta, 0);
    in.set(input);
    tile.forward(in, out);
    double[] results = new double[out.count()];
    out.get(results);
    return results;
  }
}
