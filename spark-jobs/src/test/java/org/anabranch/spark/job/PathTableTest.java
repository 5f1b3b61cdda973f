package org.anabranch.spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.anabranch.model.paths.PathShape;
import org.junit.jupiter.api.Test;

class PathTableTest {
  @Test
  void aChannelThatIsCalledAsAColumnOfTheLongLayoutIsRefusedThere() {
    PathShape shape = PathShape.equal(3, 1, List.of("x", "time"), List.of());
    assertThatThrownBy(() -> PathTable.of(shape, PathLayout.LONG))
        .isInstanceOf(Mistake.class)
        .hasMessageContaining("called 'time'")
        .hasMessageContaining("--layout wide");
    assertThat(PathTable.of(shape, PathLayout.WIDE).channels()).containsExactly("x", "time");
  }
}
