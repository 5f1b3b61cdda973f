package org.anabranch.solver;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.Parameters;
import org.anabranch.backend.WatchedGraph;
import org.anabranch.field.Field;
import org.anabranch.graph.Value;
import org.jspecify.annotations.Nullable;

/**
 * Finds the step and the operation with which a sample's solve first left the numbers, by taking
 * its steps once more, alone, and the guilty one operation by operation. The bits are those that it
 * had among others. Costs a solve of one sample and a program with every inner value as output: for
 * diagnoses, not for hot paths. Not for several threads at a time.
 */
public final class FaultSearch {
  private final Backend backend;
  private final Parameters parameters;
  private final Map<String, Buffer> context;
  private final Field field;
  private final SteppedSolve solve;
  private final State last;
  private @Nullable WatchedGraph start;
  private @Nullable WatchedGraph step;
  private int lastStep;

  /**
   * @param context a buffer of one sample for each of the field's context inputs
   */
  public FaultSearch(
      Backend backend,
      Method method,
      Field field,
      Map<String, Buffer> context,
      Parameters parameters,
      Stepping stepping) {
    this(backend, method, field, context, parameters, stepping, null);
  }

  /**
   * @param context a buffer of one sample for each of the field's context inputs that the drive
   *     does not supply
   * @param drive what drives the steps of the sample: what it had among others; null for nothing
   */
  public FaultSearch(
      Backend backend,
      Method method,
      Field field,
      Map<String, Buffer> context,
      Parameters parameters,
      Stepping stepping,
      @Nullable Drive drive) {
    this.backend = backend;
    this.parameters = parameters;
    this.context = context;
    this.field = field;
    Interruptions none = Interruptions.none();
    solve =
        new SteppedSolve(
            backend, method, field, context, parameters, stepping, none, false, drive, 1);
    last =
        State.allocate(
            backend, ForwardSolve.stateTypes(solve.method(), solve.method().init(field)), 1);
  }

  /**
   * Solves once more, and says where numbers were left.
   *
   * @param initialValue that of the sample
   * @return nothing if all its numbers are finite
   */
  public Optional<Fault> search(double[] initialValue) {
    solve.solve().initialValue().set(initialValue);
    lastStep = -1;
    solve.run(
        (step, state) -> {
          if (isFinite(state)) {
            reached(step, state, 0);
          }
        },
        new AdaptiveSolve.Observer() {
          @Override
          public void accepted(int sample, int step, State before, State after, int slot) {
            reached(step + 1, after, slot);
          }
        });
    if (lastStep < 0) {
      return beforeFirstStep();
    }
    if (solve.clock() instanceof OwnClock own) {
      SampleReport report = solve.reports().get(0);
      if (report.outcome().isSolved()) {
        return Optional.empty();
      }
      double remaining = solve.spans().end(0) - report.time();
      double size = Math.min(report.size(), Math.abs(remaining)); // what drives it ends there
      own.toTry(report.time(), Math.signum(remaining) * size);
    } else if (lastStep < solve.clock().steps()) {
      solve.clock().toStep(lastStep);
    }
    return inStep();
  }

  private void reached(int step, State state, int slot) {
    lastStep = step;
    last.copyRow(0, state, slot);
  }

  private static boolean isFinite(State state) {
    return state.parts().values().stream().allMatch(FaultSearch::isFinite);
  }

  private static boolean isFinite(Buffer buffer) {
    double[] numbers = new double[buffer.count()];
    buffer.get(numbers);
    return Double.isFinite(largest(numbers));
  }

  /** The largest magnitude; NaN if one of the numbers is none. */
  private static double largest(double[] numbers) {
    double largest = 0;
    for (double number : numbers) {
      largest = Math.max(largest, Math.abs(number)); // of a NaN it is NaN
    }
    return largest;
  }

  private Optional<Fault> beforeFirstStep() {
    if (start == null) {
      Map<String, Buffer> inputs = new HashMap<>(solve.clock().buffers());
      inputs.put("x", solve.solve().initialValue());
      inputs.putAll(context);
      start = new WatchedGraph(backend, solve.method().init(field), inputs, parameters, 1);
    }
    solve.clock().toStart();
    return first(start, -1, 0, 0);
  }

  private Optional<Fault> inStep() {
    Map<String, Buffer> inputs = new HashMap<>(solve.clock().buffers());
    if (step == null) {
      inputs.putAll(last.parts());
      inputs.putAll(context);
      step = new WatchedGraph(backend, solve.method().step(field), inputs, parameters, 1);
    }
    return first(step, lastStep, number(inputs, "t"), number(inputs, "h"));
  }

  /** Of the first value that is no number: its operands, which come before it, are. */
  private static Optional<Fault> first(WatchedGraph graph, int step, double time, double size) {
    graph.run();
    for (Value value : graph.order()) {
      if (!Double.isFinite(largest(graph.numbers(value)))) {
        double operands = 0;
        for (Value operand : value.operation().operands()) {
          operands = Math.max(operands, largest(graph.numbers(operand)));
        }
        return Optional.of(new Fault(step, time, size, value.sketch(), operands));
      }
    }
    return Optional.empty();
  }

  private static double number(Map<String, Buffer> inputs, String name) {
    double[] number = new double[1];
    Objects.requireNonNull(inputs.get(name), name).get(number);
    return number[0];
  }
}
