package org.anabranch.solver;

/**
 * Where a sample's solve first left the numbers.
 *
 * @param step counted from 0; −1 for what is computed before the first step
 * @param time where the step starts
 * @param size of the step; 0 before the first
 * @param operation the operation that first gave no number, with its operands in a few words
 * @param largestOperand the largest magnitude of any component of its operands
 */
public record Fault(int step, double time, double size, String operation, double largestOperand) {
  /** Place and operation, for the end of a message. */
  public String sentence() {
    String place =
        step < 0
            ? "before the first step"
            : "in step %d, from t = %s by %.3g".formatted(step + 1, time, size);
    return "%s: first at %s, of numbers up to %.3g".formatted(place, operation, largestOperand);
  }
}
