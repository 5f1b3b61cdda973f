package org.anabranch.spark.job;

import java.util.List;
import org.anabranch.train.Evaluation;
import org.anabranch.train.TrainingListener;

/** Several listeners as one, told in their order. */
record Listeners(List<TrainingListener> listeners) implements TrainingListener {
  Listeners {
    listeners = List.copyOf(listeners);
  }

  @Override
  public void round(
      long round, long rounds, double loss, double accuracy, long samples, double seconds) {
    listeners.forEach(each -> each.round(round, rounds, loss, accuracy, samples, seconds));
  }

  @Override
  public void learningRate(double rate) {
    listeners.forEach(each -> each.learningRate(rate));
  }

  @Override
  public void evaluated(long round, Evaluation evaluation) {
    listeners.forEach(each -> each.evaluated(round, evaluation));
  }

  @Override
  public void validated(long round, Evaluation evaluation) {
    listeners.forEach(each -> each.validated(round, evaluation));
  }

  @Override
  public void repeated(String why) {
    listeners.forEach(each -> each.repeated(why));
  }

  @Override
  public void warning(String sentence) {
    listeners.forEach(each -> each.warning(sentence));
  }
}
