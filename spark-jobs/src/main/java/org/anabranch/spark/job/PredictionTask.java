package org.anabranch.spark.job;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.anabranch.model.node.NeuralOdeClassifier;
import org.anabranch.solver.Outcome;
import org.anabranch.spark.data.LocatedRecord;
import org.anabranch.train.Backends;
import org.anabranch.train.Block;
import org.anabranch.train.ForwardPass;
import org.anabranch.train.Pipeline;
import org.anabranch.train.StageSource;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.jspecify.annotations.Nullable;

/**
 * The predictions for one part of the records, in their order, block by block. What a sample gives
 * does not depend on the others of its block.
 *
 * @param capacity of a block
 * @param stem the model's; null if it has none
 */
record PredictionTask(
    String modelJson,
    String backend,
    int capacity,
    Broadcast<double[]> parameters,
    @Nullable StageSource stem)
    implements FlatMapFunction<Iterator<LocatedRecord>, Prediction>, Serializable {
  @Override
  public Iterator<Prediction> call(Iterator<LocatedRecord> records) {
    NeuralOdeClassifier model = NeuralOdeClassifier.parse(modelJson);
    Pipeline pipeline = model.pipeline(stem == null ? null : stem.stage());
    ForwardPass pass = new ForwardPass(pipeline, Backends.named(backend), capacity);
    pass.load(parameters.value());
    return new Iterator<>() {
      private Iterator<Prediction> ready = List.<Prediction>of().iterator();

      @Override
      public boolean hasNext() {
        while (!ready.hasNext() && records.hasNext()) {
          ready = batch(records, model, pass).iterator();
        }
        return ready.hasNext();
      }

      @Override
      public Prediction next() {
        return ready.next();
      }
    };
  }

  /** Those for the next records, as many usable ones as a block holds. */
  private List<Prediction> batch(
      Iterator<LocatedRecord> records, NeuralOdeClassifier model, ForwardPass pass) {
    List<LocatedRecord> taken = new ArrayList<>();
    List<LocatedRecord> usable = new ArrayList<>();
    while (records.hasNext() && usable.size() < capacity) {
      LocatedRecord one = records.next();
      taken.add(one);
      if (one.isUsable()) {
        usable.add(one);
      }
    }
    Iterator<Prediction> solved =
        usable.isEmpty()
            ? List.<Prediction>of().iterator()
            : solved(usable, model, pass).iterator();
    return taken.stream()
        .map(one -> one.isUsable() ? solved.next() : Prediction.none(one, one.fault()))
        .toList();
  }

  private List<Prediction> solved(
      List<LocatedRecord> records, NeuralOdeClassifier model, ForwardPass pass) {
    int width = model.inputs();
    long[] ids = new long[records.size()];
    float[] features = new float[records.size() * width];
    for (int row = 0; row < ids.length; row++) {
      ids[row] = row;
      float[] standardised = model.standardisation().apply(records.get(row).features());
      System.arraycopy(standardised, 0, features, row * width, width);
    }
    Block block = Block.of(0, capacity, width, ids, features, new float[ids.length]);
    pass.run(block);
    List<Prediction> predictions = new ArrayList<>();
    for (int row = 0; row < ids.length; row++) {
      LocatedRecord one = records.get(row);
      Outcome outcome = pass.outcome(row);
      predictions.add(
          outcome.isSolved()
              ? Prediction.of(one, pass.found(row), pass.probabilities(row))
              : Prediction.none(one, outcome.sentence()));
    }
    return predictions;
  }
}
