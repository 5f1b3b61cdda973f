package org.anabranch.solver;

import java.util.List;
import org.anabranch.graph.Value;

/** What a tableau's embedded solutions say about the error of a step. */
final class ErrorEstimate {
  /** Keeps 0/0 away: a float32 number far below any of interest. */
  private static final double TINY = 1e-30;

  private ErrorEstimate() {}

  /**
   * The difference e from the embedded solution. Of two, of orders 5 and 3, e₅ is scaled as Hairer,
   * Nørsett and Wanner (1993) do (II.10), by which it becomes of order 8:
   *
   * <pre>  e = e₅ ‖e₅‖ / √(‖e₅‖² + 0.01 ‖e₃‖²)  </pre>
   *
   * <p>They measure both by the tolerances' norm, which is not known here; this is the largest
   * magnitude of a sample's components, the same if all have one tolerance.
   */
  static Value of(Tableau tableau, Stages stages) {
    List<Value> differences =
        tableau.embedded().stream()
            .map(other -> stages.increment(tableau.difference(other)))
            .toList();
    return differences.size() == 1
        ? differences.get(0)
        : combined(differences.get(0), differences.get(1));
  }

  private static Value combined(Value fifth, Value third) {
    Value a = fifth.absolute().maximum();
    Value b = third.absolute().maximum().times(0.1);
    // Divided by the larger one first: squares of small float32 numbers would vanish.
    Value largest = a.maximum(b).plus(TINY);
    Value x = a.dividedBy(largest);
    Value y = b.dividedBy(largest);
    return fifth.times(x.dividedBy(x.square().plus(y.square()).plus(TINY).sqrt()));
  }

  /**
   * The order of the less exact of the two solutions compared: an estimate of order q shrinks like
   * h to the power q + 1.
   */
  static int order(Tableau tableau) {
    int first = tableau.embedded().get(0).order();
    return tableau.embedded().size() == 1 ? first : 2 * first - tableau.embedded().get(1).order();
  }
}
