package org.anabranch.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Counts against those of the formulas by hand. */
class CostTest {
  private static final Value X = Value.input("x", Type.perSample(5));
  private static final Value W = Value.parameter("w", Shape.matrix(3, 5));
  private static final Value B = Value.parameter("b", Shape.vector(3));

  private static Graph graph(Value y, Accumulation... terms) {
    return Graph.of("g", List.of(X), Map.of("y", y), List.of(terms));
  }

  @Test
  void aLayerCostsItsMatrixItsBiasAndItsActivation() {
    Cost cost = graph(W.appliedTo(X).plus(B).tanh()).explain(4);
    assertThat(cost)
        .isEqualTo(
            new Cost(
                4 * (5 + 3 + 3),
                4 * (3 + 3 + 3),
                3 * 5,
                3 + 3,
                Map.of(UnaryFunction.TANH, 3L),
                0,
                3 * 5 + 3));
    assertThat(graph(W.appliedTo(X).plus(B).tanh()).explain(8).bytesRead()).isEqualTo(8 * 11);
  }

  @Test
  void aGradientOfAMatrixCostsAsMuchAsTheProduct() {
    Value c = W.appliedTo(X);
    Value byMatrix = Value.of(new Operation.RowProduct(c, X));
    Value byBias = Value.of(new Operation.RowSum(c));
    Cost cost = graph(c, new Accumulation("w", byMatrix), new Accumulation("b", byBias)).explain(4);
    assertThat(cost.multiplyAdds()).isEqualTo(2 * 3 * 5);
    assertThat(cost.elementwise()).isEqualTo(3);
    assertThat(cost.bytesWritten()).isEqualTo(4 * 3);
  }

  @Test
  void float64ValuesHaveEightBytes() {
    Cost cost = graph(X.widened().roundedToGrid(-30)).explain(4);
    assertThat(cost.bytesRead()).isEqualTo(4 * 5 + 8 * 5);
    assertThat(cost.bytesWritten()).isEqualTo(8 * 5 + 8 * 5);
  }

  @Test
  void sharedValuesCostNothingForASample() {
    Cost cost = graph(X.slice(0, 3).plus(B.exp())).explain(4);
    assertThat(cost.elementwise()).isEqualTo(3);
    assertThat(cost.transcendental()).isEmpty();
    assertThat(cost.shared()).isEqualTo(3);
    assertThat(cost.bytesRead()).isEqualTo(4 * (5 + 3));
  }

  @Test
  void theTextNamesEveryCount() {
    Value y = W.appliedTo(X).exp().sum().log();
    assertThat(graph(y).explain(4))
        .hasToString(
            """
            a sample: 15 multiply-adds in products
                      7 element-wise operations, of them 3 exp, 1 log
                      48 bytes read, 32 bytes written
            a tile:   0 components of shared values
                      15 parameters
            """);
  }

  @Test
  void aNumberHasBytes() {
    assertThatThrownBy(() -> graph(X).explain(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0 bytes")
        .hasMessageContaining("Say 4");
  }
}
