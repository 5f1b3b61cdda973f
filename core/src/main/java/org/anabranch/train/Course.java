package org.anabranch.train;

import java.util.List;

/**
 * A sample's way through the flow: its state before the first step and after every one.
 *
 * @param times of the start and of the end of every step; on adaptive steps each sample has its own
 * @param states [time][component]
 * @param ofLabel the probability of the label if the flow ended there, by time
 * @param defects the parasitic mode's share of the velocity, by time; zeros if the method has none
 */
public record Course(
    Verdict verdict,
    List<Double> times,
    List<List<Double>> states,
    List<Double> ofLabel,
    List<Double> defects) {
  public Course {
    times = List.copyOf(times);
    states = states.stream().map(List::copyOf).toList();
    ofLabel = List.copyOf(ofLabel);
    defects = List.copyOf(defects);
  }
}
