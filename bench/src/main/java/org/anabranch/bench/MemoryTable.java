package org.anabranch.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.anabranch.backend.simd.SimdBackend;
import org.anabranch.gradient.GradientMode;
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
    TimeGrid grid = new TimeGrid(0, 1, steps);
    TanhSolve solve = TanhSolve.of(new SimdBackend(), Method.alf(), mode, grid, ROWS);
    solve.startAt(0.1, ROWS);
    solve.run(); // classes are loaded and stored states allocated once, and stay reserved
    solve.sums().clear();
    long before = THREADS.getCurrentThreadAllocatedBytes();
    solve.run();
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    return new Figures(solve.bytes(), allocated);
  }
}
