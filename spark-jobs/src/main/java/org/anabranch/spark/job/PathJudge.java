package org.anabranch.spark.job;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
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
import org.anabranch.spark.data.DataProblem;
import org.anabranch.spark.data.PackedData;
import org.anabranch.spark.report.PathExamination;
import org.anabranch.train.Backends;
import org.anabranch.train.Block;
import org.apache.spark.api.java.JavaRDD;
import org.jspecify.annotations.Nullable;

/**
 * Judges a model of paths by some that it draws, beside real ones: distances after every
 * evaluation, and everything at the end. What it draws has a seed of its own, so that nothing of it
 * reaches the training.
 */
final class PathJudge implements PathExamination {
  private static final int TILE = 64;

  private final PathModel model;
  private final PathSampler sampler;
  private final PathSet realTrain;
  private final PathSet realTest;
  private final EvaluationOptions options = EvaluationOptions.defaults();
  private final PathComparison comparison;
  private final long seed;
  private final List<RoundScores> history = new ArrayList<>();

  private PathJudge(
      PathModel model, String backend, PathSet realTrain, PathSet realTest, long seed) {
    this.model = model;
    this.realTrain = realTrain;
    this.realTest = realTest;
    this.seed = seed;
    sampler = model.sampler(Backends.named(backend), TILE);
    comparison = new PathComparison(realTrain, realTest, options, seed);
  }

  /**
   * A judge of a run.
   *
   * @param capacity of the blocks
   * @param most paths of each kind that it looks at
   * @return null where the run keeps no two paths for testing
   */
  static @Nullable PathJudge of(
      PathModel model, String backend, PackedData data, int capacity, int most, long seed) {
    PathShape shape = model.shape();
    PathSet test = paths(shape, data.test(), data.testBlocks(), capacity, most);
    PathSet train = paths(shape, data.train(), data.trainBlocks(), capacity, most);
    return test.size() < 2 || train.size() < 2
        ? null
        : new PathJudge(model, backend, train, test, seed);
  }

  /** The first paths in the order of their blocks, which is a random one. */
  private static PathSet paths(
      PathShape shape, JavaRDD<Block> blocks, int count, int capacity, int most) {
    if (count == 0) {
      return new PathSet(shape, new float[0], new float[0]);
    }
    int enough = (most + capacity - 1) / capacity + 1; // one may lack rows
    List<Block> chosen =
        DataProblem.surfacing(() -> blocks.filter(block -> block.number() < enough).collect())
            .stream()
            .sorted(Comparator.comparingInt(Block::number))
            .toList();
    int rows = (int) Math.min(most, chosen.stream().mapToLong(Block::rows).sum());
    int width = shape.covariates().size();
    float[] values = new float[rows * shape.values()];
    float[] covariates = new float[rows * width];
    int path = 0;
    for (Block block : chosen) {
      for (int row = 0; row < block.rows() && path < rows; row++, path++) {
        for (int i = 0; i < shape.values(); i++) {
          values[path * shape.values() + i] = block.feature(row, i);
        }
        for (int i = 0; i < width; i++) {
          covariates[path * width + i] = block.feature(row, shape.values() + i);
        }
      }
    }
    return new PathSet(shape, values, covariates);
  }

  @Override
  public Map<String, Double> figures(long round, double[] parameters) {
    Distances distances = comparison.distances(drawn(parameters));
    history.removeIf(scores -> scores.round() >= round);
    history.add(new RoundScores(round, distances));
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("test.ks-largest", distances.ksLargest());
    figures.put("test.ks-mean", distances.ksMean());
    figures.put("test.signature-mmd", distances.mmd());
    return figures;
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
    sampler.sample(seed, 0, realTest.size(), covariates, values);
    return new PathSet(shape, values, covariates);
  }

  /**
   * Everything about the end of a training.
   *
   * @param before the parameters that it began with
   */
  Judgement judgement(double[] before, double[] parameters) {
    PathSet fake = drawn(parameters);
    PathEvaluation evaluation =
        PathEvaluation.of(realTrain, realTest, fake, Optional.of(drawn(before)), options, seed);
    return new Judgement(evaluation, PathReport.json(evaluation, realTest, fake, history));
  }

  /**
   * What was found, and the same for the page.
   *
   * @param file {@code paths.json}
   */
  record Judgement(PathEvaluation evaluation, JsonNode file) {}
}
