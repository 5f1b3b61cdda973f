package org.anabranch.spark.job;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anabranch.model.paths.PathModel;
import org.anabranch.model.paths.PathSampler;
import org.anabranch.model.paths.PathSet;
import org.anabranch.model.paths.PathShape;
import org.anabranch.model.paths.evaluation.Distances;
import org.anabranch.model.paths.evaluation.EvaluationOptions;
import org.anabranch.model.paths.evaluation.PathComparison;
import org.anabranch.model.paths.evaluation.PathEvaluation;
import org.anabranch.model.paths.evaluation.PathReport;
import org.anabranch.model.paths.evaluation.RoundScores;
import org.anabranch.random.CounterRandom;
import org.anabranch.random.Stream;
import org.anabranch.spark.report.PathExamination;
import org.anabranch.train.Backends;
import org.jspecify.annotations.Nullable;

/**
 * Judges a model of paths by some that it draws, beside real ones: distances after every
 * evaluation, and everything at the end. What it draws has a seed of its own, so that nothing of it
 * reaches the training.
 */
final class PathJudge implements PathExamination {
  private static final int TILE = 64;

  /** No sample of a training has such a number. */
  private static final long OWN_SEED = Long.MIN_VALUE;

  private final PathModel model;
  private final PathSampler sampler;
  private final PathSet realTrain;
  private final PathSet realTest;
  private final EvaluationOptions options = EvaluationOptions.defaults();
  private final PathComparison comparison;
  private final long seed;
  private final List<RoundScores> history = new ArrayList<>();

  private PathJudge(
      PathModel model, String backend, RealPaths real, long seed, List<RoundScores> earlier) {
    this.model = model;
    this.realTrain = real.train();
    this.realTest = real.test();
    this.seed = seed;
    history.addAll(earlier);
    sampler = model.sampler(Backends.named(backend), TILE);
    comparison = new PathComparison(realTrain, realTest, options, seed);
  }

  /**
   * A judge of a run.
   *
   * @param real paths for training and for testing
   * @param seed of the run
   * @param earlier what was found before, in the order of the rounds
   * @return null where there are no two paths of a kind
   */
  static @Nullable PathJudge of(
      PathModel model, String backend, RealPaths real, long seed, List<RoundScores> earlier) {
    return real.areEnough() ? new PathJudge(model, backend, real, seed, earlier) : null;
  }

  @Override
  public Map<String, Double> figures(long round, double[] parameters) {
    Distances distances = comparison.distances(drawn(parameters));
    history.removeIf(scores -> scores.round() >= round);
    history.add(new RoundScores(round, distances));
    return EarlierScores.figures(distances);
  }

  /** As many paths as there are real ones for testing, of their covariates. */
  private PathSet drawn(double[] parameters) {
    PathShape shape = model.shape();
    int width = shape.covariates().size();
    float[] covariates = new float[realTest.size() * width];
    for (int i = 0; i < covariates.length; i++) {
      covariates[i] = realTest.covariate(i / width, i % width);
    }
    float[] values = new float[realTest.size() * shape.values()];
    sampler.load(parameters);
    long own = CounterRandom.bits(seed, Stream.INITIAL_NOISE, OWN_SEED, 0, 0);
    sampler.sample(own, 0, realTest.size(), covariates, values);
    return new PathSet(shape, values, covariates);
  }

  /**
   * Everything about the end of a training.
   *
   * @param before the parameters that it began with
   */
  Judgement judgement(double[] before, double[] parameters) {
    PathSet fake = drawn(parameters);
    PathEvaluation evaluation = evaluation(fake, before);
    return new Judgement(evaluation, PathReport.json(evaluation, realTest, fake, history));
  }

  /** The scores of {@link #judgement} alone. */
  PathEvaluation evaluation(double[] before, double[] parameters) {
    return evaluation(drawn(parameters), before);
  }

  private PathEvaluation evaluation(PathSet fake, double[] before) {
    return PathEvaluation.of(realTrain, realTest, fake, Optional.of(drawn(before)), options, seed);
  }

  /**
   * What was found, and the same for the page.
   *
   * @param file {@code paths.json}
   */
  record Judgement(PathEvaluation evaluation, JsonNode file) {}
}
