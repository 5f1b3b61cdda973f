package org.anabranch.solver;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.graph.Type;

/**
 * Context that is constant between some times, the same for all samples: from each on it has the
 * value that was set for it, before the first that of the first.
 */
public final class PiecewiseContext implements HeldContext {
  /** Times earlier than one of these by less than this share of their span are that one. */
  private static final double ROUNDING = 1e-12;

  private final String name;
  private final Type type;
  private final double[] times;
  private final double slack;
  private final List<Buffer> values = new ArrayList<>();
  private final List<Buffer> cotangents = new ArrayList<>();

  /**
   * @param name of the input
   * @param type of a value of each sample
   * @param times strictly ascending
   * @param rows of the tile
   * @throws IllegalArgumentException for other times, or none
   */
  public PiecewiseContext(Backend backend, String name, Type type, double[] times, int rows) {
    this.name = name;
    this.type = type;
    this.times = times.clone();
    if (times.length == 0) {
      throw new IllegalArgumentException(
          "Context '%s': no times. Give one at least.".formatted(name));
    }
    for (int i = 0; i < times.length; i++) {
      if (!Double.isFinite(times[i]) || (i > 0 && times[i] <= times[i - 1])) {
        throw new IllegalArgumentException(
            "Context '%s': time %d is %s. Give finite times that ascend."
                .formatted(name, i, times[i]));
      }
      values.add(backend.buffer(type, rows));
      cotangents.add(backend.buffer(type, rows));
    }
    slack = ROUNDING * (times[times.length - 1] - times[0]);
  }

  /** The values from a time on, to be set before a solve: [rows x shape]. */
  public Buffer value(int time) {
    return values.get(time);
  }

  /** Their cotangents after the way back: [rows x shape]. */
  public Buffer cotangent(int time) {
    return cotangents.get(time);
  }

  @Override
  public Map<String, Type> inputs() {
    return Map.of(name, type);
  }

  @Override
  public void supply(int[] samples, double[] at, Map<String, Buffer> target) {
    Buffer own = own(target);
    if (isOne(samples, samples.length, at)) {
      own.copyFrom(values.get(place(at[0])));
      return;
    }
    for (int slot = 0; slot < samples.length; slot++) {
      own.copyRow(slot, values.get(place(at[slot])), samples[slot]);
    }
  }

  /** Whether the whole tile, in its order, asks for one time. */
  private boolean isOne(int[] samples, int count, double[] at) {
    for (int slot = 0; slot < count; slot++) {
      if (samples[slot] != slot || at[slot] != at[0]) {
        return false;
      }
    }
    return count == values.get(0).rows();
  }

  @Override
  public void startBack() {
    cotangents.forEach(buffer -> buffer.fill(0));
  }

  @Override
  public void fetch(int[] samples, int count, double[] at, Map<String, Buffer> buffers) {
    Buffer own = own(buffers);
    if (isOne(samples, count, at)) {
      own.copyFrom(cotangents.get(place(at[0])));
      return;
    }
    for (int i = 0; i < count; i++) {
      own.copyRow(samples[i], cotangents.get(place(at[i])), samples[i]);
    }
  }

  @Override
  public void keep(int[] samples, int count, double[] at, Map<String, Buffer> buffers) {
    Buffer own = own(buffers);
    if (isOne(samples, count, at)) {
      cotangents.get(place(at[0])).copyFrom(own);
      return;
    }
    for (int i = 0; i < count; i++) {
      cotangents.get(place(at[i])).copyRow(samples[i], own, samples[i]);
    }
  }

  private Buffer own(Map<String, Buffer> buffers) {
    return Objects.requireNonNull(buffers.get(name), name);
  }

  /** The last of the times that is not after another. */
  private int place(double time) {
    int found = Arrays.binarySearch(times, time + slack);
    return Math.max(0, found < 0 ? -found - 2 : found);
  }

  /** What values and cotangents take. */
  public long bytes() {
    return 2 * values.stream().mapToLong(Buffer::bytes).sum();
  }
}
