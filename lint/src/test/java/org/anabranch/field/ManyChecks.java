package org.anabranch.field;

import org.junit.jupiter.api.Test;

/** A test that Surefire would not run. */
final class ManyChecks {
  @Test
  void neverRuns() {}
}
