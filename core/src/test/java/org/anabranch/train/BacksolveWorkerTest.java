package org.anabranch.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.anabranch.backend.reference.ReferenceBackend;
import org.anabranch.field.Field;
import org.anabranch.gradient.GradientMode;
import org.anabranch.graph.Graph;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.graph.Type;
import org.anabranch.graph.Value;
import org.anabranch.nn.Dense;
import org.anabranch.nn.Initialiser;
import org.anabranch.solver.AdaptiveSpan;
import org.anabranch.solver.AdaptiveSteps;
import org.anabranch.solver.Method;
import org.anabranch.solver.Outcome;
import org.anabranch.solver.TimeGrid;
import org.junit.jupiter.api.Test;

/** A sample whose adjoint cannot be solved back is data: it leaves the sums of its block. */
class BacksolveWorkerTest {
  private static final Dense HEAD = new Dense("head", 2, 2);
  private static final ParameterLayout LAYOUT = ParameterLayout.of(HEAD.parameters());

  /** y = (rate, value), value' = −rate · value: each sample decays at a rate of its own. */
  private static PipelineWorker worker(int capacity) {
    Value x = Value.input("x", Type.perSample(2));
    Field field =
        Field.of(
            2,
            (t, y) -> {
              Value rate = y.slice(0, 1);
              return Value.concatenate(List.of(rate.times(0), rate.times(y.slice(1, 1)).negated()));
            });
    AdaptiveSteps few = AdaptiveSteps.of(1e-6, 1e-9).withLimit(30);
    Pipeline pipeline =
        new Pipeline(
            LAYOUT,
            Graph.of("stem", List.of(x), Map.of("y0", x)),
            field,
            Method.rk4(),
            new TimeGrid(0, 1, 100),
            GradientMode.backsolve().by(Method.named("tsit5"), new AdaptiveSpan(0, 1, few)),
            new SoftmaxCrossEntropy(HEAD, 2, 2).graph());
    PipelineWorker worker = new PipelineWorker(pipeline, new ReferenceBackend(), capacity);
    worker.load(Initialiser.glorot(LAYOUT, 1));
    return worker;
  }

  @Test
  void aFailedSolveBackLeavesTheOthersAsTheyAre() {
    Block both =
        Block.of(0, 2, 2, new long[] {7, 8}, new float[] {60, 1, 0.5f, 1}, new float[] {0, 1});
    Block healthy = Block.of(0, 1, 2, new long[] {8}, new float[] {0.5f, 1}, new float[] {1});
    BlockResult result = worker(2).gradient(both);
    assertThat(result.failures()).hasSize(1);
    assertThat(result.failures().get(0).id()).isEqualTo(7);
    assertThat(result.failures().get(0).outcome()).isEqualTo(Outcome.STEP_LIMIT);
    assertThat(result.weight()).isEqualTo(1);
    assertThat(result.gradient()).containsExactly(worker(1).gradient(healthy).gradient());
    assertThat(worker(1).gradient(healthy).failures()).isEmpty();
  }
}
