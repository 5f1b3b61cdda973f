package org.anabranch.train.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anabranch.backend.reference.ReferenceBackend;
import org.anabranch.backend.simd.SimdBackend;
import org.anabranch.field.Field;
import org.anabranch.gradient.GradientMode;
import org.anabranch.graph.Graph;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.graph.Shape;
import org.anabranch.graph.Type;
import org.anabranch.graph.Value;
import org.anabranch.nn.Activation;
import org.anabranch.nn.Layer;
import org.anabranch.nn.Perceptron;
import org.anabranch.solver.Method;
import org.anabranch.solver.TimeGrid;
import org.anabranch.train.Block;
import org.anabranch.train.BlockResult;
import org.anabranch.train.Evaluation;
import org.anabranch.train.FlowStudy;
import org.anabranch.train.ForwardPass;
import org.anabranch.train.OpaqueStage;
import org.anabranch.train.Pipeline;
import org.anabranch.train.PipelineWorker;
import org.anabranch.train.SoftmaxCrossEntropy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;

/** A network of DL4J before and after a solve, beside the same network as a graph. */
class Dl4jPipelineTest {
  private static final int CAPACITY = 8;

  private static final Perceptron FIELD =
      new Perceptron("field", List.of(3, 6, 3), Activation.TANH);
  private static final Perceptron WIDE_FIELD =
      new Perceptron("field", List.of(4, 6, 4), Activation.TANH);

  /** What {@link Networks#perceptron} is; DL4J's parameters lie in the same order. */
  private static final Perceptron OURS = new Perceptron("ours", List.of(4, 5, 3), Activation.TANH);

  private static final Layer NOTHING =
      new Layer() {
        @Override
        public Map<String, Shape> parameters() {
          return Map.of();
        }

        @Override
        public Value apply(Value x) {
          return x;
        }
      };

  @BeforeAll
  static void natives() {
    Networks.requireNatives();
  }

  @Test
  void asStemItGivesLossAndGradientOfTheSameGraph() {
    assertSame(graphStem(), networkStem(network(DataType.DOUBLE)));
  }

  @Test
  void asHeadItGivesLossAndGradientOfTheSameGraph() {
    assertSame(graphHead(), networkHead(network(DataType.DOUBLE)));
  }

  @Test
  void aPassWithoutAWayBackTakesItAlong() {
    assertSameProbabilities(graphStem(), networkStem(network(DataType.DOUBLE)));
    assertSameProbabilities(graphHead(), networkHead(network(DataType.DOUBLE)));
  }

  private static void assertSameProbabilities(Pipeline graph, Pipeline network) {
    double[] theta = Networks.numbers(graph.layout().size(), 2);
    ForwardPass expected = new ForwardPass(graph, new ReferenceBackend(), CAPACITY);
    ForwardPass actual = new ForwardPass(network, new ReferenceBackend(), CAPACITY);
    expected.load(theta);
    actual.load(theta);
    expected.run(block());
    actual.run(block());
    for (int row = 0; row < block().rows(); row++) {
      assertThat(actual.probabilities(row))
          .usingComparatorWithPrecision(1e-7)
          .containsExactly(expected.probabilities(row));
    }
    FlowStudy study = new FlowStudy(network, new ReferenceBackend(), CAPACITY);
    study.load(theta);
    assertThat(study.reconstructionError(block())).hasValue(0);
  }

  @Test
  void inSinglePrecisionItIsNearAndNamed() {
    Pipeline pipeline = networkStem(network(DataType.FLOAT));
    double[] theta = Networks.numbers(pipeline.layout().size(), 2);
    PipelineWorker worker = new PipelineWorker(pipeline, new SimdBackend(), CAPACITY);
    PipelineWorker exact = new PipelineWorker(graphStem(), new ReferenceBackend(), CAPACITY);
    worker.load(theta);
    exact.load(theta);
    assertThat(worker.gradient(block()).gradient())
        .usingComparatorWithPrecision(1e-4)
        .containsExactly(exact.gradient(block()).gradient());
    assertThat(pipeline.numericsId(new SimdBackend())).isEqualTo("simd-float32-1+nd4j-float");
    assertThat(graphStem().numericsId(new SimdBackend())).isEqualTo("simd-float32-1");
  }

