package org.anabranch.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.List;
import java.util.stream.Stream;
import org.anabranch.backend.Backend;
import org.anabranch.backend.reference.ReferenceBackend;
import org.anabranch.backend.simd.SimdBackend;
import org.anabranch.field.Field;
import org.anabranch.graph.Graph;
import org.anabranch.solver.Method;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a back end says it will reserve for the graphs of a solve is what it reserves. */
class ArenaBytesTest {
  private static final Field FIELD = Problem.network(7, 19, 1).field();

  static Stream<Arguments> graphs() {
    List<Backend> backends = List.of(new ReferenceBackend(), new SimdBackend());
    List<Graph> graphs =
        List.of(
            FIELD.graph(),
            Method.alf().init(FIELD),
            Method.alf().step(FIELD),
            ReverseStep.fromEnd(Method.alf(), FIELD),
            ReverseStep.fromStart(Method.rk4(), FIELD));
    return backends.stream()
        .flatMap(b -> graphs.stream().map(g -> Arguments.of(b.name(), g.name(), b, g)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("graphs")
  void predictedBytesAreReserved(String name, String title, Backend backend, Graph graph) {
    long before = 0;
    for (int rows : new int[] {1, 2, 16, 17, 250}) {
      long bytes = backend.arenaBytes(graph, rows);
      assertThat(bytes).isEqualTo(backend.compile(graph, rows).bytes());
      assertThat(bytes).isGreaterThanOrEqualTo(before);
      before = bytes;
    }
    assertThat(before).isGreaterThan(backend.arenaBytes(graph, 1));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("graphs")
  void predictingReservesNothing(String name, String title, Backend backend, Graph graph) {
    long few = backend.arenaBytes(graph, 2_000);
    long many = backend.arenaBytes(graph, 2_000_000);
    assertThat(many / 1_000).isCloseTo(few, withinPercentage(3));
  }
}
