package org.anabranch.train;

/** Hears and says nothing: for tests that listen to one thing. */
public class QuietListener implements TrainingListener {
  @Override
  public void round(
      long round, long rounds, double loss, double accuracy, long samples, double seconds) {}

  @Override
  public void evaluated(long round, Evaluation evaluation) {}

  @Override
  public void validated(long round, Evaluation evaluation) {}

  @Override
  public void repeated(String why) {}

  @Override
  public void warning(String sentence) {}
}
