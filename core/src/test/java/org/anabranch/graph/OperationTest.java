package org.anabranch.graph;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** An ill-typed expression says which it is, what was found and what was expected. */
class OperationTest {
  private static final Value X = Value.input("x", Type.perSample(3));
  private static final Value W = Value.parameter("w", Shape.matrix(2, 3));

  @Test
  void operandsOfDifferentShapes() {
    assertThatThrownBy(() -> W.appliedTo(X.tanh()).plus(X.times(2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "ADD(PRODUCT('w', TANH('x')), MULTIPLY('x', 2.0)): operands have shapes [2] and [3]. They must be equal, or one of them a scalar.");
  }

  @Test
  void operandsOfDifferentPrecision() {
    assertThatThrownBy(() -> X.times(Value.input("h", Type.time())))
        .hasMessage(
            "MULTIPLY('x', 'h'): operands are sample[3] and shared[]f64. Bring both to one precision with widened() or narrowed().");
  }

  @Test
  void aMatrixOnAVectorOfAnotherSize() {
    assertThatThrownBy(() -> W.appliedTo(X.slice(0, 2)))
        .hasMessageStartingWith("PRODUCT('w', SLICE('x')): a matrix of shared[2x3] meets a vector")
        .hasMessageContaining("of 3 components");
  }

  @Test
  void partsThatAreNoVectors() {
    assertThatThrownBy(() -> Value.concatenate(List.of(X, X.sum())))
        .hasMessageStartingWith("CONCATENATE('x', SUM_OF_COMPONENTS('x')): a part is sample[]");
    assertThatThrownBy(() -> X.sum().sum())
        .hasMessageStartingWith("SUM(SUM_OF_COMPONENTS('x')): the operand is sample[]");
    assertThatThrownBy(() -> X.slice(2, 2))
        .hasMessageStartingWith("SLICE('x'): components 2 to 4 of sample[3]");
    assertThatThrownBy(() -> X.broadcast(2)).hasMessageStartingWith("BROADCAST('x')");
    assertThatThrownBy(() -> X.roundedToGrid(-30)).hasMessageStartingWith("ROUND_TO_GRID('x')");
  }
}
