package org.anabranch.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anabranch.backend.simd.SimdBackend;
import org.anabranch.field.Field;
import org.anabranch.gradient.GradientMode;
import org.anabranch.graph.Graph;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.graph.Shape;
import org.anabranch.graph.Type;
import org.anabranch.graph.Value;
import org.anabranch.solver.Method;
import org.anabranch.solver.Outcome;
import org.anabranch.solver.TimeGrid;
import org.junit.jupiter.api.Test;

/** On dz/dt = θz, whose solution is known, with z itself as logits. */
class ForwardPassTest {
  private static final double RATE = -0.5;

  @Test
  void probabilitiesAreTheSoftmaxOfTheSolution() {
    ForwardPass pass = pass();
    pass.run(block(2, 1, 0, 3));
    double factor = Math.exp(RATE);
    assertThat(pass.found(0)).isZero();
    assertThat(pass.found(1)).isOne();
    assertThat(pass.probabilities(0)[0]).isCloseTo(1 / (1 + Math.exp(-factor)), within(1e-8));
    assertThat(pass.probabilities(1)[0]).isCloseTo(1 / (1 + Math.exp(3 * factor)), within(1e-8));
  }

  @Test
  void ofEqualClassesTheFirstIsFound() {
    ForwardPass pass = pass();
    pass.run(block(5, 5, -1, -1));
    assertThat(List.of(pass.found(0), pass.found(1))).containsExactly(0, 0);
    assertThat(pass.probabilities(0)).containsExactly(0.5, 0.5);
  }

  @Test
  void aSampleWithoutANumberFailsAloneAndAnInfiniteLogitDoesNotComeOfALargeOne() {
    ForwardPass pass = pass();
    pass.run(block(Float.NaN, 1, 3000, -3000));
    assertThat(pass.outcome(0)).isEqualTo(Outcome.NOT_FINITE);
    assertThat(pass.outcome(1)).isEqualTo(Outcome.COMPLETED);
    assertThat(pass.probabilities(1)).containsExactly(1, 0);
  }

  private static Block block(float... features) {
    return Block.of(0, 4, 2, new long[] {1, 2}, features, new float[2]);
  }

  /** One of a block: looking for the place takes a solve. */
  @Test
  void aWorkerSaysInWhichStepAndOperationASampleLeftTheNumbers() {
    PipelineWorker worker = new PipelineWorker(pipeline(), new SimdBackend(), 4);
    worker.load(new double[] {-3e3});
    Block block =
        Block.of(0, 4, 2, new long[] {1, 2, 3}, new float[] {1, 2, 3, 1, 0, 0}, new float[3]);
    List<SampleFailure> failures = worker.gradient(block).failures();
    assertThat(failures).extracting(SampleFailure::id).containsExactly(1L, 2L);
    assertThat(failures.get(0).detail())
        .startsWith(Outcome.NOT_FINITE.sentence() + " (in step ")
        .containsPattern(
            "from t = 0\\.[0-9]+ by 0\\.0156: first at [A-Z]+\\(.*, of numbers up to [0-9]");
    assertThat(failures.get(1).detail()).isEqualTo(Outcome.NOT_FINITE.sentence());
  }

  private static ForwardPass pass() {
    ForwardPass pass = new ForwardPass(pipeline(), Backends.named("reference"), 4);
    pass.load(new double[] {RATE});
    return pass;
  }

  private static Pipeline pipeline() {
    Value x = Value.input("x", Type.perSample(2));
    Graph stem = Graph.of("stem", List.of(x), Map.of("y0", x));
    Value y = Value.input("y", Type.perSample(2));
    Value label = Value.input("label", Type.perSampleScalar());
    Map<String, Value> outputs = new LinkedHashMap<>();
    outputs.put("loss", y.logSumExp().plus(label.times(0)));
    outputs.put("logits", y);
    Graph objective = Graph.of("objective", List.of(y, label), outputs);
    ParameterLayout layout = ParameterLayout.of(Map.of("rate", Shape.scalar()));
    Field field = Field.of(2, (t, z) -> z.times(Value.parameter("rate", Shape.scalar())));
    return new Pipeline(
        layout,
        stem,
        field,
        Method.rk4(),
        new TimeGrid(0, 1, 64),
        GradientMode.direct(),
        objective);
  }
}
