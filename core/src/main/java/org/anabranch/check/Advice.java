package org.anabranch.check;

import java.util.Comparator;
import java.util.List;
import org.anabranch.gradient.GradientMode;
import org.anabranch.solver.Method;
import org.anabranch.solver.ReversibleMethod;

/**
 * What to configure, and why.
 *
 * @param row the method and its steps
 * @param gradient the mode that suits them
 * @param reason a sentence for each of both
 */
public record Advice(WorkRow row, String gradient, List<String> reason) {
  /** Beyond it a solution is no solution: the configured error is no target then. */
  private static final double POOR = 1e-2;

  /** Who gains less should not change a configuration. */
  private static final double WORTHWHILE = 0.8;

  /** Bytes of states that a core's cache holds beside the weights. */
  private static final long KEPT = 1 << 18;

  public Advice {
    reason = List.copyOf(reason);
  }

  /**
   * @param table the configured row first
   * @param blockSize samples of a block
   * @param stateBytes of one sample's state of one part
   */
  static Advice of(List<WorkRow> table, int blockSize, int stateBytes) {
    WorkRow configured = table.get(0);
    boolean poor = !(configured.error() <= POOR);
    double target = poor ? POOR : configured.error();
    WorkRow best =
        table.stream()
            .filter(row -> row.isSolved() && row.error() <= target)
            .min(
                Comparator.comparingDouble(WorkRow::evaluations)
                    .thenComparingDouble(WorkRow::error))
            .orElse(configured);
    boolean keep = !poor && best.evaluations() > WORTHWHILE * configured.evaluations();
    WorkRow chosen = keep ? configured : best;
    GradientMode mode = mode(chosen, blockSize, stateBytes);
    return new Advice(
        chosen, mode.name(), List.of(why(configured, chosen, poor), why(mode, chosen)));
  }

  private static String why(WorkRow configured, WorkRow chosen, boolean poor) {
    if (chosen.configured()) {
      return poor
          ? "No method of the table comes to an error of 1e-2, so the solver stays as it is: look at the field."
          : "The solver stays: no other comes to its error of %.1e with a fifth fewer evaluations of the field than its %.0f."
              .formatted(configured.error(), configured.evaluations());
    }
    return "%s, %s: an error of %.1e for %.0f evaluations of the field; as configured it is %s for %.0f."
        .formatted(
            chosen.method(),
            chosen.size(),
            chosen.error(),
            chosen.evaluations(),
            configured.isSolved() ? "%.1e".formatted(configured.error()) : "unsolved",
            configured.evaluations());
  }

  private static GradientMode mode(WorkRow row, int blockSize, int stateBytes) {
    Method method = Method.named(row.method());
    boolean undone = method instanceof ReversibleMethod reversible && reversible.bitExact();
    if (undone && row.isSolved()) {
      return GradientMode.reversible();
    }
    return states(row, blockSize, stateBytes) <= KEPT
        ? GradientMode.direct()
        : GradientMode.checkpointed();
  }

  private static long states(WorkRow row, int blockSize, int stateBytes) {
    int parts = Method.named(row.method()).state().size();
    return (long) Math.ceil(row.steps()) * parts * blockSize * stateBytes;
  }

  private static String why(GradientMode mode, WorkRow row) {
    if (mode instanceof GradientMode.Reversible) {
      return "gradient reversible: %s comes back to the last bit and is stable on these samples, so no state is kept."
          .formatted(row.method());
    }
    return mode instanceof GradientMode.Direct
        ? "gradient direct: the states of a block's %.0f steps fit into cache, so nothing need be computed twice."
            .formatted(row.steps())
        : "gradient checkpointed: %s cannot be undone to the bit, and the states of %.0f steps are too many to keep them all."
            .formatted(row.method(), row.steps());
  }
}
