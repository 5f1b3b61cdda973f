package org.anabranch.check;

import java.util.List;

/**
 * What was found of one operation's derivative by one of its operands, at the operands' values.
 *
 * @param place the part of the model that it is in
 * @param operation the expression in a few words
 * @param operands the types of its operands
 * @param operand the one that was moved, from 0
 * @param error of the vector-Jacobian product along a direction, relative
 * @param verdict what that means
 */
public record OperationFinding(
    String place,
    String operation,
    List<String> operands,
    int operand,
    double error,
    Verdict verdict) {
  /** What is to be made of an error. */
  public enum Verdict {
    RIGHT,
    /** Held constant on purpose: the gradient is not the slope of the loss there. */
    HELD,
    WRONG
  }

  public OperationFinding {
    operands = List.copyOf(operands);
  }

  /** The finding in a sentence. */
  public String sentence() {
    return switch (verdict) {
      case RIGHT -> "%s: %s is right to %.1e.".formatted(place, operation, error);
      case HELD ->
          "%s: %s holds its operand constant, so the gradient leaves out what passes there. Take detached() out if that is not meant."
              .formatted(place, operation);
      case WRONG ->
          "%s: the derivative of %s by operand %d of %s is wrong, relative error %.2g. Put its vector-Jacobian product right."
              .formatted(place, operation, operand, String.join(" and ", operands), error);
    };
  }
}
