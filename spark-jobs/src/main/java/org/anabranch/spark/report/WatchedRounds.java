package org.anabranch.spark.report;

import java.util.List;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.train.Crew;
import org.anabranch.train.Evaluation;
import org.anabranch.train.ExactSum;
import org.anabranch.train.LocalRound;
import org.anabranch.train.Rounds;
import org.anabranch.train.Scales;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;

/** Rounds whose jobs bear the name of their phase, and whose time is taken. */
final class WatchedRounds implements Rounds {
  /** Hears of an evaluation; the parameters are only read. */
  interface Observer {
    void evaluated(long round, Evaluation evaluation, double[] parameters);
  }

  private final Rounds rounds;
  private final JavaSparkContext spark;
  private final PhaseClock clock;
  private final Observer observer;
  private long done;

  WatchedRounds(Rounds rounds, JavaSparkContext spark, PhaseClock clock, Observer observer) {
    this.rounds = rounds;
    this.spark = spark;
    this.clock = clock;
    this.observer = observer;
  }

  @Override
  public ExactSum gradient(
      long round, double[] parameters, List<Integer> blocks, @Nullable Scales scales) {
    begin("gradient");
    ExactSum sum = rounds.gradient(round, parameters, blocks, scales);
    clock.end("gradient");
    done = round + 1;
    return sum;
  }

  @Override
  public ExactSum localSteps(LocalRound round, double[] start, @Nullable Scales scales) {
    begin("local steps");
    ExactSum sum = rounds.localSteps(round, start, scales);
    clock.end("local steps");
    done = round.number() + 1;
    return sum;
  }

  @Override
  public Crew crew() {
    return rounds.crew();
  }

  @Override
  public ParameterLayout layout() {
    return rounds.layout();
  }

  @Override
  public int classes() {
    return rounds.classes();
  }

  @Override
  public Evaluation validate(double[] parameters) {
    begin("validation");
    Evaluation evaluation = rounds.validate(parameters);
    clock.end("validation");
    return evaluation;
  }

  @Override
  public Evaluation evaluate(double[] parameters) {
    begin("evaluation");
    Evaluation evaluation = rounds.evaluate(parameters);
    clock.end("evaluation");
    begin("report");
    observer.evaluated(done, evaluation, parameters);
    clock.end("report");
    return evaluation;
  }

  private void begin(String phase) {
    clock.begin();
    spark.setLocalProperty(ExecutorTimes.PHASE, phase);
  }

  @Override
  public void close() {
    rounds.close();
  }
}
