package org.anabranch.check;

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
 * @param work the configured solver's row, then those of all methods
 */
public record Certificate(
    int samples,
    String mode,
    String slopeRoute,
    Bounds bounds,
    List<BlockFigures> blocks,
    List<OperationFinding> operations,
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

  /** The rows of the table that no other beats in error and in evaluations, and the configured. */
  public List<WorkRow> front() {
    return work.stream()
        .filter(
            row ->
                row.configured()
                    || (row.isSolved() && work.stream().noneMatch(other -> other.beats(row))))
        .sorted(Comparator.comparingDouble(WorkRow::evaluations))
        .toList();
  }

  /** Whether the gradient is certified. */
  public boolean passes() {
    return blocks.stream().allMatch(BlockFigures::passes)
        && operations.stream().noneMatch(finding -> finding.verdict() == Verdict.WRONG);
  }
}
