package org.anabranch.spark.job;

import org.anabranch.graph.ParameterLayout;
import org.anabranch.spark.job.TrainingConfiguration.Rule;
import org.anabranch.train.Optimiser;
import org.anabranch.train.Patience;
import org.anabranch.train.Schedule;
import org.anabranch.train.Selection;

/** The optimiser, the schedule and the selection that a configuration describes. */
final class RuleSettings {
  private RuleSettings() {}

  static Optimiser optimiser(Rule rule, ParameterLayout layout) {
    Optimiser optimiser = plain(rule);
    if (rule.weightDecay() > 0) {
      optimiser =
          rule.decayBiases()
              ? optimiser.withWeightDecay(rule.weightDecay())
              : optimiser.withWeightDecayOfMatrices(rule.weightDecay(), layout);
    }
    if (rule.clipValue() > 0) {
      optimiser = optimiser.clippedByValue(rule.clipValue());
    }
    return rule.clipNorm() > 0 ? optimiser.clippedByNorm(rule.clipNorm()) : optimiser;
  }

  private static Optimiser plain(Rule rule) {
    double rate = rule.learningRate();
    double epsilon = rule.epsilon();
    return switch (rule.optimiser()) {
      case ADAM, ADAMW -> Optimiser.adam(rate, rule.beta1(), rule.beta2(), epsilon);
      case ADABELIEF -> Optimiser.adaBelief(rate, rule.beta1(), rule.beta2(), epsilon);
      case RMSPROP -> Optimiser.rmsProp(rate, rule.rho(), epsilon);
      case ADADELTA -> Optimiser.adadelta(rate, rule.rho(), epsilon);
      case SGD -> Optimiser.sgd(rate, rule.momentum());
      case NESTEROV -> Optimiser.nesterov(rate, rule.momentum());
    };
  }

  static Schedule schedule(TrainingConfiguration.Train train, long roundsPerEpoch) {
    TrainingConfiguration.Schedule written = train.schedule();
    long every = written.every() * roundsPerEpoch;
    Schedule schedule =
        switch (written.type()) {
          case CONSTANT -> Schedule.constant();
          case STEP -> Schedule.step(written.decay(), every);
          case EXPONENTIAL -> Schedule.exponential(written.decay(), every);
          case COSINE -> Schedule.cosine(written.lowest(), written.epochs() * roundsPerEpoch);
          case PLATEAU ->
              Schedule.plateau(
                  written.decay(),
                  written.lowest(),
                  new Patience(written.patience(), train.selection().minImprovement()));
        };
    return written.warmUp() == 0 ? schedule : schedule.warmedUp(written.warmUp());
  }

  /**
   * The selection.
   *
   * @param validates whether there are samples for validation
   */
  static Selection selection(TrainingConfiguration.Selection written, boolean validates) {
    return new Selection(
        Selection.Metric.valueOf(written.metric().name()),
        validates ? written.validateEvery() : 0,
        written.earlyStopping(),
        written.minImprovement(),
        written.keepBest(),
        written.averageFrom());
  }
}
