package org.anabranch.gradient;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.anabranch.backend.Accumulators;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.Parameters;
import org.anabranch.backend.Program;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Type;
import org.anabranch.solver.State;

/**
 * The program of reverse steps for some number of samples, with two states and two sets of
 * cotangents that take turns as its inputs and outputs.
 */
final class ReverseTile {
  final State[] states = new State[2];
  final State[] cotangents = new State[2];
  private final Program.Execution[] steps = new Program.Execution[2];
  private final Map<String, Buffer> fixed;
  private final Map<String, Buffer> ofSteps;
  private final long bytes;

  /** What is the same for tiles of every width. */
  record Kind(
      Backend backend,
      Graph graph,
      Map<String, Type> state,
      Map<String, Type> cotangents,
      Parameters parameters,
      Accumulators accumulators,
      boolean reversible) {
    /** A tile of some width, with inputs and outputs of its own of the types of others. */
    ReverseTile narrow(ReverseTile wide, int width) {
      return new ReverseTile(this, like(wide.fixed, width), like(wide.ofSteps, width), width);
    }

    private Map<String, Buffer> like(Map<String, Buffer> buffers, int width) {
      Map<String, Buffer> own = new HashMap<>();
      buffers.forEach((name, buffer) -> own.put(name, backend.buffer(buffer.type(), width)));
      return own;
    }
  }

  /**
   * @param fixed inputs that no step writes: context and clock
   * @param ofSteps outputs for the cotangents that a step has of its own
   */
  ReverseTile(Kind kind, Map<String, Buffer> fixed, Map<String, Buffer> ofSteps, int rows) {
    this.fixed = fixed;
    this.ofSteps = ofSteps;
    for (int i = 0; i < 2; i++) {
      states[i] = State.allocate(kind.backend, kind.state, rows);
      cotangents[i] = State.allocate(kind.backend, kind.cotangents, rows);
    }
    Program program = kind.backend.compile(kind.graph, rows);
    for (int i = 0; i < 2; i++) {
      Map<String, Buffer> inputs = new HashMap<>(fixed);
      inputs.putAll(states[i].parts());
      inputs.putAll(cotangents[i].parts());
      Map<String, Buffer> outputs = new HashMap<>(cotangents[1 - i].parts());
      outputs.putAll(ofSteps);
      if (kind.reversible) {
        outputs.putAll(states[1 - i].parts());
      }
      steps[i] = program.bind(inputs, outputs, kind.parameters, kind.accumulators);
    }
    bytes = program.bytes() + 2 * states[0].bytes() + 2 * cotangents[0].bytes();
  }

  /** A step from the states and cotangents of this number to the others. */
  void step(int from) {
    steps[from].run();
  }

  /** Takes a sample of a wider tile into a slot, with its inputs. */
  void take(int slot, ReverseTile wide, int current, int row) {
    states[0].copyRow(slot, wide.states[current], row);
    cotangents[0].copyRow(slot, wide.cotangents[current], row);
    fixed.forEach((name, buffer) -> buffer.copySample(slot, of(wide.fixed, name), row));
  }

  /** Gives a slot's results to the sample of the wider tile, in place of what it had. */
  void give(int slot, ReverseTile wide, int current, int row, boolean withState) {
    if (withState) {
      wide.states[current].copyRow(row, states[1], slot);
    }
    wide.cotangents[current].copyRow(row, cotangents[1], slot);
    wide.ofSteps.forEach((name, buffer) -> buffer.copyRow(row, of(ofSteps, name), slot));
  }

  /** Tiles of every width have buffers of the same names. */
  private static Buffer of(Map<String, Buffer> buffers, String name) {
    return Objects.requireNonNull(buffers.get(name), name);
  }

  long bytes() {
    return bytes;
  }
}
