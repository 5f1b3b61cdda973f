package org.anabranch.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.anabranch.backend.Accumulators;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Parameters;
import org.anabranch.backend.simd.SimdBackend;
import org.anabranch.field.Field;
import org.anabranch.gradient.GradientMode;
import org.anabranch.gradient.SolveGradient;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.graph.Shape;
import org.anabranch.nn.Activation;
import org.anabranch.nn.Initialiser;
import org.anabranch.nn.Perceptron;
import org.anabranch.solver.Method;
import org.anabranch.solver.TimeGrid;

/**
 * Bytes of one solve and its gradient against the number of steps, for each gradient mode: what is
 * reserved for programs, states and stored states, and what the solving thread allocated on the
 * heap while it ran (an upper bound of what was live). Prints a Markdown table; each figure also
 * less that of a single step.
 */
public final class MemoryTable {
  private static final int ROWS = 64;
  private static final int WIDTH = 64;
  private static final List<Integer> STEPS = List.of(1, 10, 100, 1_000, 10_000);
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** What one solve took. */
  record Figures(long reserved, long allocated) {
    long total() {
      return reserved + allocated;
    }
  }

  private MemoryTable() {}

  public static void main(String[] arguments) {
    measure(GradientMode.reversible(), 5_000); // until the compiler has done its work
    Map<String, GradientMode> modes = new LinkedHashMap<>();
    modes.put("reversible", GradientMode.reversible());
    modes.put("checkpointed", GradientMode.checkpointed());
    modes.put("direct", GradientMode.direct());
    StringBuilder table = new StringBuilder("| steps |");
    modes.keySet().forEach(mode -> table.append(" %s |".formatted(mode)));
    table.append("\n|---:|").append("---:|".repeat(modes.size())).append('\n');
    Map<String, Figures> single = new LinkedHashMap<>();
    for (int steps : STEPS) {
      table.append("| %d |".formatted(steps));
      modes.forEach(
          (name, mode) -> {
            Figures figures = measure(mode, steps);
            Figures one = single.computeIfAbsent(name, n -> figures);
            table.append(
                String.format(
                    Locale.ROOT, " %,d (+%,d) |", figures.total(), figures.total() - one.total()));
          });
      table.append('\n');
    }
    ProgramOutput.print(table.toString());
  }

  static Figures measure(GradientMode mode, int steps) {
    Backend backend = new SimdBackend();
    Perceptron network = new Perceptron("field", List.of(WIDTH, WIDTH, WIDTH), Activation.TANH);
    Map<String, Shape> shapes = network.parameters();
    ParameterLayout layout = ParameterLayout.of(shapes);
    Field field = Field.of(WIDTH, (t, z) -> network.apply(z));
    Parameters parameters = backend.parameters(layout);
    parameters.load(Initialiser.glorot(layout, 1));
    Accumulators accumulators = backend.accumulators(layout);
    SolveGradient solve =
        new SolveGradient(
            backend,
            Method.alf(),
            field,
            parameters,
            accumulators,
            new TimeGrid(0, 1, steps),
            mode,
            ROWS);
    double[] start = new double[ROWS * WIDTH];
    Arrays.fill(start, 0.1);
    solve.solve().initialValue().set(start);
    run(solve); // classes are loaded and stored states allocated once, and stay reserved
    accumulators.clear();
    long before = THREADS.getCurrentThreadAllocatedBytes();
    run(solve);
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    return new Figures(solve.bytes() + parameters.bytes() + accumulators.bytes(), allocated);
  }

  private static void run(SolveGradient solve) {
    solve.forward();
    solve.solutionCotangent().copyFrom(solve.solve().solution());
    solve.backward();
  }
}
