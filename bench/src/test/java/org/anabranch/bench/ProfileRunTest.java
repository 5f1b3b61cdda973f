package org.anabranch.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.regex.Pattern;
import org.anabranch.solver.TimeGrid;
import org.junit.jupiter.api.Test;

class ProfileRunTest {
  @Test
  void theKindsAddUpToAllSamplesAndProductsLead() throws IOException {
    ProfileRun run =
        new ProfileRun(
            ReferenceCase.W5_MALI_WIDTH, ReferenceCase.W5_MALI_WIDTH.stepping(), 1, 2, 2);
    Profile profile = run.record(OdeProblem.ofWidth(64));
    assertThat(profile.samples()).isBetween(10L, profile.expected());
    assertThat(profile.kinds().values().stream().mapToLong(Long::longValue).sum())
        .isEqualTo(profile.samples());
    assertThat(profile.kinds().keySet()).first().isEqualTo(TimeKind.PRODUCTS);
    assertThat(profile.kinds()).containsKey(TimeKind.WEIGHT_GRADIENTS);
  }

  /** Whoever reads the table can add it up, too. */
  @Test
  void theTableHasEveryKindAndTheirSum() throws IOException {
    ProfileRun run =
        new ProfileRun(ReferenceCase.W5_RK4_DIRECT, new TimeGrid(0, 1, 4), 2, 0.5, 0.5);
    Profile profile = run.record(OdeProblem.drawn());
    String table = profile.markdown();
    long[] counts =
        Pattern.compile("(?m)^\\| [^|]+ \\| (\\d+) \\| [0-9.]+ % \\|$")
            .matcher(table)
            .results()
            .mapToLong(row -> Long.parseLong(row.group(1)))
            .toArray();
    assertThat(counts).hasSize(profile.kinds().size() + 1);
    long sum = 0;
    for (int i = 0; i < counts.length - 1; i++) {
      sum += counts[i];
    }
    assertThat(sum).isEqualTo(counts[counts.length - 1]).isEqualTo(profile.samples());
  }

  @Test
  void noTimeIsRefused() {
    assertThatThrownBy(
            () -> new ProfileRun(ReferenceCase.W5_MALI_FIXED, new TimeGrid(0, 1, 40), 1, 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("seconds above 0");
  }
}
