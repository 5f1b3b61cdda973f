package org.anabranch.model.latent;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anabranch.backend.Accumulators;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.Parameters;
import org.anabranch.backend.Program;
import org.anabranch.gradient.SolveGradient;
import org.anabranch.graph.Differentiation;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Pullback;
import org.anabranch.graph.Type;
import org.anabranch.graph.Value;

/**
 * −log of the likelihood at each time, and with it at once the cotangents of the states there; at
 * the end also that of the divergence of the paths, which the solve has added up.
 */
final class Likelihood {
  private final List<Program.Execution> times = new ArrayList<>();
  private final Buffer ofStart;
  private final Buffer misfit;
  private final double[] numbers;
  private final long bytes;

  /**
   * @param weights what each sample counts
   * @param divergenceWeights the cotangent of the divergence of its paths
   */
  Likelihood(
      Backend backend,
      LatentSde model,
      Observations observations,
      SolveGradient solve,
      Buffer weights,
      Buffer divergenceWeights,
      Parameters parameters,
      Accumulators accumulators,
      int rows) {
    int state = model.equation().state();
    int last = model.shape().length() - 1;
    misfit = backend.buffer(Type.perSampleScalar(), rows);
    ofStart = backend.buffer(Type.perSample(state + 1), rows);
    numbers = new double[rows];
    Program inner = backend.compile(graph(model, observations.width(), false), rows);
    Program end = backend.compile(graph(model, observations.width(), true), rows);
    for (int time = 0; time <= last; time++) {
      Map<String, Buffer> inputs = new HashMap<>();
      inputs.put("z", value(solve, time, last));
      inputs.put("observed", observations.at(time));
      inputs.put("weight", weights);
      inputs.put("divergence.weight", divergenceWeights);
      Map<String, Buffer> outputs = new HashMap<>();
      outputs.put("misfit", misfit);
      outputs.put("d.z", cotangent(solve, time, last));
      times.add((time == last ? end : inner).bind(inputs, outputs, parameters, accumulators));
    }
    bytes = inner.bytes() + end.bytes() + ofStart.bytes();
  }

  private static Buffer value(SolveGradient solve, int time, int last) {
    return time == 0
        ? solve.solve().initialValue()
        : time == last ? solve.solve().solution() : solve.pointValue(time - 1);
  }

  private Buffer cotangent(SolveGradient solve, int time, int last) {
    return time == 0
        ? ofStart
        : time == last ? solve.solutionCotangent() : solve.pointCotangent(time - 1);
  }

  private static Graph graph(LatentSde model, int observed, boolean atEnd) {
    int state = model.equation().state();
    Value z = Value.input("z", Type.perSample(state + 1));
    Value observation = Value.input("observed", Type.perSample(observed));
    Value misfit = model.networks().misfit(z.slice(0, state), observation);
    Map<String, Value> results = new LinkedHashMap<>();
    results.put("misfit", misfit);
    Map<String, Value> cotangents = new LinkedHashMap<>();
    List<Value> inputs = new ArrayList<>(List.of(z, observation));
    Value weight = Value.input("weight", Type.perSampleScalar());
    cotangents.put("misfit", weight);
    inputs.add(weight);
    if (atEnd) {
      Value ofDivergence = Value.input("divergence.weight", Type.perSampleScalar());
      results.put("divergence", z.slice(state, 1).sum());
      cotangents.put("divergence", ofDivergence);
      inputs.add(ofDivergence);
    }
    Graph forward = Graph.of("likelihood", List.of(z, observation), results);
    Pullback pullback = Differentiation.pullback(forward, cotangents, List.of("z"));
    Map<String, Value> outputs = new LinkedHashMap<>();
    outputs.put("misfit", misfit);
    pullback.cotangents().forEach((name, value) -> outputs.put("d." + name, value));
    return Graph.of("likelihood", inputs, outputs, pullback.accumulations());
  }

  /** The cotangent of the initial value by what was observed there, set by {@link #run}. */
  Buffer ofStart() {
    return ofStart;
  }

  /** Sets each row to −log of the likelihood of all that was observed. */
  void run(double[] misfits) {
    Arrays.fill(misfits, 0);
    for (Program.Execution time : times) {
      time.run();
      misfit.get(numbers);
      for (int row = 0; row < misfits.length; row++) {
        misfits[row] += numbers[row];
      }
    }
  }

  long bytes() {
    return bytes;
  }
}
