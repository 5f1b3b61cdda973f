package org.anabranch.gradient;

import java.util.List;
import java.util.Map;
import org.anabranch.backend.Accumulators;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.Parameters;
import org.anabranch.field.Field;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Type;
import org.anabranch.solver.Method;
import org.anabranch.solver.SampleProgram;

/**
 * What the programs for single samples of a solve are made from.
 *
 * @param method without times of each sample's own
 * @param types of the method's state
 * @param context a buffer for each of the field's context inputs
 * @param wanted the context inputs whose cotangents are
 */
record ProgramSource(
    Backend backend,
    Method method,
    Field field,
    Map<String, Type> types,
    Map<String, Buffer> context,
    Parameters parameters,
    Accumulators accumulators,
    List<String> wanted,
    int rows) {
  /** A program that computes outputs only. */
  SampleProgram computing(Graph graph) {
    return new SampleProgram(backend, graph, rows, parameters, null);
  }

  /** A program that adds to the gradient by the parameters. */
  SampleProgram adding(Graph graph) {
    return new SampleProgram(backend, graph, rows, parameters, accumulators);
  }

  /** The same program, its terms added to where nobody reads them. */
  SampleProgram probing(Graph graph) {
    Accumulators unread = backend.accumulators(accumulators.layout());
    return new SampleProgram(backend, graph, rows, parameters, unread);
  }

  /** The name of the solution among the state's parts. */
  String solution() {
    return method.state().get(0);
  }

  /** A number that a program has put out for a slot. */
  static double number(SampleProgram program, String output, int slot) {
    double[] number = new double[1];
    program.output(output).getRow(slot, number, 0);
    return number[0];
  }
}
