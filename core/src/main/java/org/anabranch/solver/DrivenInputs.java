package org.anabranch.solver;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.jspecify.annotations.Nullable;

/** The buffers that a {@link Drive} fills for the steps of some samples. */
final class DrivenInputs {
  private final @Nullable Drive drive;
  private final Map<String, Buffer> buffers = new LinkedHashMap<>();
  private final int[] samples;
  private final HeldInputs held;

  /**
   * For all samples of a tile.
   *
   * @param drive null for steps that nothing drives
   */
  DrivenInputs(Backend backend, @Nullable Drive drive, int rows) {
    this(backend, drive, IntStream.range(0, rows).toArray());
  }

  /**
   * @param samples the row of each slot, looked at when steps are supplied
   */
  DrivenInputs(Backend backend, @Nullable Drive drive, int[] samples) {
    this.drive = drive;
    this.samples = samples;
    held = new HeldInputs(backend, drive, samples);
    if (drive != null) {
      drive
          .inputs()
          .forEach((name, type) -> buffers.put(name, backend.buffer(type, samples.length)));
    }
  }

  Map<String, Buffer> buffers() {
    return buffers;
  }

  /** Those of context that changes. */
  Map<String, Buffer> heldBuffers() {
    return held.buffers();
  }

  /** Those of context that changes, at times of the samples. */
  void hold(double[] times) {
    held.at(times);
  }

  void toStep(double[] from, double[] to) {
    if (drive != null) {
      drive.supply(samples, from, to, buffers);
    }
  }

  /** Takes what others of the same drive hold. */
  void copyFrom(DrivenInputs other) {
    buffers.forEach(
        (name, buffer) -> buffer.copyFrom(Objects.requireNonNull(other.buffers.get(name), name)));
  }

  /** As of a step that goes nowhere. */
  void clear() {
    buffers.values().forEach(buffer -> buffer.fill(0));
  }

  long bytes() {
    return Stream.concat(buffers.values().stream(), held.buffers().values().stream())
        .mapToLong(Buffer::bytes)
        .sum();
  }
}
