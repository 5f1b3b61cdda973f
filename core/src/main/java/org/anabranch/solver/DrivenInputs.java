package org.anabranch.solver;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.jspecify.annotations.Nullable;

/** The buffers that a {@link Drive} fills for the steps of all samples of a tile. */
final class DrivenInputs {
  private final @Nullable Drive drive;
  private final Map<String, Buffer> buffers = new LinkedHashMap<>();
  private final int[] samples;

  /**
   * @param drive null for steps that nothing drives
   */
  DrivenInputs(Backend backend, @Nullable Drive drive, int rows) {
    this.drive = drive;
    samples = IntStream.range(0, rows).toArray();
    if (drive != null) {
      drive.inputs().forEach((name, type) -> buffers.put(name, backend.buffer(type, rows)));
    }
  }

  Map<String, Buffer> buffers() {
    return buffers;
  }

  void toStep(double[] from, double[] to) {
    if (drive != null) {
      drive.supply(samples, from, to, buffers);
    }
  }

  long bytes() {
    return buffers.values().stream().mapToLong(Buffer::bytes).sum();
  }
}
