package org.anabranch.solver;

import java.util.LinkedHashMap;
import java.util.Map;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.jspecify.annotations.Nullable;

/** The buffers that {@link HeldContext} fills for some samples. */
final class HeldInputs {
  private final @Nullable HeldContext held;
  private final Map<String, Buffer> buffers = new LinkedHashMap<>();
  private final int[] samples;

  /**
   * @param drive null for steps that nothing drives
   * @param samples the row of each slot, looked at when values are supplied
   */
  HeldInputs(Backend backend, @Nullable Drive drive, int[] samples) {
    this.samples = samples;
    held = drive == null ? null : drive.held();
    if (held != null) {
      held.inputs()
          .forEach((name, type) -> buffers.put(name, backend.buffer(type, samples.length)));
    }
  }

  Map<String, Buffer> buffers() {
    return buffers;
  }

  void at(double[] times) {
    if (held != null) {
      held.supply(samples, times, buffers);
    }
  }
}
