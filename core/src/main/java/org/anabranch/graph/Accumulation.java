package org.anabranch.graph;

/**
 * A term that a program adds to the gradient of a parameter. A {@link Operation.RowProduct} or
 * {@link Operation.RowSum} continues the running sum row by row with fused multiply-adds, so the
 * order of addition is (run, term, row) whatever the backend.
 *
 * @param parameter the parameter's name
 * @param term a shared value of the parameter's shape
 */
public record Accumulation(String parameter, Value term) {
  public Accumulation {
    if (term.type().isPerSample()) {
      throw new IllegalArgumentException(
          "Accumulation of '%s': the term is %s. Sum it over the samples first."
              .formatted(parameter, term.type()));
    }
  }
}
