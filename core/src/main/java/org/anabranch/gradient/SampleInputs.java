package org.anabranch.gradient;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.field.Field;
import org.anabranch.graph.Type;
import org.anabranch.solver.JumpTimes;

/**
 * What is given of each sample beside its start: the field's context, when jumps are taken, and
 * times of its own at which the solution is wanted.
 *
 * <pre>
 * SampleInputs.none().with("rate", new double[][] {{0.3}, {0.5}}).with(JumpTimes.same(2, 0, 12, 24))
 * </pre>
 */
public final class SampleInputs {
  private final Map<String, double[][]> context;
  private final List<JumpTimes> jumps;

  private final double[][] outputs;

  private SampleInputs(Map<String, double[][]> context, List<JumpTimes> jumps, double[][] outputs) {
    this.context = context;
    this.outputs = outputs;
    this.jumps = List.copyOf(jumps);
  }

  public static SampleInputs none() {
    return new SampleInputs(Map.of(), List.of(), new double[0][]);
  }

  /**
   * Values of a context input.
   *
   * @param values [sample][component]
   */
  public SampleInputs with(String name, double[][] values) {
    Map<String, double[][]> all = new LinkedHashMap<>(context);
    all.put(name, Arrays.stream(values).map(double[]::clone).toArray(double[][]::new));
    return new SampleInputs(all, jumps, outputs);
  }

  /** The times of the next jump, in the order in which the equation has them. */
  public SampleInputs with(JumpTimes times) {
    List<JumpTimes> all = new ArrayList<>(jumps);
    all.add(times);
    return new SampleInputs(context, all, outputs);
  }

  /**
   * Times at which the solution is wanted and that steps do not land on: it is the interpolant's
   * there.
   *
   * @param times [sample][place], on the span, in any order
   */
  public SampleInputs withOutputs(double[][] times) {
    double[][] copy = Arrays.stream(times).map(double[]::clone).toArray(double[][]::new);
    return new SampleInputs(context, jumps, copy);
  }

  double[][] outputs() {
    return outputs;
  }

  List<JumpTimes> jumps() {
    return jumps;
  }

  /** Buffers with the context of a field. */
  Map<String, Buffer> buffers(Backend backend, Field field, int rows) {
    Map<String, Buffer> buffers = new LinkedHashMap<>();
    field
        .context()
        .forEach((name, input) -> buffers.put(name, buffer(backend, name, input.type(), rows)));
    return buffers;
  }

  private Buffer buffer(Backend backend, String name, Type type, int rows) {
    double[][] values = context.get(name);
    Buffer buffer = backend.buffer(type, rows);
    int count = buffer.count();
    double[] flat =
        values == null
            ? new double[0]
            : Arrays.stream(values).flatMapToDouble(Arrays::stream).toArray();
    if (flat.length != count) {
      throw new IllegalArgumentException(
          "Context '%s': %d numbers were given, %d samples of %s are %d. Give a row for each sample."
              .formatted(name, flat.length, rows, type, count));
    }
    buffer.set(flat);
    return buffer;
  }
}
