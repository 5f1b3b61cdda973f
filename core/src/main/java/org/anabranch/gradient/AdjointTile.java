package org.anabranch.gradient;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.anabranch.backend.Accumulators;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.Parameters;
import org.anabranch.backend.Program;
import org.anabranch.field.Field;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Type;
import org.anabranch.solver.OwnClock;
import org.anabranch.solver.RungeKuttaMethod;
import org.anabranch.solver.State;

/**
 * The loop of {@link AdjointStep}s over a clock. Two states take turns, so a step allocates
 * nothing.
 */
final class AdjointTile {
  /** Running sums are folded into float64 after so many steps. */
  private static final int STEPS_A_FOLD = 64;

  private final OwnClock clock;
  private final Accumulators accumulators;
  private final State[] states = new State[2];
  private final State begin;
  private final State end;
  private final Program.Execution[] steps = new Program.Execution[2];
  private final int rows;
  private final long bytes;
  private int current;

  AdjointTile(
      Backend backend,
      RungeKuttaMethod method,
      Field field,
      Map<String, Buffer> context,
      Parameters parameters,
      Accumulators accumulators,
      OwnClock clock,
      Demands demands,
      int rows) {
    this.clock = clock;
    this.accumulators = accumulators;
    this.rows = rows;
    Map<String, Type> types = new LinkedHashMap<>();
    types.put("y", Type.perSample(2 * field.dimension()));
    begin = State.allocate(backend, types, rows);
    end = State.allocate(backend, types, rows);
    if (demands.context()) {
      field
          .context()
          .forEach((name, value) -> types.put(ReverseStep.cotangent(name), value.type()));
    }
    for (int i = 0; i < 2; i++) {
      states[i] = State.allocate(backend, types, rows);
    }
    Graph graph = AdjointStep.of(method, field, demands);
    Program program = backend.compile(graph, rows);
    for (int i = 0; i < 2; i++) {
      Map<String, Buffer> inputs = new HashMap<>(context);
      inputs.putAll(clock.buffers());
      inputs.putAll(states[i].parts());
      steps[i] = program.bind(inputs, states[1 - i].parts(), parameters, accumulators);
    }
    bytes = program.bytes() + 2 * states[0].bytes() + 2 * begin.bytes();
  }

  /** Sets the running cotangents of context to zero. */
  void clear() {
    states[current].parts().values().forEach(buffer -> buffer.fill(0));
  }

  /** The running cotangent of a context input. */
  Buffer contextCotangent(String name) {
    return states[current].part(ReverseStep.cotangent(name));
  }

  /**
   * Takes the clock's steps.
   *
   * @param numbers (y, a) of every sample at the start of its steps; at their end, afterwards
   */
  void run(double[] numbers) {
    begin.part("y").set(numbers);
    end.copyFrom(begin);
    states[current].part("y").copyFrom(begin.part("y"));
    int count = clock.steps();
    for (int step = 0; step < count; step++) {
      clock.toStep(step);
      steps[current].run();
      current = 1 - current;
      rest(step + 1);
      if ((step + 1) % STEPS_A_FOLD == 0) {
        accumulators.fold();
      }
    }
    accumulators.fold();
    end.part("y").get(numbers);
  }

  /**
   * Keeps the state of samples whose last step this was, and lets them rest at their start, where
   * the field has been evaluated: what a resting sample computes must not be NaN.
   */
  private void rest(int taken) {
    for (int row = 0; row < rows; row++) {
      if (clock.steps(row) == taken) {
        end.part("y").copyRow(row, states[current].part("y"), row);
        states[current].part("y").copyRow(row, begin.part("y"), row);
      }
    }
  }

  long bytes() {
    return bytes;
  }
}