  @Test
  void dl4jsEvaluationAgreesWithOurs() {
    Pipeline pipeline = networkHead(network(DataType.DOUBLE));
    PipelineWorker worker = new PipelineWorker(pipeline, new ReferenceBackend(), CAPACITY);
    worker.load(Networks.numbers(pipeline.layout().size(), 2));
    long[][] confusion = new long[3][3];
    BlockResult result = worker.evaluate(block(), confusion);
    Evaluation ours = Evaluation.of(result, confusion);
    var theirs = Nd4jEvaluation.of(ours);
    assertThat(theirs.accuracy()).isEqualTo(ours.accuracy());
    assertThat(theirs.getNumRowCounter()).isEqualTo((int) ours.weight());
    for (int truth = 0; truth < 3; truth++) {
      for (int said = 0; said < 3; said++) {
        assertThat((long) theirs.getConfusion().getCount(truth, said))
            .isEqualTo(confusion[truth][said]);
      }
    }
  }

  @Test
  void aStageOfAnotherWidthIsRefused() {
    Dl4jNetwork network = network(DataType.DOUBLE);
    assertThatThrownBy(() -> pipeline(network.layout(), FIELD, 3, null, NOTHING, null, network))
        .hasMessageContaining("Stages must fit one another");
  }

  private static Dl4jNetwork network(DataType type) {
    return Dl4jNetwork.of("ours", Networks.perceptron(type), 4);
  }

  private static Pipeline graphStem() {
    return pipeline(ParameterLayout.of(OURS.parameters()), FIELD, 3, OURS, NOTHING, null, null);
  }

  private static Pipeline networkStem(Dl4jNetwork network) {
    return pipeline(network.layout(), FIELD, 3, null, NOTHING, network, null);
  }

  private static Pipeline graphHead() {
    return pipeline(ParameterLayout.of(OURS.parameters()), WIDE_FIELD, 4, null, OURS, null, null);
  }

  private static Pipeline networkHead(Dl4jNetwork network) {
    return pipeline(network.layout(), WIDE_FIELD, 4, null, NOTHING, null, network);
  }

  private static Pipeline pipeline(
      ParameterLayout first,
      Perceptron field,
      int state,
      @Nullable Layer stem,
      Layer head,
      @Nullable OpaqueStage before,
      @Nullable OpaqueStage after) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    shapes.putAll(field.parameters());
    first.views().forEach(view -> shapes.put(view.name(), view.shape()));
    Value x = Value.input("x", Type.perSample(before == null ? 4 : before.outputs()));
    Graph start = Graph.of("stem", List.of(x), Map.of("y0", stem == null ? x : stem.apply(x)));
    int end = after == null ? state : after.outputs();
    return new Pipeline(
        ParameterLayout.of(shapes),
        start,
        Field.of(state, (t, z) -> field.apply(z)),
        Method.alf(),
        new TimeGrid(0, 1, 5),
        GradientMode.automatic(),
        new SoftmaxCrossEntropy(head, end, 3).graph(),
        before,
        after);
  }

  private static void assertSame(Pipeline graph, Pipeline network) {
    double[] theta = Networks.numbers(graph.layout().size(), 2);
    assertThat(network.layout().size()).isEqualTo(theta.length);
    PipelineWorker expected = new PipelineWorker(graph, new ReferenceBackend(), CAPACITY);
    PipelineWorker actual = new PipelineWorker(network, new ReferenceBackend(), CAPACITY);
    expected.load(theta);
    actual.load(theta);
    BlockResult ours = expected.gradient(block());
    BlockResult theirs = actual.gradient(block());
    assertThat(theirs.loss()).isCloseTo(ours.loss(), within(1e-7));
    assertThat(theirs.gradient())
        .usingComparatorWithPrecision(1e-7)
        .containsExactly(ours.gradient());
    assertThat(Arrays.stream(ours.gradient())).allMatch(g -> g != 0);
  }

  private static Block block() {
    int rows = CAPACITY - 2;
    double[] numbers = Networks.numbers(rows * 4, 7);
    float[] features = new float[numbers.length];
    float[] labels = new float[rows];
    long[] ids = new long[rows];
    for (int i = 0; i < features.length; i++) {
      features[i] = (float) numbers[i];
    }
    for (int row = 0; row < rows; row++) {
      labels[row] = row % 3;
      ids[row] = row;
    }
    return Block.of(0, CAPACITY, 4, ids, features, labels);
  }
}
