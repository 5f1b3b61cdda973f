package org.anabranch.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.anabranch.backend.Backend;
import org.anabranch.graph.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackendsTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @ParameterizedTest
  @ValueSource(strings = {"simd", "simd-float64", "reference"})
  void aNameIsTheSameBackendAlways(String name) {
    assertThat(Backends.named(name)).isSameAs(Backends.named(name));
    assertThat(Backends.named(name).name()).isEqualTo(name);
  }

  @Test
  void whoAsksAgainReservesWhatItNeedsAndNoMore() {
    allocate();
    long before = THREADS.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 10; i++) {
      allocate();
    }
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    assertThat(allocated).isLessThan(3 << 20); // ten backends: 40 MiB
  }

  private static void allocate() {
    Backend backend = Backends.named("simd");
    backend.buffer(Type.perSample(4), 1);
    backend.buffer(Type.perSample(4).wide(), 1);
  }

  @Test
  void aNameThatIsNoneIsRefusedWithThoseThatAre() {
    assertThatThrownBy(() -> Backends.named("gpu"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'gpu'")
        .hasMessageContaining("'simd-float64'");
  }
}
