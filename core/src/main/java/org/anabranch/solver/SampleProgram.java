package org.anabranch.solver;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.anabranch.backend.Accumulators;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.Parameters;
import org.anabranch.backend.Program;
import org.anabranch.graph.Graph;
import org.jspecify.annotations.Nullable;

/**
 * A program for what only some samples of a tile need at a time: a jump, an event. Their numbers
 * are taken to its few slots, and its results brought back. A slot that no sample needs must get
 * the numbers of one that does: its results must be finite.
 */
public final class SampleProgram {
  /** Rows are computed in fives. */
  private static final int SLOTS = 5;

  private final int slots;
  private final Map<String, Buffer> inputs = new HashMap<>();
  private final Map<String, Buffer> outputs = new HashMap<>();
  private final Program.Execution execution;
  private final long bytes;

  /**
   * @param rows of the tile
   * @param accumulators where the graph's accumulations go; null if it has none
   */
  public SampleProgram(
      Backend backend,
      Graph graph,
      int rows,
      Parameters parameters,
      @Nullable Accumulators accumulators) {
    slots = Math.min(rows, SLOTS);
    Program program = backend.compile(graph, slots);
    graph.inputs().forEach((name, input) -> inputs.put(name, backend.buffer(input.type(), slots)));
    graph
        .outputs()
        .forEach((name, output) -> outputs.put(name, backend.buffer(output.type(), slots)));
    execution = program.bind(inputs, outputs, parameters, accumulators);
    bytes =
        program.bytes()
            + inputs.values().stream().mapToLong(Buffer::bytes).sum()
            + outputs.values().stream().mapToLong(Buffer::bytes).sum();
  }

  /** How many samples it takes at a time. */
  public int slots() {
    return slots;
  }

  public Buffer input(String name) {
    return of(inputs, name);
  }

  public Buffer output(String name) {
    return of(outputs, name);
  }

  private static Buffer of(Map<String, Buffer> buffers, String name) {
    Buffer buffer = buffers.get(name);
    if (buffer == null) {
      throw new AssertionError("no buffer is called " + name + ": " + buffers.keySet());
    }
    return buffer;
  }

  /** Takes a sample's numbers of all buffers that are named like inputs. */
  public void take(int slot, Map<String, Buffer> from, int row) {
    from.forEach(
        (name, buffer) -> {
          Buffer input = inputs.get(name);
          if (input != null) {
            input.copySample(slot, buffer, row);
          }
        });
  }

  /** Has the inputs of some names, of those that there are, be zero in a slot. */
  public void clear(int slot, Set<String> names) {
    inputs.forEach(
        (name, input) -> {
          if (names.contains(name)) {
            input.setRow(slot, new double[input.type().shape().size()], 0);
          }
        });
  }

  /** Brings a slot's results to a sample of all buffers that are named like outputs. */
  public void give(int slot, Map<String, Buffer> to, int row) {
    to.forEach(
        (name, buffer) -> {
          Buffer output = outputs.get(name);
          if (output != null) {
            buffer.copySample(row, output, slot);
          }
        });
  }

  public void run() {
    execution.run();
  }

  public long bytes() {
    return bytes;
  }
}
