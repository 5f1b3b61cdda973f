package org.anabranch.spark.report;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anabranch.solver.TimeGrid;
import org.anabranch.train.Block;
import org.anabranch.train.Evaluation;
import org.anabranch.train.FlowStudy;
import org.anabranch.train.Pipeline;
import org.anabranch.train.Verdict;

/** What the first test blocks tell of a model: its mistakes, and a few ways through its flow. */
final class Examination {
  private static final int MOST_MISTAKES = 60;
  private static final int MOST_FEATURES = 64 * 64;
  private static final JsonMapper JSON = new JsonMapper();

  private final FlowStudy study;
  private final Pipeline pipeline;
  private final List<Block> blocks;

  /**
   * @param blocks at least one
   */
  Examination(FlowStudy study, Pipeline pipeline, List<Block> blocks) {
    this.study = study;
    this.pipeline = pipeline;
    this.blocks = List.copyOf(blocks);
  }

  /** How well the solver does on the first block, under the names that metrics use. */
  Map<String, Double> diagnosis(double[] parameters) {
    study.load(parameters);
    Map<String, Double> figures = new LinkedHashMap<>();
    double worst = 0;
    for (Verdict verdict : study.verdicts(blocks.get(0))) {
      worst = verdict.defect() <= worst ? worst : verdict.defect();
    }
    figures.put("solver.defect", worst);
    study
        .reconstructionError(blocks.get(0))
        .ifPresent(error -> figures.put("solver.reconstruction", error));
    return figures;
  }

  /** {@code evaluation.json}. */
  ObjectNode evaluation(long round, Evaluation evaluation, double[] parameters) {
    study.load(parameters);
    ObjectNode file = JSON.createObjectNode().put("round", round);
    file.put("samples", evaluation.weight()).put("correct", evaluation.correct());
    file.set("confusion", JSON.valueToTree(evaluation.confusion()));
    file.set("solve", solve());
    long examined = 0;
    List<Mistake> mistakes = new ArrayList<>();
    for (Block block : blocks) {
      examined += block.rows();
      study.verdicts(block).stream()
          .filter(Verdict::isMistake)
          .forEach(verdict -> mistakes.add(new Mistake(block, verdict)));
    }
    file.put("examined", examined).put("wrong", mistakes.size());
    boolean square = side() > 0;
    ArrayNode rows = file.putArray("mistakes");
    mistakes.stream()
        .sorted(Mistake.SUREST)
        .limit(MOST_MISTAKES)
        .forEach(one -> one.write(rows, square));
    if (square) {
      file.set("image", image());
    }
    return file;
  }

  private ObjectNode solve() {
    ObjectNode solve = JSON.createObjectNode();
    solve.put("method", pipeline.method().name()).put("order", pipeline.method().order());
    solve.put("gradient", study.gradientMode()).put("gradientReason", study.gradientReason());
    solve.put("evaluations", study.evaluations());
    boolean fixed = pipeline.stepping() instanceof TimeGrid;
    solve.put("accepted", study.accepted()).put("rejected", study.rejected()).put("fixed", fixed);
    return solve;
  }

  /** The pixels of a side if the features form a square image, else 0. */
  private int side() {
    int width = blocks.get(0).width();
    int root = (int) Math.round(Math.sqrt(width));
    return root * root == width && root >= 4 && width <= MOST_FEATURES ? root : 0;
  }

  private ObjectNode image() {
    float low = Float.POSITIVE_INFINITY;
    float high = Float.NEGATIVE_INFINITY;
    for (Block block : blocks) {
      for (int row = 0; row < block.rows(); row++) {
        for (int k = 0; k < block.width(); k++) {
          low = Math.min(low, block.feature(row, k));
          high = Math.max(high, block.feature(row, k));
        }
      }
    }
    return JSON.createObjectNode().put("side", side()).put("low", low).put("high", high);
  }

  /** {@code trajectories.json}, of the first block. */
  ObjectNode trajectories(long round, double[] parameters) {
    study.load(parameters);
    Block block = blocks.get(0);
    List<Integer> rows = Ways.chosen(study.verdicts(block));
    return Ways.file(round, study.courses(block, rows));
  }
}
