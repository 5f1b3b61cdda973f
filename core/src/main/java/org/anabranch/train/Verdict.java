package org.anabranch.train;

import org.anabranch.solver.Outcome;

/**
 * What a model makes of one sample.
 *
 * @param row of its block
 * @param label the class that it has
 * @param found the class that the model chose
 * @param certainty the probability that the model gives to that
 * @param ofLabel the probability that it gives to the label
 * @param outcome of the solve; unless it {@link Outcome#isSolved}, the other numbers mean nothing
 * @param defect the parasitic mode's share of the velocity at the end, 0 if the method has none
 */
public record Verdict(
    int row,
    long id,
    int label,
    int found,
    double certainty,
    double ofLabel,
    Outcome outcome,
    double defect) {
  /** Whether the solve gave numbers, and they lead to another class. */
  public boolean isMistake() {
    return found != label && outcome.isSolved();
  }
}
