package org.anabranch.backend.simd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.graph.Graph;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.graph.Type;
import org.anabranch.graph.UnaryFunction;
import org.anabranch.graph.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A chain in one pass has the bits of its parts. The parts are had by asking for every inner value
 * as an output, too: somebody else then reads them, and each is computed by itself.
 */
class FusedTest {
  private static final int ROWS = 21;
  private static final int SIZE = 19;
  private static final Value X = Value.input("x", Type.perSample(SIZE));
  private static final Value Y = Value.input("y", Type.perSample(SIZE));
  private static final Value Z = Value.input("z", Type.perSample(SIZE).wide());
  private static final Value T = Value.input("t", Type.time());
  private static final Value ONE = Value.constant(1);

  /** A value, the kind of its chain, and the backend that runs it. */
  record Case(Value value, Class<? extends Fused> kind, WorkingPrecision precision) {}

  private static Value tanhPullback() {
    return X.times(ONE.minus(Y.square()));
  }

  private static Value sigmoidPullback() {
    return X.times(Y.times(ONE.minus(Y)));
  }

  private static Value swishPullback(Value c) {
    Value s = Y.sigmoid();
    return c.times(s).plus(c.times(Y).times(s.times(ONE.minus(s))));
  }

  static Stream<Case> chains() {
    Value half = T.times(0.5).narrowed();
    Value scaled = X.times(half);
    Value wide = Z.times(T);
    return Stream.of(WorkingPrecision.values())
        .flatMap(
            p ->
                Stream.of(
                    new Case(tanhPullback(), DerivativeProduct.class, p),
                    new Case(sigmoidPullback(), DerivativeProduct.class, p),
                    new Case(swishPullback(X), SwishDerivative.class, p),
                    new Case(swishPullback(X.times(0.909)), SwishDerivative.class, p),
                    new Case(X.times(Y).times(0.909), ScaledProduct.class, p),
                    new Case(Z.times(X.widened()).times(T), ScaledProduct.class, p),
                    new Case(Y.plus(scaled), ScaledSum.class, p),
                    new Case(scaled.plus(Y), ScaledSum.class, p),
                    new Case(Y.minus(scaled), ScaledSum.class, p),
                    new Case(scaled.minus(Y), ScaledSum.class, p),
                    new Case(X.widened().plus(wide), ScaledSum.class, p),
                    new Case(
                        X.times(2).widened().roundedToGrid(-30).minus(Z),
                        RoundedDifference.class,
                        p),
                    new Case(Z.plus(wide.roundedToGrid(-30)), RoundedIncrement.class, p),
                    new Case(Z.minus(wide.roundedToGrid(-30)), RoundedIncrement.class, p)));
  }

  @ParameterizedTest
  @MethodSource("chains")
  void aChainHasTheBitsOfItsParts(Case chain) {
    Fused fused = Fused.of(chain.value());
    assertThat(fused).isInstanceOf(chain.kind());
    Map<String, Value> alone = Map.of("value", chain.value());
    Map<String, Value> parts = new LinkedHashMap<>(alone);
    fused.skipped().forEach(inner -> parts.put("inner" + parts.size(), inner));
    Graph graph = graph(alone);
    assertThat(Fusion.of(graph).skipped()).containsAll(fused.skipped());
    assertThat(Fusion.of(graph(parts)).skipped()).isEmpty();
    assertThat(run(chain.precision(), graph)).containsExactly(run(chain.precision(), graph(parts)));
  }

  @Test
  void whatIsNotQuiteAChainIsNone() {
    Value shared = Value.parameter("s", Y.type().shape());
    assertThat(Fused.of(X.times(Value.constant(2).minus(Y.square())))).isNull();
    assertThat(Fused.of(X.times(ONE.plus(Y.square())))).isNull();
    assertThat(Fused.of(X.times(ONE.minus(Y.unary(UnaryFunction.EXP))))).isNull();
    assertThat(Fused.of(X.times(Y.times(ONE.minus(X))))).isNull();
    assertThat(Fused.of(X.times(Y).plus(X.times(X).times(X.times(ONE.minus(X)))))).isNull();
    assertThat(Fused.of(X.times(Y).times(Y))).isNull();
    assertThat(Fused.of(Y.plus(X.times(Y)))).isNull(); // scaled by a number for each component
    assertThat(Fused.of(Y.plus(X.times(X.sum())))).isNull(); // by a number for each sample
    assertThat(Fused.of(shared.plus(X.times(2)))).isNull(); // the result lies otherwise
    assertThat(Fused.of(X.times(2).widened().minus(Z))).isNull();
    assertThat(Fused.of(Z.minus(X.times(2).widened().roundedToGrid(-30)))).isNull();
  }

  private static Graph graph(Map<String, Value> outputs) {
    return Graph.of("chain", List.of(X, Y, Z, T), outputs);
  }

  private static double[] run(WorkingPrecision precision, Graph graph) {
    Backend simd = new SimdBackend(precision);
    Map<String, Buffer> inputs = new LinkedHashMap<>();
    graph
        .inputs()
        .forEach(
            (name, value) -> {
              Buffer buffer = simd.buffer(value.type(), ROWS);
              double[] numbers = new double[buffer.count()];
              for (int i = 0; i < numbers.length; i++) {
                numbers[i] = Math.scalb((float) Math.sin(1 + i * 1.7 + name.charAt(0)), i % 5 - 2);
              }
              buffer.set(numbers);
              inputs.put(name, buffer);
            });
    Map<String, Buffer> outputs = new LinkedHashMap<>();
    graph.outputs().forEach((name, v) -> outputs.put(name, simd.buffer(v.type(), ROWS)));
    simd.compile(graph, ROWS)
        .bind(inputs, outputs, simd.parameters(new ParameterLayout(List.of())), null)
        .run();
    Buffer value = outputs.get("value");
    double[] numbers = new double[value.count()];
    value.get(numbers);
    return numbers;
  }
}
