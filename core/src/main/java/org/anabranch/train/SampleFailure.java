package org.anabranch.train;

import java.io.Serializable;
import java.util.Comparator;
import java.util.Objects;
import org.anabranch.solver.Outcome;

/**
 * A sample whose solve did not reach its end. It has left the gradient, the loss and the weight of
 * its block; this is what remains of it. Ordered by id.
 *
 * @param id the sample's id
 * @param outcome why; never {@link Outcome#COMPLETED}
 * @param detail where in the solve, with its numbers
 */
public record SampleFailure(long id, Outcome outcome, String detail)
    implements Serializable, Comparable<SampleFailure> {
  private static final Comparator<SampleFailure> ORDER =
      Comparator.comparingLong(SampleFailure::id)
          .thenComparing(SampleFailure::outcome)
          .thenComparing(SampleFailure::detail);

  public SampleFailure {
    Objects.requireNonNull(detail);
    if (outcome == Outcome.COMPLETED) {
      throw new IllegalArgumentException(
          "SampleFailure: sample %d has completed. Report only samples that failed.".formatted(id));
    }
  }

  @Override
  public int compareTo(SampleFailure other) {
    return ORDER.compare(this, other);
  }
}
