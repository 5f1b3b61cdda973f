package org.anabranch.train;

import java.util.HashMap;
import java.util.Map;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.Program;
import org.anabranch.graph.Shape;
import org.anabranch.graph.Type;
import org.jspecify.annotations.Nullable;

/**
 * Neighbouring parameters, and the optimiser's state of them, twice: an update reads one and writes
 * the other, and the next goes back.
 */
final class UpdatePiece {
  private final Optimiser rule;
  private final int from;
  private final int size;
  private final Buffer gradient;
  private final Buffer rate;
  private final Buffer norm;
  private final Buffer turn;
  private final double[] scalar = new double[1];
  private Map<String, Buffer> now;
  private Map<String, Buffer> next;
  private Program.@Nullable Execution forth;
  private Program.@Nullable Execution back;

  /**
   * @param rule for these parameters
   * @param from the index of the first among all
   */
  UpdatePiece(Backend backend, Optimiser rule, int from, int size) {
    this.rule = rule;
    this.from = from;
    this.size = size;
    gradient = buffer(backend, Shape.vector(size));
    rate = buffer(backend, Shape.scalar());
    norm = buffer(backend, Shape.scalar());
    turn = buffer(backend, Shape.scalar());
    now = state(backend);
    next = state(backend);
  }

  private static Buffer buffer(Backend backend, Shape shape) {
    return backend.buffer(Type.shared(shape).wide(), 1);
  }

  private Map<String, Buffer> state(Backend backend) {
    Map<String, Buffer> state = new HashMap<>();
    rule.state(size).forEach((name, shape) -> state.put(name, buffer(backend, shape)));
    state.put(Optimiser.PARAMETERS, buffer(backend, Shape.vector(size)));
    return state;
  }

  int from() {
    return from;
  }

  /** Compiles the rule, unless a piece before it has. */
  void bind(UpdateRules rules) {
    Program program = rules.program(rule, size);
    forth = program.bind(inputs(now), next, rules.none(), null);
    back = program.bind(inputs(next), now, rules.none(), null);
  }

  private Map<String, Buffer> inputs(Map<String, Buffer> state) {
    Map<String, Buffer> inputs = new HashMap<>(state);
    inputs.put(Optimiser.GRADIENT, gradient);
    inputs.put(Optimiser.RATE, rate);
    inputs.put(Optimiser.NORM, norm);
    inputs.put(Optimiser.TURN, turn);
    return inputs;
  }

  /**
   * One step.
   *
   * @param ofAll the gradient by all parameters
   */
  void move(double[] ofAll, double rateOfStep, double normOfAll, long turnOfStep) {
    gradient.setRow(0, ofAll, from);
    set(rate, rateOfStep);
    set(norm, normOfAll);
    set(turn, (double) turnOfStep);
    Program.Execution step = forth;
    if (step == null) {
      throw new IllegalStateException("UpdatePiece: not bound");
    }
    step.run();
    forth = back;
    back = step;
    Map<String, Buffer> written = next;
    next = now;
    now = written;
  }

  private void set(Buffer buffer, double number) {
    scalar[0] = number;
    buffer.set(scalar);
  }

  void fill(String name, double value) {
    part(name).fill(value);
  }

  /** Takes this piece's numbers of a part from an array, in which they start at an offset. */
  void set(String name, double[] numbers, int offset) {
    part(name).setRow(0, numbers, offset);
  }

  /** Writes this piece's numbers of a part to an array, from an offset on. */
  void get(String name, double[] target, int offset) {
    part(name).getRow(0, target, offset);
  }

  private Buffer part(String name) {
    Buffer buffer = now.get(name);
    if (buffer == null) {
      throw new IllegalArgumentException(
          "Optimiser state: no part is called '%s'. Known are %s.".formatted(name, now.keySet()));
    }
    return buffer;
  }
}
