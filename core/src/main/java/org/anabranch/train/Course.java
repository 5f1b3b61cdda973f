package org.anabranch.train;

import java.util.List;

/**
 * A sample's way through the flow: its state before the first step and after every one.
 *
 * @param states [time][component]
 * @param ofLabel the probability of the label if the flow ended there, by time
 * @param defects the parasitic mode's share of the velocity, by time; zeros if the method has none
 */
public record Course(
    Verdict verdict, List<List<Double>> states, List<Double> ofLabel, List<Double> defects) {
  public Course {
    states = states.stream().map(List::copyOf).toList();
    ofLabel = List.copyOf(ofLabel);
    defects = List.copyOf(defects);
  }
}
