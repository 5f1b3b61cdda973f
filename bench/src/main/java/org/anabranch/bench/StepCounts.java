package org.anabranch.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anabranch.solver.SampleReport;
import org.anabranch.solver.TimeGrid;

/**
 * The steps of some samples, added up.
 *
 * @param accepted steps, those of a fixed grid included
 * @param rejected tries of adaptive steps
 * @param samples that took them
 * @param adaptive whether errors chose them
 */
record StepCounts(long accepted, long rejected, long samples, boolean adaptive) {
  static final StepCounts NONE = new StepCounts(0, 0, 0, false);

  /** Of one sample over a fixed grid. */
  static StepCounts of(TimeGrid grid) {
    return new StepCounts(grid.steps(), 0, 1, false);
  }

  static StepCounts of(List<SampleReport> reports) {
    long accepted = reports.stream().mapToLong(SampleReport::accepted).sum();
    long rejected = reports.stream().mapToLong(SampleReport::rejected).sum();
    return new StepCounts(accepted, rejected, reports.size(), true);
  }

  StepCounts plus(StepCounts other) {
    return new StepCounts(
        accepted + other.accepted,
        rejected + other.rejected,
        samples + other.samples,
        adaptive || other.adaptive);
  }

  long tried() {
    return accepted + rejected;
  }

  /** A total's mean over the samples: a whole number where it is one. */
  Number mean(long total) {
    return total % samples == 0 ? (Number) (total / samples) : (Number) ((double) total / samples);
  }

  /** Means over the samples by name. */
  Map<String, Object> figures() {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("steps", mean(accepted));
    if (adaptive) {
      figures.put("stepsRejected", mean(rejected));
    }
    return figures;
  }
}
