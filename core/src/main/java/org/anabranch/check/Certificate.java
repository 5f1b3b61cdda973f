package org.anabranch.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.anabranch.check.OperationFinding.Verdict;

/**
 * What a check found.
 *
 * @param samples that it looked at
 * @param mode the gradient mode, settled
 * @param slopeRoute what the slopes come from
 * @param bounds what differences rounding explains
 * @param blocks the gradient, parameter by parameter
 * @param operations each derivative of each operation
 * @param reference what the errors of the work are measured against
 * @param work the configured solver's row, then those of all methods
 */
public record Certificate(
    int samples,
    String mode,
    String slopeRoute,
    Bounds bounds,
    List<BlockFigures> blocks,
    List<OperationFinding> operations,
    Reference reference,
    List<WorkRow> work,
    Advice advice) {
  public Certificate {
    blocks = List.copyOf(blocks);
    operations = List.copyOf(operations);
    work = List.copyOf(work);
  }

  /**
   * What may be to blame, the largest error first: wrong derivatives, and what is held constant if
   * none is wrong and yet the slope of the loss is another than the gradient says. Softmax holds
   * its largest number constant and is right.
   */
  public List<OperationFinding> suspects() {
    List<OperationFinding> wrong = of(Verdict.WRONG);
    boolean fails = !blocks.stream().allMatch(BlockFigures::passes);
    return wrong.isEmpty() && fails ? of(Verdict.HELD) : wrong;
  }

  private List<OperationFinding> of(Verdict verdict) {
    return operations.stream()
        .filter(finding -> finding.verdict() == verdict)
        .sorted(Comparator.comparingDouble(OperationFinding::error).reversed())
        .toList();
  }

  /**
   * The configured row, and those that no other beats and that halve the error of what is cheaper:
   * below it rounding alone makes a difference.
   */
  public List<WorkRow> front() {
    List<WorkRow> front = new ArrayList<>();
    double least = Double.POSITIVE_INFINITY;
    for (WorkRow row :
        work.stream().sorted(Comparator.comparingDouble(WorkRow::evaluations)).toList()) {
      boolean better =
          row.hasError()
              && 2 * row.error() < least
              && work.stream().noneMatch(other -> other.beats(row));
      if (better) {
        least = row.error();
      }
      if (better || row.configured()) {
        front.add(row);
      }
    }
    return front;
  }

  /** Whether the advice keeps the configured method, with its damping or coupling. */
  public boolean keepsMethod() {
    return advice.row().isBy(work.get(0).method());
  }

  /** Whether the gradient is certified. */
  public boolean passes() {
    return blocks.stream().allMatch(BlockFigures::passes)
        && operations.stream().noneMatch(finding -> finding.verdict() == Verdict.WRONG);
  }
}
