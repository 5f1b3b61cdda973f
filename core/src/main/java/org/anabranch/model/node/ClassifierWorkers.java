package org.anabranch.model.node;

import java.util.List;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.train.Backends;
import org.anabranch.train.BlockWorker;
import org.anabranch.train.BlockWorkerFactory;
import org.anabranch.train.Pipeline;
import org.anabranch.train.PipelineWorker;
import org.anabranch.train.StageSource;
import org.jspecify.annotations.Nullable;

/**
 * Workers of a classifier, made from the text of its {@code model.json}.
 *
 * @param modelJson what {@link NeuralOdeClassifier#toJson} gave
 * @param backend a name that {@link Backends} knows
 * @param capacity of the blocks
 * @param classWeights what a sample of each class counts in the training; empty for 1
 * @param stem the model's frozen stem; null for a model that has none
 */
public record ClassifierWorkers(
    String modelJson,
    String backend,
    int capacity,
    List<Double> classWeights,
    @Nullable StageSource stem)
    implements BlockWorkerFactory {
  public ClassifierWorkers {
    classWeights = List.copyOf(classWeights);
  }

  /** Every sample counts alike, and there is no frozen stem. */
  public ClassifierWorkers(String modelJson, String backend, int capacity) {
    this(modelJson, backend, capacity, List.of(), null);
  }

  /** The model's description has the hash of its stem. */
  @Override
  public String key() {
    return backend + "/" + capacity + "/" + classWeights + "/" + modelJson;
  }

  @Override
  public BlockWorker create() {
    Pipeline pipeline = model().pipeline(stem == null ? null : stem.stage());
    return new PipelineWorker(pipeline, Backends.named(backend), capacity, classWeights);
  }

  @Override
  public ParameterLayout layout() {
    return model().layout();
  }

  @Override
  public int classes() {
    return model().classes();
  }

  @Override
  public boolean singlePrecision() {
    return backend.equals("simd");
  }

  private NeuralOdeClassifier model() {
    return NeuralOdeClassifier.parse(modelJson);
  }
}
