package org.anabranch.check;

import java.util.Comparator;
import java.util.List;
import org.anabranch.gradient.GradientMode;

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
   */
  static Advice of(List<WorkRow> table, Reference reference, StateMemory memory) {
    WorkRow configured = table.get(0);
    boolean poor = !(configured.error() <= POOR);
    double target = poor ? POOR : configured.error();
    WorkRow best =
        table.stream()
            .filter(row -> row.hasError() && row.error() <= target)
            .min(
                Comparator.comparingDouble(WorkRow::evaluations)
                    .thenComparingDouble(WorkRow::error))
            .orElse(configured);
    boolean keep = !poor && best.evaluations() > WORTHWHILE * configured.evaluations();
    WorkRow chosen = keep ? configured : best;
    GradientMode mode = mode(chosen, memory);
    String solver =
        reference.exists()
            ? why(configured, chosen, poor)
            : "The solver stays as it is, for there is nothing to measure its error against: %s."
                .formatted(reference.failures());
    return new Advice(chosen, mode.name(), List.of(solver, why(mode, chosen)));
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
            chosen.name(),
            chosen.size(),
            chosen.error(),
            chosen.evaluations(),
            configured.hasError() ? "%.1e".formatted(configured.error()) : "unsolved",
            configured.evaluations());
  }

  /** What the automatic mode settles on, or every state kept where that costs nothing. */
  private static GradientMode mode(WorkRow row, StateMemory memory) {
    GradientMode settled = GradientMode.automatic().forSolve(row.method(), row.stepping());
    if (settled instanceof GradientMode.Reversible && row.isSolved()) {
      return settled;
    }
    return memory.of(row) <= KEPT ? GradientMode.direct() : GradientMode.checkpointed();
  }

  private static String why(GradientMode mode, WorkRow row) {
    if (mode instanceof GradientMode.Direct) {
      return "gradient direct: the states of a block's %.0f steps fit into cache, so nothing need be computed twice."
          .formatted(row.steps());
    }
    String reason = GradientMode.automatic().reason(row.method(), row.stepping());
    if (mode instanceof GradientMode.Reversible) {
      return "gradient reversible: %s; and they are stable on these samples.".formatted(reason);
    }
    return row.isSolved()
        ? "gradient checkpointed: %s; the states of %.0f steps are too many to keep them all."
            .formatted(reason, row.steps())
        : "gradient checkpointed: %s does not follow the field here, and kept states are right even so."
            .formatted(row.name());
  }
}
