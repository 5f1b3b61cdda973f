package org.anabranch.train;

import java.util.ArrayList;
import java.util.List;

/** A {@link Course} while it is written down. */
final class CourseNotes {
  private final Verdict verdict;
  private final List<Double> times = new ArrayList<>();
  private final List<List<Double>> states = new ArrayList<>();
  private final List<Double> ofLabel = new ArrayList<>();
  private final List<Double> defects = new ArrayList<>();

  CourseNotes(Verdict verdict) {
    this.verdict = verdict;
  }

  int row() {
    return verdict.row();
  }

  int label() {
    return verdict.label();
  }

  void add(double time, List<Double> state, double probability, double defect) {
    times.add(time);
    states.add(state);
    ofLabel.add(probability);
    defects.add(defect);
  }

  Course course() {
    return new Course(verdict, times, states, ofLabel, defects);
  }
}
