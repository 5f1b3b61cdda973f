package org.anabranch.solver;

import java.util.HashMap;
import java.util.Map;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.Parameters;
import org.anabranch.backend.Program;
import org.anabranch.field.Field;
import org.anabranch.graph.Type;

/** The start of an adaptive solve: each sample's first state and the size of its first step. */
final class AdaptiveStart {
  private static final String[] OUTPUTS = {"slope", "bend", "trial"};

  private final AdaptiveSteps steps;
  private final int k;
  private final Buffer time;
  private final Buffer direction;
  private final Program.Execution init;
  private final Program.Execution first;
  private final Buffer[] outputs = new Buffer[OUTPUTS.length];
  private final double[][] read;
  private final double[] numbers;
  private final long bytes;

  /**
   * @param k the order of the error estimate plus one
   * @param state where the first state goes
   */
  AdaptiveStart(
      Backend backend,
      Method method,
      Field field,
      Map<String, Buffer> context,
      Parameters parameters,
      AdaptiveSteps steps,
      int k,
      Buffer initialValue,
      State state) {
    this.steps = steps;
    this.k = k;
    int rows = initialValue.rows();
    numbers = new double[rows];
    read = new double[OUTPUTS.length][rows];
    time = backend.buffer(OwnTimes.time(), rows);
    direction = backend.buffer(Type.perSampleScalar(), rows);
    Map<String, Buffer> inputs = new HashMap<>(context);
    inputs.putAll(Map.of("t", time, "x", initialValue, "direction", direction));
    Program initProgram = backend.compile(OwnTimes.of(method).init(field), rows);
    init = initProgram.bind(inputs, state.parts(), parameters, null);
    Program firstProgram = backend.compile(FirstStep.graph(field, steps), rows);
    Map<String, Buffer> results = new HashMap<>();
    for (int i = 0; i < OUTPUTS.length; i++) {
      outputs[i] = backend.buffer(Type.perSampleScalar(), rows);
      results.put(OUTPUTS[i], outputs[i]);
    }
    first = firstProgram.bind(inputs, results, parameters, null);
    bytes = initProgram.bytes() + firstProgram.bytes();
  }

  /** Makes the first state of every sample. */
  void state(Spans spans) {
    for (int row = 0; row < numbers.length; row++) {
      numbers[row] = spans.start(row);
    }
    time.set(numbers);
    init.run();
  }

  /** Tells every sample the size of its first step. */
  void sizes(Spans spans, Progress[] progress) {
    if (steps.firstStep() > 0) {
      for (Progress sample : progress) {
        sample.begin(steps.firstStep());
      }
      return;
    }
    for (int row = 0; row < numbers.length; row++) {
      numbers[row] = spans.direction(row);
    }
    direction.set(numbers);
    first.run();
    for (int i = 0; i < outputs.length; i++) {
      outputs[i].get(read[i]);
    }
    for (int row = 0; row < numbers.length; row++) {
      progress[row].begin(FirstStep.size(read[0][row], read[1][row], read[2][row], k));
    }
  }

  long bytes() {
    return bytes;
  }
}
