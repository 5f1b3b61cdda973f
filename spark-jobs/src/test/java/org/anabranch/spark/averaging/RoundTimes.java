package org.anabranch.spark.averaging;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.anabranch.train.Evaluation;
import org.anabranch.train.TrainingListener;

/** The seconds from each round's end to the next one's. */
final class RoundTimes implements TrainingListener {
  private final List<Double> seconds = new ArrayList<>();
  private long last = System.nanoTime();

  @Override
  public void round(
      long round, long rounds, double loss, double accuracy, long samples, double ofTraining) {
    long now = System.nanoTime();
    seconds.add((now - last) * 1e-9);
    last = now;
  }

  /** Of the later half of the rounds, when everything is compiled. */
  double median() {
    return quantile(0.5);
  }

  double quantile(double share) {
    List<Double> late = new ArrayList<>(seconds.subList(seconds.size() / 2, seconds.size()));
    Collections.sort(late);
    return late.get((int) (share * (late.size() - 1)));
  }

  @Override
  public void evaluated(long round, Evaluation evaluation) {
    last = System.nanoTime();
  }

  @Override
  public void validated(long round, Evaluation evaluation) {
    last = System.nanoTime();
  }

  @Override
  public void repeated(String why) {}

  @Override
  public void warning(String sentence) {}
}
